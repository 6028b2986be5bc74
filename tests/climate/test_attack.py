"""Each attack is seen to succeed on an installation that has the fault it looks for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from styrfart.climate import keys
from styrfart.climate.actions import cast, close_round, count_round
from styrfart.climate.attacks import attack
from styrfart.climate.attacks.figures import smallest_by_subtraction
from styrfart.climate.models import (
    Answer,
    Ballot,
    Group,
    Invitation,
    Release,
    Round,
    RoundState,
    Row,
    UsedLink,
)
from styrfart.shared.models import OutgoingMail
from tests import make

pytestmark = pytest.mark.django_db
NINE = "543210543"


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.KEY_DIR = tmp_path / "keys"
    yield
    settings.KEY_DIR = tmp_path / "keys"


def broken(*logs: Path) -> list[str]:
    """Which attacks succeed."""
    return [each.attack for each in attack(logs) if not each.is_safe]


def an_open_round() -> tuple[Round, str]:
    asked = make.climate_round()
    group = make.climate_group(asked)
    _, link = make.invitation(group)
    cast(link=link, values=NINE, texts={0: "Mer tid."})
    return asked, make.invitation(group)[1]


def a_counted_round() -> tuple[Round, Group]:
    asked = make.climate_round()
    group = make.climate_group(asked)
    for values in ("555555555", NINE, "111111111"):
        cast(link=make.invitation(group)[1], values=values, texts={0: f"Text {values}"})
    close_round(round_id=asked.pk)
    count_round(round_id=asked.pk)
    return asked, group


def a_released_round(numbers: dict[str, int], shown: list[str]) -> Release:
    """A whole of groups with so many answers each, of which the whole and those named are shown."""
    asked = make.climate_round(state=RoundState.RELEASED, released_at=timezone.now())
    top = make.climate_group(asked)
    groups = {name: make.climate_group(asked, parent=top) for name in numbers}
    for name, number in numbers.items():
        make.counted(groups[name], {NINE: number})
    release = Release.objects.create(
        round=asked, made_at=timezone.now(), least=7, least_text=10, invited=100, digest="0" * 64
    )
    for place, (group, answered) in enumerate(
        [(top, sum(numbers.values())), *((groups[name], numbers[name]) for name in shown)]
    ):
        Row.objects.create(
            release=release,
            position=place,
            group=group,
            invited=answered,
            answered=answered,
            figures={"hme.total": {"index": 50, "low": 40, "high": 60, "answers": answered}},
        )
    return release


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    an_open_round()
    a_counted_round()
    a_released_round({"a": 9, "b": 8}, ["a", "b"])
    assert broken() == []


def test_a_column_too_many_is_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE climate_ballot ADD COLUMN cast_at timestamp NULL")
    assert broken() == ["columns"]


def test_a_reference_to_a_person_is_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE climate_comment ADD COLUMN by_id bigint NULL REFERENCES people_person (id)"
        )
    assert broken() == ["columns", "references"]


def test_a_trigger_is_found() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("CREATE TRIGGER spy AFTER INSERT ON climate_ballot BEGIN SELECT 1; END")
        else:
            cursor.execute(
                "CREATE FUNCTION spy() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
                "CREATE TRIGGER spy AFTER INSERT ON climate_ballot FOR EACH ROW EXECUTE FUNCTION spy()"
            )
    assert broken() == ["triggers"]


def test_answers_in_the_order_in_which_they_came_are_found() -> None:
    asked = make.climate_round(state=RoundState.CLOSED, counted_at=timezone.now())
    group = make.climate_group(asked)
    for values in ("555555555", "111111111"):
        Answer.objects.create(group=group, values=values, number=1)
    assert broken() == ["order of answers"]


def test_numbers_in_a_sequence_are_found() -> None:
    asked = make.climate_round()
    group = make.climate_group(asked)
    Ballot.objects.create(pk=1, round=asked, sealed=b"x")
    UsedLink.objects.create(pk=make.invitation(group)[0].pk, round=asked)
    assert broken() == ["numbers"]


def test_a_link_in_a_letter_is_found() -> None:
    _, link = an_open_round()
    OutgoingMail.objects.create(
        address="anna@demo.example", subject="Puls", body=f"Svara här: https://styrfart.example/puls/{link}/"
    )
    assert broken() == ["links"]


def test_a_link_in_a_log_is_found(tmp_path: Path) -> None:
    _, link = an_open_round()
    log = tmp_path / "styrfart.log"
    log.write_text(f'{{"path": "/puls/{link}/"}}\n')
    assert broken(log) == ["links"]


def test_a_key_that_outlived_its_count_is_found() -> None:
    asked, _group = a_counted_round()
    keys.make(asked.pk)
    assert broken() == ["keys that are left"]


def test_a_copy_of_a_key_is_found(settings: Settings) -> None:
    asked, _link = an_open_round()
    key = Path(settings.KEY_DIR) / f"{asked.pk}.key"
    copy = key.with_name(f"{asked.pk} kopia.key")
    copy.write_bytes(key.read_bytes())
    copy.chmod(0o600)
    assert broken() == ["keys that are left"]


def test_a_key_that_others_can_read_is_found(settings: Settings) -> None:
    asked, _link = an_open_round()
    (Path(settings.KEY_DIR) / f"{asked.pk}.key").chmod(0o644)
    assert broken() == ["keys that others read"]


def test_keys_among_the_files_of_a_backup_are_found(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    assert broken() == ["keys in backups"]


def test_a_group_that_comes_of_subtraction_is_found() -> None:
    a_released_round({"a": 9, "b": 3}, ["a"])
    # And the three stand by themselves in the table.
    assert broken() == ["smallest group", "limits"]


def test_a_row_below_the_limit_is_found() -> None:
    a_released_round({"a": 3, "b": 9}, ["a"])
    assert broken() == ["smallest group", "limits"]


def test_subtraction_takes_every_row_that_lies_within() -> None:
    whole, left, right = frozenset({1, 2, 3, 4}), frozenset({1, 2}), frozenset({3})
    # 20 people less 8 and less 7 leave 5: group 4.
    assert smallest_by_subtraction([whole, left, right], {1: 4, 2: 4, 3: 7, 4: 5}) == 5
    # The two of the left row are never told apart.
    assert smallest_by_subtraction([whole, left], {1: 1, 2: 7, 3: 7, 4: 5}) == 8
    assert smallest_by_subtraction([], {1: 4}) is None


def test_the_command_says_what_was_tried_and_ends_with_an_error_when_something_is_found(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("attack-climate")
    assert "Inget av" in capsys.readouterr().out
    _, link = an_open_round()
    OutgoingMail.objects.create(address="anna@demo.example", subject="Puls", body=link)
    with pytest.raises(CommandError, match="1 angrepp lyckades"):
        call_command("attack-climate")
    assert "outgoingmail" in capsys.readouterr().out


def test_a_round_without_invitations_by_mail_has_no_links() -> None:
    asked = make.climate_round()
    group = make.climate_group(asked)
    Invitation.objects.create(
        round=asked, group=group, channel=Invitation.Channel.PAPER, digest=keys.digest_of(keys.draw_code())
    )
    assert broken() == []
