"""Closed matters on their way to the e-archive, with history, hand-overs and documents."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from styrfart.decisions.models import Authority
from styrfart.matters import actions
from styrfart.matters.models import Matter
from styrfart.matters.queries import archive_records
from styrfart.shared.models import AuditEntry, RetentionRule
from tests import make
from tests.matters.conftest import Office


def answered(office: Office) -> Matter:
    """A matter that was handed over and answered."""
    matter = make.matter(office.team, "<Jour> & beredskap?", by=office.sender)
    routing = actions.hand_over(
        matter=matter,
        revision=1,
        to=office.head,
        answer_by=timezone.localdate(),
        note="Tack",
        actor=office.chair,
    )
    actions.answer(hand_over=routing.hand_over, text="Ja, i två veckor.", actor=office.head)
    matter.refresh_from_db()
    return matter


def test_a_closed_matter_goes_with_all_that_happened_to_it(
    office: Office, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    RetentionRule.objects.update_or_create(
        record_type="matters.matter", defaults={"keep_years": 7, "decision_reference": "KS 4"}
    )
    matter = answered(office)
    Matter.objects.filter(pk=matter.pk).update(secrecy_ground="OSL 21 kap. 7 §", registry_number="KS 2026/9")
    matter.materials.create(title="Schema.pdf", file=ContentFile(b"%PDF", "x.pdf"), added_by=office.sender)
    matter.materials.create(title="Rummet", reference="Hylla 3", added_by=office.sender)
    make.matter(office.team)  # still waits for a route
    make.matter(office.other_team, state="withdrawn")  # type: ignore[arg-type]  # a plain value will do
    (record,) = archive_records(office.team)
    said = {name: value for name, _label, value in record.fields}
    assert (record.type, record.id, record.state) == ("matters.matter", str(matter.pk), "färdigställd")
    assert (record.retention, record.secrecy_ground) == ("gallras efter 7 år, KS 4", "OSL 21 kap. 7 §")
    assert record.registry_number == "KS 2026/9"
    assert said["question"] == "<Jour> & beredskap?"
    assert (said["handedInBy"], said["outcomeState"]) == ("Moa Medin", "besvarat")
    assert "Ingrid Hall" in said["routes"]
    assert "lämna till en befattning" in said["routes"]
    assert "Mikael Strandvik svarade. Ja, i två veckor." in said["history"]
    assert "Ingrid Hall → Mikael Strandvik" in said["handOvers"]
    assert said["material"] == "Schema.pdf\nRummet: Hylla 3"
    (document,) = record.attachments
    assert (document.title, document.content) == ("Schema.pdf", b"%PDF")


def test_it_names_its_decision_and_what_was_prepared(office: Office) -> None:
    decided = make.matter(office.team, by=office.sender)
    actions.decide_now(
        matter=decided,
        revision=1,
        actor=office.chair,
        text="Ja.",
        reasons="Därför.",
        decided_by=office.chair,
        authority=Authority.MANAGEMENT,
        owner=office.head,
        due_on=timezone.localdate(),
        effect_question="Antal",
        effect_on=timezone.localdate(),
    )
    prepared = make.matter(office.team, by=office.sender)
    routing = actions.prepare(
        matter=prepared,
        revision=1,
        owner=office.head,
        report="Ska nämnden?",
        committee_on=None,
        actor=office.chair,
    )
    actions.finish_preparation(preparation=routing.preparation, reference="UN 41", actor=office.head)
    first, second = ({name: value for name, _l, value in one.fields} for one in archive_records(office.team))
    decision = Matter.objects.get(pk=decided.pk).decision
    assert decision is not None
    assert first["decision"] == decision.slug
    assert second["preparations"].startswith("Mikael Strandvik, Ska nämnden?, UN 41, 20")


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(
    office: Office, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        answered(office)
    with django_assert_num_queries(8):
        assert len(list(archive_records(office.team))) == count


def test_the_secretary_fetches_a_package_and_the_log_remembers(
    office: Office, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    matter = answered(office)
    matter.materials.create(title="å.pdf", file=ContentFile(b"%PDF", "x.pdf"), added_by=office.sender)
    lost = matter.materials.create(title="b.pdf", file=ContentFile(b"%PDF", "y.pdf"), added_by=office.sender)
    lost.file.storage.delete(lost.file.name or "")
    answer = office.as_(office.secretary).post(reverse("matters:archive", args=[office.team.slug]))
    package = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
    names = [name.partition("/data/")[2] for name in package.namelist() if "/data/" in name]
    assert names == [f"matters.matter/{matter.pk}/001.pdf", f"matters.matter/{matter.pk}/record.xml"]
    (record,) = [name for name in package.namelist() if name.endswith("record.xml")]
    text = package.read(record).decode()
    assert "&lt;Jour&gt; &amp; beredskap?" in text
    assert "b.pdf: filen saknas" in text
    entry = AuditEntry.objects.get(verb="matters.archive")
    assert (entry.actor, entry.detail) == (office.secretary, {"records": ["", "1"]})
