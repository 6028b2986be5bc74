"""What is put on record: once each, by several at once, changed with care, never lost."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.utils import timezone

from styrfart.decisions.actions import undo_decision
from styrfart.decisions.models import Decision
from styrfart.matters.models import MatterState
from styrfart.meetings import actions
from styrfart.meetings import facts_live as facts
from styrfart.meetings.models import AgendaItem, Entry, EntryKind, Exclusion
from styrfart.people.models import Person, Team
from styrfart.shared.models import OutgoingMail
from tests import make
from tests.conftest import signed_in
from tests.meetings.live_scene import Going, going, queued

KEY = uuid.UUID("7b8e9d1c-0000-4000-8000-000000000000")


@pytest.fixture
def scene(team: Team, chair: Person, member: Person, secretary: Person) -> Going:
    make.post(chair, team.unit, title="Kontorschef")
    return going(team, chair, secretary)


def decided(scene: Going, chair: Person, **more: Any) -> dict[str, Any]:
    return {
        "item": scene.items[0].pk,
        "key": KEY,
        "beslutar": chair.pk,
        "text": "Introduktionen blir två dagar.",
        "reasons": "Fler vill öva.",
        "owner": chair.pk,
        "due_on": (timezone.localdate() + dt.timedelta(days=30)).isoformat(),
        "effect_question": "Tid att öva, puls 2",
        "right": "arbetsledning",
        **more,
    }


def test_the_same_key_twice_is_one_entry(scene: Going, member: Person) -> None:
    client = signed_in(member)
    for _twice in range(2):
        assert scene.note(client, "Vi prövar.", KEY).status_code == 302
    assert [(row.text, row.author) for row in Entry.objects.all()] == [("Vi prövar.", member)]
    assert scene.fresh.tick == 1


def test_a_key_that_comes_back_with_other_words_loses_none_of_them(scene: Going, member: Person) -> None:
    client = signed_in(member)
    # Back in the browser: the box stands as it was left, with its key; something is added, and sent twice.
    for text in ("Vi prövar.", "Vi prövar i vår.", "Vi prövar i vår."):
        assert scene.note(client, text, KEY).status_code == 302
    assert list(Entry.objects.values_list("text", flat=True)) == ["Vi prövar.", "Vi prövar i vår."]


def test_what_was_changed_meanwhile_does_not_come_back_as_it_was(scene: Going, member: Person) -> None:
    client = signed_in(member)
    scene.note(client, "Vi prövar.\r\nI vår.", KEY)
    scene.note(client, "Vi prövar.\nI vår. ", KEY)
    Entry.objects.update(text="Vi väntar.", revision=2)
    scene.note(client, "Vi prövar.\nI vår.", KEY)
    assert list(Entry.objects.values_list("text", flat=True)) == ["Vi väntar."]


def test_another_decision_with_the_key_of_the_first_is_made_too(scene: Going, chair: Person) -> None:
    client = signed_in(chair)
    for text in (
        "Introduktionen blir två dagar.",
        "Mentorerna får ersättning.",
        "Mentorerna får ersättning.",
    ):
        assert scene.send(client, "record-decision", **decided(scene, chair, text=text)).status_code == 302
    assert Decision.objects.count() == 2


def test_somebody_elses_key_gives_nothing_away(scene: Going, member: Person, chair: Person) -> None:
    scene.note(signed_in(chair), "Ordförandens text", KEY)
    answer = scene.note(signed_in(member), "Min text", KEY, live=True)
    assert answer.status_code == 409
    assert "Ordförandens" not in answer.content.decode()
    assert Entry.objects.count() == 1


def test_what_was_written_without_contact_arrives_after_the_group_has_gone_on(
    scene: Going, chair: Person, member: Person
) -> None:
    actions.move_group(meeting=scene.meeting, to=scene.items[1].pk, actor=chair)
    assert scene.note(signed_in(member), "Skrivet i tunneln", KEY).status_code == 302
    assert scene.note(signed_in(member), "Skrivet i tunneln", KEY).status_code == 302
    assert Entry.objects.get().item == scene.items[0]


def test_an_empty_note_is_refused_with_the_page(scene: Going, member: Person) -> None:
    answer = scene.note(signed_in(member), " ")
    assert answer.status_code == 422
    assert "Skriv en anteckning" in answer.content.decode()
    assert "<title>Fel:" in answer.content.decode()


def test_nobody_outside_writes(scene: Going, member: Person, stranger: Person, team: Team) -> None:
    scene.meeting.attendees.filter(person=member).update(presence="absent")
    assert scene.note(signed_in(member), "Hej").status_code == 403
    assert scene.note(signed_in(stranger), "Hej").status_code == 404
    assert Entry.objects.count() == 0


def test_excluded_writes_nothing_on_the_item(scene: Going, member: Person, chair: Person) -> None:
    Exclusion.objects.create(item=scene.items[0], person=member, ground="Delägare", by=chair)
    assert scene.note(signed_in(member), "Jag tycker", live=True).status_code in {404, 409}
    assert Entry.objects.count() == 0


def test_an_action_has_owner_and_day_and_tells_its_owner(scene: Going, member: Person, chair: Person) -> None:
    day = timezone.localdate() + dt.timedelta(days=7)
    sent: dict[str, Any] = {
        "text": "Fråga kansliet",
        "owner": chair.pk,
        "due_on": day.isoformat(),
        "key": KEY,
    }
    scene.send(signed_in(member), "record-action", item=scene.items[0].pk, **sent)
    scene.send(signed_in(member), "record-action", item=scene.items[0].pk, **sent)
    entry = Entry.objects.get()
    assert entry.action is not None
    assert (entry.kind, entry.action.owner, entry.action.due_on) == (EntryKind.ACTION, chair, day)


def test_a_parked_question_says_when(scene: Going, member: Person) -> None:
    day = timezone.localdate() + dt.timedelta(days=14)
    sent: dict[str, Any] = {
        "text": "Ska mentorerna få ersättning?",
        "take_up_on": day.isoformat(),
        "key": KEY,
    }
    scene.send(signed_in(member), "park-question", item=scene.items[0].pk, **sent)
    entry = Entry.objects.get()
    assert (entry.kind, entry.take_up_on) == (EntryKind.PARKED, day)


def test_the_chair_decides_once_with_those_who_are_there(
    scene: Going, chair: Person, member: Person, secretary: Person, team: Team
) -> None:
    away = make.member(team, person=make.person("Borta", "Blom")).person
    out = make.member(team, person=make.person("Jan", "Jävig")).person
    scene.presence(out)
    Exclusion.objects.create(item=scene.items[0], person=out, ground="Syskon", by=chair)
    for _twice in range(2):
        assert scene.send(signed_in(chair), "record-decision", **decided(scene, chair)).status_code == 302
    decision = Decision.objects.get()
    rows = {row.person: (row.is_excluded, row.conflict_ground) for row in decision.participants.all()}
    assert rows == {member: (False, ""), secretary: (False, ""), out: (True, "Syskon")}
    assert away not in rows
    assert (decision.decided_by, decision.recorded_by) == (chair, chair)
    assert Entry.objects.get().decision == decision


def test_the_secretary_records_it_for_the_decider(
    scene: Going, chair: Person, secretary: Person, member: Person
) -> None:
    sent = decided(scene, chair, **{f"dissent_{member.pk}": "Jag ville vänta."})
    assert scene.send(signed_in(secretary), "record-decision", **sent).status_code == 302
    decision = Decision.objects.get()
    assert (decision.decided_by, decision.recorded_by) == (chair, secretary)
    assert decision.participants.get(person=member).dissent == "Jag ville vänta."


def test_a_member_without_a_right_decides_nothing(scene: Going, chair: Person, member: Person) -> None:
    for decider in (chair, member):
        answer = scene.send(signed_in(member), "record-decision", live=True, **decided(scene, decider))
        assert answer.status_code in {409, 422}
    assert Decision.objects.count() == 0
    assert "Fatta beslutet" not in signed_in(member).get(scene.url("live")).content.decode()


def test_an_excluded_chair_decides_nothing(scene: Going, chair: Person, secretary: Person) -> None:
    Exclusion.objects.create(item=scene.items[0], person=chair, ground="Syskon", by=secretary)
    answer = scene.send(signed_in(secretary), "record-decision", live=True, **decided(scene, chair))
    assert answer.status_code == 409
    assert Decision.objects.count() == 0


def test_a_decision_answers_the_matter_and_undoing_reopens_it(
    scene: Going, team: Team, chair: Person, member: Person
) -> None:
    matter = queued(team, member)
    AgendaItem.objects.filter(pk=scene.items[0].pk).update(source="matter", matter=matter)
    scene.send(signed_in(chair), "record-decision", **decided(scene, chair))
    matter.refresh_from_db()
    decision = Decision.objects.get()
    assert (matter.state, matter.decision) == (MatterState.DECIDED, decision)
    before = scene.fresh.tick
    undo_decision(decision=decision, actor=chair)
    matter.refresh_from_db()
    entry = Entry.objects.get()
    assert (matter.state, matter.decision) == (MatterState.QUEUED, None)
    assert entry.removed_at is not None
    assert scene.fresh.tick == before + 1
    page = signed_in(member).get(scene.url("live")).content.decode()
    assert "återtaget" in page


def test_what_only_the_committee_decides_is_refused_in_words(
    scene: Going, team: Team, chair: Person, member: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from styrfart.matters import triage

    matter = queued(team, member)
    AgendaItem.objects.filter(pk=scene.items[0].pk).update(source="matter", matter=matter)
    monkeypatch.setattr(
        "styrfart.matters.actions.route.triage.propose",
        lambda _matter: triage.Proposal(is_for_committee_only=True),
    )
    answer = scene.send(signed_in(chair), "record-decision", **decided(scene, chair))
    assert answer.status_code == 422
    assert "Bara nämnden får besluta om det här." in answer.content.decode()
    assert Decision.objects.count() == 0


def test_changing_an_entry_that_somebody_else_has_changed_shows_both(
    scene: Going, member: Person, secretary: Person
) -> None:
    entry = make.entry(scene.meeting, "Först", by=member, on=scene.items[0])
    url = scene.url("change-entry", entry.pk)
    assert signed_in(secretary).post(url, {"text": "Sekreterarens", "revision": 1}).status_code == 302
    answer = signed_in(member).post(url, {"text": "Min egen", "revision": 1})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Sekreterarens" in text
    assert ">Min egen</textarea>" in text.replace("\n", "")
    assert 'name="revision" value="2"' in text
    assert signed_in(member).post(url, {"text": "Min egen", "revision": 2}).status_code == 302
    entry.refresh_from_db()
    assert (entry.text, entry.revision) == ("Min egen", 3)


def test_who_may_change_an_entry(
    scene: Going, member: Person, secretary: Person, chair: Person, stranger: Person, adjunct: Person
) -> None:
    scene.presence(adjunct)
    entry = make.entry(scene.meeting, "Text", by=member, on=scene.items[0])
    for who, status in ((member, 200), (secretary, 200), (chair, 200), (adjunct, 403), (stranger, 404)):
        assert signed_in(who).get(scene.url("change-entry", entry.pk)).status_code == status, who


def test_a_removed_entry_is_seen_by_who_keeps_the_record(
    scene: Going, member: Person, secretary: Person
) -> None:
    entry = make.entry(scene.meeting, "Borttaget ord", by=member, on=scene.items[0])
    scene.send(signed_in(member), "remove-entry", entry.pk)
    assert "Borttaget ord" not in signed_in(member).get(scene.url("live")).content.decode()
    assert "Borttaget ord" in signed_in(secretary).get(scene.url("live")).content.decode()
    scene.send(signed_in(secretary), "restore-entry", entry.pk)
    assert "Borttaget ord" in signed_in(member).get(scene.url("live")).content.decode()


def test_nothing_is_entered_after_the_end(scene: Going, member: Person, chair: Person) -> None:
    actions.end_meeting(meeting=scene.meeting, actor=chair)
    with pytest.raises(facts.MeetingIsNotOpen):
        actions.record_note(meeting=scene.meeting, item=scene.items[0].pk, text="Sent", key=KEY, actor=member)


def secret_item(scene: Going, team: Team, chair: Person, member: Person) -> AgendaItem:
    matter = queued(team, member, secret="OSL 21 kap. 7 §")
    AgendaItem.objects.filter(pk=scene.items[0].pk).update(source="matter", matter=matter)
    scene.items[0].refresh_from_db()
    return scene.items[0]


def test_no_letter_says_what_comes_of_a_secret_item(
    scene: Going, team: Team, chair: Person, member: Person
) -> None:
    item = secret_item(scene, team, chair, member)
    day = timezone.localdate() + dt.timedelta(days=7)
    sent: dict[str, Any] = {"text": "Ring Nisses ombud", "owner": member.pk, "due_on": day.isoformat()}
    scene.send(signed_in(chair), "record-action", item=item.pk, key=KEY, **sent)
    # Somebody empties the box for the ground.
    decision = decided(
        scene, chair, text="Nisse sägs upp.", owner=member.pk, secrecy_ground="", key=uuid.uuid4()
    )
    scene.send(signed_in(chair), "record-decision", **decision)
    entries = {row.kind: row for row in Entry.objects.all()}
    assert entries["action"].action is not None
    assert entries["decision"].decision is not None
    assert entries["action"].action.secrecy_ground == "OSL 21 kap. 7 §"
    assert entries["decision"].decision.secrecy_ground == "OSL 21 kap. 7 §"
    letters = [f"{row.subject} {row.body}" for row in OutgoingMail.objects.all()]
    assert len(letters) >= 2
    assert [text for text in letters if "Nisse" in text] == []


def test_an_action_of_a_secret_item_stays_in_the_room(
    scene: Going, team: Team, chair: Person, member: Person
) -> None:
    item = secret_item(scene, team, chair, member)
    guest = make.attendee(scene.meeting, make.person("Gun", "Gäst")).person
    day = timezone.localdate() + dt.timedelta(days=7)
    sent: dict[str, Any] = {"text": "Ring", "owner": guest.pk, "due_on": day.isoformat(), "key": KEY}
    answer = scene.send(signed_in(chair), "record-action", item=item.pk, **sent)
    assert answer.status_code == 422
    assert "Välj någon i ledningsgruppen." in answer.content.decode()
    assert Entry.objects.count() == 0


def test_the_form_for_a_decision_folds_when_one_is_made(scene: Going, chair: Person) -> None:
    client = signed_in(chair)
    assert "Skriv beslutet" in client.get(scene.url("live")).content.decode()
    scene.send(client, "record-decision", **decided(scene, chair))
    assert "Skriv ett beslut till" in client.get(scene.url("live")).content.decode()


def test_who_becomes_excluded_loses_the_forms(scene: Going, chair: Person, member: Person) -> None:
    state = scene.url("live-state") + f"?har={scene.items[0].pk}"
    headers = {"X-Live": "1"}
    assert 'data-part="forms"' not in signed_in(member).get(state, headers=headers).content.decode()
    Exclusion.objects.create(item=scene.items[0], person=member, ground="Delägare", by=chair)
    part = signed_in(member).get(state, headers=headers).content.decode()
    assert '<div data-part="forms" data-item="0" class="now__forms"></div>' in part


def test_an_excluded_author_does_not_reach_what_they_wrote_before(
    scene: Going, member: Person, chair: Person
) -> None:
    entry = make.entry(scene.meeting, "Före jävet", by=member, on=scene.items[1])
    assert signed_in(member).get(scene.url("change-entry", entry.pk)).status_code == 200
    Exclusion.objects.create(item=scene.items[1], person=member, ground="Delägare", by=chair)
    assert signed_in(member).get(scene.url("change-entry", entry.pk)).status_code == 404
    assert scene.send(signed_in(member), "remove-entry", entry.pk).status_code == 404
