"""Which matters may go when their time is over, and that neither words, files nor names of them are left."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from styrfart.decisions.models import Decision, EffectVerdict
from styrfart.matters import actions
from styrfart.matters.models import (
    HandOver,
    Material,
    Matter,
    MatterEvent,
    MatterState,
    Preparation,
    Route,
    Routing,
)
from styrfart.shared.disposal import Tally, record_types
from styrfart.shared.models import AuditEntry, OutgoingMail, RetentionRule
from tests import make
from tests.matters.conftest import Office

TYPES = {each.record_type: each for each in record_types()}
LONG_AGO = timezone.now() - dt.timedelta(days=4000)
BEFORE = timezone.localdate() - dt.timedelta(days=3650)


def closed(office: Office, **changes: object) -> Matter:
    """A matter that was withdrawn long ago."""
    matter = make.matter(office.team, by=office.sender, state=MatterState.WITHDRAWN)
    Matter.objects.filter(pk=matter.pk).update(**{"closed_at": LONG_AGO, **changes})
    matter.refresh_from_db()
    return matter


def disposed() -> int:
    """How many matters go; as many as the page says."""
    said = TYPES["matters.matter"].tally(BEFORE)
    assert TYPES["matters.matter"].dispose(BEFORE) == said
    return said.count


def test_a_matter_goes_with_its_history_its_letters_and_its_rows_in_the_log(office: Office) -> None:
    matter = make.matter(office.team, by=office.sender)
    over = actions.hand_over(
        matter=matter, revision=1, to=office.head, answer_by=timezone.localdate(), actor=office.chair
    ).hand_over
    actions.answer(hand_over=over, text="Ja.", actor=office.head)
    make.preparation(matter, office.head)
    matter.materials.create(title="Hyllan", reference="Hylla 3", added_by=office.sender)
    matter.units.add(office.services)
    Matter.objects.filter(pk=matter.pk).update(closed_at=LONG_AGO)
    other = make.matter(office.team, by=office.sender)
    actions.decline(matter=other, revision=1, note="Nej.", home="Enheten", actor=office.chair)
    assert disposed() == 1
    assert list(Matter.objects.all()) == [other]
    for model in (MatterEvent, Routing, AuditEntry, OutgoingMail):
        assert model.objects.count() == 1, model
    for part in (HandOver, Preparation, Material):
        assert not part.objects.exists()
    assert AuditEntry.objects.get().object_id == str(other.pk)


@pytest.mark.parametrize(
    ("change", "goes"),
    [
        ({}, True),
        ({"closed_at": timezone.now()}, False),
        ({"state": MatterState.INBOX}, False),
        ({"state": MatterState.DRAFT, "handed_in_at": None}, False),
    ],
)
def test_only_what_was_closed_long_ago_goes(office: Office, change: dict[str, object], goes: bool) -> None:
    closed(office, **change)
    assert (disposed() == 1) is goes


def decided(office: Office) -> tuple[Matter, Decision]:
    """A matter decided long ago; the decision was followed to its effect."""
    decision = make.decision(office.team)
    Decision.objects.filter(pk=decision.pk).update(
        distributed_at=LONG_AGO, done_at=LONG_AGO, effect_at=LONG_AGO, effect_verdict=EffectVerdict.CLEAR
    )
    return closed(office, state=MatterState.DECIDED, decision=decision), decision


def test_a_decision_that_is_preserved_keeps_its_matter(office: Office) -> None:
    matter, decision = decided(office)
    assert disposed() == 0
    assert TYPES["decisions.decision"].dispose(BEFORE) == Tally()  # and the matter keeps the decision
    rule = RetentionRule.objects.filter(record_type="decisions.decision")
    rule.update(keep_years=30, decision_reference="KS 1")
    assert disposed() == 0
    assert (Matter.objects.get(), Decision.objects.get()) == (matter, decision)


def test_when_the_decision_may_go_the_matter_goes_first(office: Office) -> None:
    decided(office)
    rule = RetentionRule.objects.filter(record_type="decisions.decision")
    rule.update(keep_years=10, decision_reference="KS 1")
    assert disposed() == 1
    assert TYPES["decisions.decision"].dispose(BEFORE).count == 1
    assert not Matter.objects.exists()
    assert not Decision.objects.exists()


def test_a_decision_kept_by_an_action_keeps_the_matter_too(office: Office) -> None:
    _matter, decision = decided(office)
    rule = RetentionRule.objects.filter(record_type="decisions.decision")
    rule.update(keep_years=10, decision_reference="KS 1")
    action = make.action(office.team)
    type(action).objects.filter(pk=action.pk).update(decision=decision)
    assert disposed() == 0


def test_files_leave_the_disk_when_the_rows_have_surely_gone(
    office: Office,
    settings: Settings,
    tmp_path: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    for matter in (closed(office), make.matter(office.team, by=office.sender)):
        matter.materials.create(
            title="a.pdf", file=ContentFile(b"%PDF", f"{matter.pk}.pdf"), added_by=office.sender
        )
    with django_capture_on_commit_callbacks() as after:
        assert disposed() == 1
        assert len(list(tmp_path.rglob("*.pdf"))) == 2
    for callback in after:
        callback()
    (left,) = (path.name for path in tmp_path.rglob("*.pdf"))
    assert left == f"{Matter.objects.get().pk}.pdf"


def test_no_word_of_it_stays_among_similar_matters(office: Office) -> None:
    def shown() -> str:
        page = office.as_(office.chair).get(reverse("matters:queue", args=[office.team.slug]))
        return str(page.content.decode())

    old = closed(office, question="Ska vi laga brandlarmet?")
    make.routing(old, Route.LINE)
    make.matter(office.team, "Ska vi byta brandlarmet?")
    assert "laga brandlarmet" in shown()
    assert disposed() == 1
    assert "laga brandlarmet" not in shown()
