"""Decisions as records: what goes to the e-archive, and what the log says of deeds."""

import io
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from styrfart.decisions import actions, queries
from styrfart.decisions.deeds import DEEDS
from styrfart.decisions.models import ProgressKind
from styrfart.people.deeds import deed
from styrfart.people.models import Person, Team
from styrfart.shared.models import AuditEntry, RetentionRule
from tests import make
from tests.conftest import signed_in
from tests.decisions.conftest import aged, values

pytestmark = pytest.mark.django_db

FIELD = "{urn:styrfart:record:1}field"


def test_completed_records_go_to_the_archive_and_drafts_do_not(
    team: Team, head: Person, member: Person, secretary: Person
) -> None:
    RetentionRule.objects.filter(record_type="decisions.action").update(
        keep_years=2, decision_reference="KS 12/26"
    )
    old = actions.make_decision(
        **values(team, head, owner=member, participants=[actions.Attendance(member, dissent="För dyrt.")])
    )
    actions.register_decision(
        decision=old, secrecy_ground="OSL 39 kap. 2 §", registry_number="1.1-12/2026", actor=secretary
    )
    old = aged(old, minutes=11)
    actions.make_decision(**values(team, head, text="Nytt"))
    undone = actions.make_decision(**values(team, head, text="Ångrat"))
    actions.undo_decision(decision=undone, actor=head)
    aged(undone, days=1)
    action = actions.complete_action(action=make.action(team, owner=member), actor=member)
    make.action(team, "Öppen")
    make.decision(make.team(), text="En annan grupps")
    answer = signed_in(secretary).post(reverse("decisions:archive", args=[team.slug]))
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as package:
        records = {
            name.split("/data/")[1]: ET.fromstring(package.read(name))  # our own package
            for name in package.namelist()
            if name.endswith("record.xml")
        }
    assert set(records) == {
        f"decisions.decision/{old.pk}/record.xml",
        f"decisions.action/{action.pk}/record.xml",
    }
    record = records[f"decisions.decision/{old.pk}/record.xml"]
    fields = {one.attrib["name"]: one.text for one in record.iter(FIELD)}
    assert fields["text"] == old.text
    assert fields["dissent"] == "Samir Haddad: För dyrt."
    assert fields["authority"] == "arbetsledning"
    assert "alternatives" not in fields
    texts = {one.tag.partition("}")[2]: one.text for one in record}
    assert (texts["state"], texts["secrecyGround"], texts["registryNumber"], texts["retention"]) == (
        "färdigställd",
        "OSL 39 kap. 2 §",
        "1.1-12/2026",
        "bevaras",
    )
    kept = records[f"decisions.action/{action.pk}/record.xml"].find("{urn:styrfart:record:1}retention")
    assert kept is not None
    assert kept.text == "gallras efter 2 år, KS 12/26"
    assert AuditEntry.objects.get(verb="decisions.archive").detail == {"records": ["", "2"]}


@pytest.mark.parametrize("size", [1, 3])
def test_the_archive_takes_the_same_questions_whatever_it_holds(
    team: Team, head: Person, size: int, django_assert_num_queries: Any
) -> None:
    for _ in range(size):
        aged(actions.make_decision(**values(team, head, recipients=[make.person()])), minutes=11)
        actions.complete_action(action=make.action(team), actor=head)
    # Rules; decisions with participants, recipients and their persons, history, units; actions.
    with django_assert_num_queries(8):
        assert len(list(queries.archive_records(team))) == 2 * size


def test_every_deed_has_words(team: Team, head: Person, member: Person, secretary: Person) -> None:
    decision = actions.make_decision(**values(team, head, owner=member, recipients=[secretary]))
    actions.take_on(decision=decision, actor=member)
    actions.confirm_receipt(decision=decision, actor=secretary)
    actions.complete_action(action=make.action(team, owner=member), actor=member)
    assert {f"decisions.{kind.value}" for kind in ProgressKind} - set(DEEDS) == {
        # These stand in the history only; the deed has another name.
        "decisions.withdrawn",
        "decisions.replaced",
        "decisions.restored",
    }
    for entry in AuditEntry.objects.all():
        assert deed(entry.verb) != entry.verb
