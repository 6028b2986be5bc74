"""A backup holds everything, is restored whole or not at all, and moves between the databases."""

import contextlib
import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import HAS_POSTGRESQL, Installation, on_postgresql, on_sqlite

ENGINES = [
    "sqlite",
    pytest.param("postgresql", marks=pytest.mark.skipif(not HAS_POSTGRESQL, reason="no PostgreSQL")),
]

# A row in every kind of table: people, a tree, many-to-many, JSON, UUID keys, moments, Swedish and emoji.
FILL = """
    import datetime as dt
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage
    from styrfart.people.models import Person, Unit
    from styrfart.shared import audit, jobs, mail, worker
    from tests import make
    boss = make.person("Åsa", "Öst", email="asa@demo.example")
    boss.set_password("ett långt lösenord"); boss.save()
    team = make.team()
    make.member(team, person=boss)
    make.post(boss)
    changed = {"namn": ["Ås", "Åsa 🦉"], "n": [1, None]}
    audit.record("test.deed", boss, actor=boss, concerns=[boss], detail=changed)
    mail.send(boss, subject="Hej")
    jobs.enqueue(worker.prune, after=dt.timedelta(days=2))
    default_storage.save("bilaga/protokoll.txt", ContentFile("Räksmörgås".encode()))
    # An open round: sealed ballots, used links, invitations; and a counted one, whose key is of two columns.
    from styrfart.climate.actions import cast
    from styrfart.climate.models import Comment
    at = make.climate_group(make.climate_round(owner=boss), team.unit, invited=1)
    cast(link=make.invitation(at, boss)[1], values="543210543", texts={0: "Mer tid 🦉"})
    counted = make.climate_group(make.climate_round(owner=boss), team.unit, invited=9)
    make.counted(counted, {"543210543": 3, "111111111": 1, "555555555": 5})
    Comment.objects.create(round=counted.round, group=counted, question=0, text="Räcker tiden?")
"""

# Everything that is kept, as text: each table's rows by their values.
DUMP = """
    import json
    from django.apps import apps
    from django.core.files.storage import default_storage
    from styrfart.shared import backup
    rows = {
        model._meta.db_table: [
            [str(backup.encode(value)) for value in row]
            for row in model._base_manager.order_by("pk").values_list(
                *[column.attname for column in backup.columns(model)]
            )
        ]
        for model in backup.tables(apps)
        # Made anew by each migration run, with keys of their own order.
        if model._meta.db_table not in {"django_content_type", "auth_permission"}
    }
    rows["file"] = default_storage.open("bilaga/protokoll.txt").read().decode()
    print(json.dumps(rows, sort_keys=True))
"""


@contextlib.contextmanager
def installed(engine: str, folder: Path, *, is_migrated: bool = True) -> Iterator[Installation]:
    folder.mkdir()
    if engine == "sqlite":
        yield on_sqlite(folder, is_migrated=is_migrated)
    else:
        with on_postgresql(folder, is_migrated=is_migrated) as made:
            yield made


def fill(installation: Installation) -> None:
    installation.python(FILL)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Filled once, and changed by nobody."""
    made = on_sqlite(tmp_path_factory.mktemp("original"))
    fill(made)
    return made


@pytest.fixture(scope="module")
def backup_file(original: Installation) -> Path:
    target = original.folder / "kopia.styrfart"
    original.styrfart("backup", str(target))
    return target


@pytest.fixture
def filled(original: Installation, tmp_path: Path) -> Installation:
    """A copy of the original, to be done with as one likes."""
    made = Installation(tmp_path / "from")
    shutil.copytree(original.data, made.data, symlinks=True)
    return made


@pytest.mark.parametrize("target", ENGINES)
@pytest.mark.parametrize("source", ENGINES)
def test_everything_comes_back_on_either_database(source: str, target: str, tmp_path: Path) -> None:
    file = tmp_path / "kopia.styrfart"
    with installed(source, tmp_path / "from") as old:
        fill(old)
        kept = json.loads(old.python(DUMP))
        assert "Säkerhetskopian är skriven" in old.styrfart("backup", str(file))
    assert file.stat().st_mode & 0o777 == 0o600
    with installed(target, tmp_path / "to", is_migrated=False) as new:
        assert "Återställt" in new.styrfart("restore", str(file))
        back = json.loads(new.python(DUMP))
        assert back == kept
        assert kept["people_person"]
        assert kept["shared_auditentry_concerns"]
        assert [len(kept[f"climate_{each}"]) for each in ("ballot", "usedlink", "invitation")] == [2, 1, 1]
        assert [row[1:] for row in kept["climate_answer"]] == [
            ["111111111", "1"],
            ["543210543", "3"],
            ["555555555", "5"],
        ]
        # The next row gets a key of its own, and the password still works.
        assert new.python("""
            from django.contrib.auth.hashers import check_password
            from styrfart.people.models import Person
            old = Person.objects.get(email="asa@demo.example")
            new = Person.objects.create(given_name="Ny", family_name="Person")
            print(new.pk > old.pk, check_password("ett långt lösenord", old.password))
        """) == "True True"  # fmt: skip
        assert new.styrfart("migrate", "--check") == ""


def refused(installation: Installation, *arguments: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-m", "styrfart.config.cli", *arguments],
        env=installation.env, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    return ran.stderr


@pytest.mark.parametrize("engine", ENGINES)
def test_a_database_with_people_in_it_is_not_replaced_unless_one_insists(
    engine: str, backup_file: Path, tmp_path: Path
) -> None:
    with installed(engine, tmp_path / "to") as other:
        other.python("""
            from styrfart.people.models import Person
            Person.objects.create(given_name="Bo", family_name="Bergvik")
        """)
        assert "Databasen är inte tom" in refused(other, "restore", str(backup_file))
        names = """
            from styrfart.people.models import Person
            print(*Person.objects.values_list("family_name", flat=True))
        """
        assert other.python(names) == "Bergvik"
        other.styrfart("restore", "--force", str(backup_file))
        assert "Öst" in other.python(names)
        assert "Bergvik" not in other.python(names)


def damage(source: Path, how: str) -> Path:
    target = source.with_name("skadad")
    shutil.copy(source, target)
    if how == "cut":
        target.write_bytes(source.read_bytes()[:-200])
    elif how == "not a tar":
        target.write_bytes(b"hej")
    else:
        with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
            for member in old:
                content = old.extractfile(member)
                assert content is not None
                if how == "row changed" and member.name.endswith("people_person.jsonl"):
                    changed = content.read().replace(b"Person", b"Perzon").replace("Åsa".encode(), b"Isa")
                    member.size = len(changed)
                    import io

                    new.addfile(member, io.BytesIO(changed))
                elif how == "part missing" and member.name.endswith("people_person.jsonl"):
                    continue
                else:
                    new.addfile(member, content)
    return target


@pytest.mark.parametrize("how", ["cut", "not a tar", "row changed", "part missing"])
def test_a_damaged_backup_is_refused_and_nothing_is_touched(
    how: str, backup_file: Path, filled: Installation
) -> None:
    before = filled.python(DUMP)
    assert "Inget är ändrat" in refused(filled, "restore", "--force", str(damage(backup_file, how)))
    assert filled.python(DUMP) == before


@pytest.mark.parametrize("engine", ENGINES)
def test_a_restore_that_fails_half_way_leaves_the_old_database(
    engine: str, backup_file: Path, tmp_path: Path
) -> None:
    with installed(engine, tmp_path / "to") as other:
        fill(other)
        before = other.python(DUMP)
        failing = f"""
            from pathlib import Path
            from styrfart.shared import backup, restore
            loaded = restore._load_table
            def fail(archive, model, connection):
                if model._meta.db_table == "shared_auditentry":
                    raise backup.BackupUnreadable("test")
                return loaded(archive, model, connection)
            restore._load_table = fail
            try:
                restore.restore(Path({str(backup_file)!r}), is_forced=True)
            except backup.BackupUnreadable:
                print("failed")
        """
        assert other.python(failing) == "failed"
        assert other.python(DUMP) == before


def test_a_backup_of_an_older_version_is_brought_forward(filled: Installation, tmp_path: Path) -> None:
    # As a version would have left it that did not yet have the latest migration of axes.
    filled.styrfart("migrate", "--verbosity=0", "axes", "0008")
    file = tmp_path / "gammal"
    filled.styrfart("backup", str(file))
    with installed("sqlite", tmp_path / "to", is_migrated=False) as new:
        new.styrfart("restore", str(file))
        assert new.styrfart("migrate", "--check") == ""
        assert new.python("""
            from styrfart.people.models import Person
            print(Person.objects.filter(given_name="Åsa").count())
        """) == "1"  # fmt: skip


def test_a_backup_of_a_newer_version_is_refused(filled: Installation, tmp_path: Path) -> None:
    filled.python("""
        from django.db import connection
        from django.db.migrations.recorder import MigrationRecorder
        MigrationRecorder(connection).record_applied("people", "9999_from_the_future")
    """)
    file = tmp_path / "ny"
    filled.styrfart("backup", str(file))
    with installed("sqlite", tmp_path / "to") as old:
        assert "people.9999_from_the_future" in refused(old, "restore", str(file))


def test_sessions_and_guesses_are_not_in_the_backup(filled: Installation, tmp_path: Path) -> None:
    filled.python("""
        from django.contrib.sessions.models import Session
        from django.utils import timezone
        Session.objects.create(session_key="hemlig-nyckel", session_data="x", expire_date=timezone.now())
    """)
    file = tmp_path / "kopia"
    filled.styrfart("backup", str(file))
    with tarfile.open(file) as archive:
        names = archive.getnames()
        content = b"".join(part.read() for name in names if (part := archive.extractfile(name)))
    assert b"hemlig-nyckel" not in content
    assert not {"tables/django_session.jsonl", "tables/axes_accessattempt.jsonl"} & set(names)


@pytest.mark.django_db
def test_every_table_is_in_the_backup_or_left_out_on_purpose() -> None:
    from django.apps import apps
    from django.db import connection

    from styrfart.shared import backup

    there = set(connection.introspection.table_names())
    kept = {model._meta.db_table for model in backup.tables(apps)}
    assert there - kept - backup.LEFT_OUT == {"django_migrations", "styrfart_cache"}
    assert there >= backup.LEFT_OUT


def test_a_file_that_leads_out_of_the_folder_is_not_unpacked(tmp_path: Path) -> None:
    from styrfart.shared import backup, restore

    (tmp_path / "evil").write_text("x")
    with tarfile.open(tmp_path / "t.tar", "w") as made:
        made.add(tmp_path / "evil", "files/../../outside")
    with tarfile.open(tmp_path / "t.tar") as archive, pytest.raises(backup.BackupUnreadable):
        restore._unpack(archive, archive.getmembers()[0], tmp_path / "inside")
    assert not (tmp_path.parent / "outside").exists()
