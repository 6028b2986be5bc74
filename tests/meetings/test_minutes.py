"""Minutes from what was recorded to what is approved, locked, and corrected only by a new version."""

import datetime as dt
import hashlib
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from styrfart.decisions.actions import register_decision
from styrfart.meetings import actions, queries
from styrfart.meetings.documents.content import canonical
from styrfart.meetings.models import Minutes, MinutesState
from styrfart.meetings.queries.minutes_reading import content_now
from styrfart.people.models import Person, Team
from styrfart.shared import workdays
from styrfart.shared.models import OutgoingMail, RecordState
from tests import make
from tests.conftest import signed_in
from tests.meetings.held import (
    GROUND,
    SECRET_WORDS,
    Held,
    approved,
    draft,
    handed_over,
    held,
    section_of,
)


@pytest.fixture
def meeting(team: Team, chair: Person, member: Person, secretary: Person) -> Held:
    return held(team)


def url(of: Held, more: str = "") -> str:
    return f"/lg/{of.meeting.team.slug}/moten/{of.meeting.slug}/anteckningar/{more}"


def test_the_draft_tells_what_was_recorded(meeting: Held) -> None:
    content = content_now(draft(meeting))
    first, secret, put_off = content["sections"]
    assert [one["heading"] for one in content["sections"]] == [
        "Två eller tre introduktionsdagar?", SECRET_WORDS, "Budgetläget",
    ]  # fmt: skip
    assert first["text"] == "Två spår vägdes.\n\nHalvdagarna ligger före samtalen."
    assert first["item"] == {
        "id": meeting.open_item.pk,
        "purpose": "decision",
        "owner": "Ingrid Hall",
        "outcome": "Ett beslut om hur introduktionen ser ut.",
        "state": "done",
        "is_in_writing": False,
        "next_day": "",
    }
    decision = first["decisions"][0]
    assert (decision["text"], decision["decided_by"], decision["decided_as"], decision["authority"]) == (
        "Introduktionen blir två dagar.", "Ingrid Hall", "Kontorschef", "management",
    )  # fmt: skip
    assert decision["dissent"] == [{"name": "Greta Gäst", "text": "Tre dagar behövs."}]
    assert first["excluded"] == [{"name": "Karl Borta", "ground": "närstående till sökanden"}]
    assert [one["text"] for one in first["actions"]] == ["Boka lokal för introduktionen"]
    assert first["parked"] == [{"text": "Ska mentorerna få ersättning?", "take_up_on": "2026-10-22"}]
    assert secret["secrecy"] == GROUND
    assert put_off["item"]["state"] == "postponed"
    people = {
        one["name"]: (one["presence"], one["excuse"], one["stands_in_for"]) for one in content["people"]
    }
    assert people["Karl Borta"] == ("absent", "Föräldraledig", "")
    assert people["Eva Ersättare"] == ("remote", "", "Karl Borta")
    assert content["meeting"]["opened_at"] == "2026-10-08T09:02+02:00"


def test_what_is_said_in_check_in_is_not_for_the_record(meeting: Held) -> None:
    assert "incheckning" not in canonical(content_now(draft(meeting))).decode().lower()


def test_minutes_are_begun_once(meeting: Held) -> None:
    assert draft(meeting) == draft(meeting)
    assert Minutes.objects.count() == 1


def test_minutes_are_made_when_the_meeting_is_over(team: Team, chair: Person) -> None:
    with pytest.raises(actions.MeetingIsNotOver):
        actions.begin_minutes(meeting=make.meeting(team, leader=chair), actor=chair)


def test_a_decision_that_was_undone_is_not_in_the_minutes(meeting: Held) -> None:
    meeting.decision.withdrawn_at = timezone.now()
    meeting.decision.save()
    assert content_now(draft(meeting))["sections"][0]["decisions"] == []


def test_two_who_write_in_different_parts_never_meet(meeting: Held, chair: Person, secretary: Person) -> None:
    minutes = draft(meeting)
    first, second = minutes.sections.all()[:2]
    for section, who in ((first, chair), (second, secretary)):
        actions.edit_section(section=section, heading="Rubrik", text=str(who), revision=1, actor=who)
    assert [one.text for one in minutes.sections.all()[:2]] == ["Ingrid Hall", "Tove Lind"]


def test_two_who_write_in_the_same_part_both_see_both_texts(
    meeting: Held, chair: Person, secretary: Person
) -> None:
    section = section_of(draft(meeting), meeting.open_item)
    page = url(meeting, f"text/{section.pk}/")
    one, two = signed_in(chair), signed_in(secretary)
    sent = {"heading": section.heading, "revision": 1}
    assert one.post(page, {**sent, "text": "Ordförandens ord."}).status_code == 302
    answer = two.post(page, {**sent, "text": "Sekreterarens ord."})
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "Ordförandens ord." in body
    assert "Sekreterarens ord." in body
    assert "Ingrid Hall ändrade samma text medan du skrev" in body
    section.refresh_from_db()
    assert section.text == "Ordförandens ord."
    # Sent again upon what stands there: now they know of each other's words.
    assert 'name="revision" value="2"' in body
    again = two.post(page, {**sent, "revision": 2, "text": "Båda texterna."})
    assert again.status_code == 302
    section.refresh_from_db()
    assert (section.text, section.revision) == ("Båda texterna.", 3)


def test_the_same_text_saved_twice_is_no_conflict(meeting: Held, secretary: Person) -> None:
    section = section_of(draft(meeting), meeting.open_item)
    for _ in range(2):
        actions.edit_section(section=section, heading="A", text="B", revision=1, actor=secretary)
    section.refresh_from_db()
    assert section.revision == 2


def test_what_was_typed_is_kept_when_the_text_was_handed_over_meanwhile(
    meeting: Held, secretary: Person
) -> None:
    minutes = handed_over(meeting)
    section = section_of(minutes, meeting.open_item)
    answer = signed_in(secretary).post(
        url(meeting, f"text/{section.pk}/"), {"heading": "R", "text": "Sent ord.", "revision": 1}
    )
    assert answer.status_code == 409
    assert "Sent ord." in answer.content.decode()


def test_it_is_approved_within_the_workdays_of_the_kind(meeting: Held) -> None:
    minutes = handed_over(meeting)
    assert minutes.approve_by == workdays.workdays_after(timezone.localdate(), 3)
    assert minutes.record_state == RecordState.DRAFT


def test_approved_minutes_are_sealed(meeting: Held) -> None:
    minutes = approved(meeting)
    minutes.refresh_from_db()
    assert (minutes.state, minutes.record_state) == (MinutesState.APPROVED, RecordState.APPROVED)
    assert minutes.digest == hashlib.sha256(canonical(minutes.content)).hexdigest()
    assert [one["as"] for one in minutes.content["approvals"]] == ["approver"]
    file = hashlib.sha256(b"Kostnad per dag").hexdigest()
    assert [one["sha256"] for one in minutes.content["attachments"]] == [file, ""]


def test_a_checker_and_the_chair_must_both_say_yes(
    team: Team, chair: Person, member: Person, secretary: Person
) -> None:
    of = held(team, has_checker=True)
    minutes = draft(of)
    with pytest.raises(actions.CheckerIsMissing):
        actions.hand_over_minutes(
            minutes=minutes, approver=chair, checker=None, revision=minutes.revision, actor=secretary
        )
    minutes = handed_over(of, checker=member)
    minutes = actions.approve_minutes(minutes=minutes, revision=minutes.revision, actor=chair)
    assert minutes.state == MinutesState.HANDED_OVER
    minutes = actions.check_minutes(minutes=minutes, revision=minutes.revision, actor=member)
    assert minutes.state == MinutesState.APPROVED
    assert [one["as"] for one in minutes.content["approvals"]] == ["checker", "approver"]


def test_sent_back_it_says_why_and_nobody_has_approved(
    team: Team, chair: Person, member: Person, secretary: Person
) -> None:
    of = held(team, has_checker=True)
    minutes = handed_over(of, checker=member)
    minutes = actions.check_minutes(minutes=minutes, revision=minutes.revision, actor=member)
    answer = signed_in(chair).post(
        url(of, "tillbaka/"), {"note": "Skälen saknas.", "revision": minutes.revision}, follow=True
    )
    assert "Anteckningarna är skickade tillbaka." in answer.content.decode()
    minutes.refresh_from_db()
    assert (minutes.state, minutes.checked_at, minutes.sent_back_note) == ("draft", None, "Skälen saknas.")
    assert "Skälen saknas." in signed_in(secretary).get(url(of)).content.decode()


def test_what_was_read_is_what_is_approved(meeting: Held, chair: Person) -> None:
    minutes = handed_over(meeting)
    stale = minutes.revision
    actions.send_back_minutes(minutes=minutes, note="Ändra", revision=stale, actor=chair)
    minutes.refresh_from_db()
    actions.hand_over_minutes(
        minutes=minutes, approver=chair, checker=None, revision=minutes.revision, actor=chair
    )
    with pytest.raises(actions.MinutesHaveMovedOn):
        actions.approve_minutes(minutes=minutes, revision=stale, actor=chair)


def test_a_decision_undone_since_they_were_handed_over_stops_the_approval(
    meeting: Held, chair: Person
) -> None:
    minutes = handed_over(meeting)
    meeting.decision.withdrawn_at = timezone.now()
    meeting.decision.save()
    with pytest.raises(actions.RecordsHaveChanged):
        actions.approve_minutes(minutes=minutes, revision=minutes.revision, actor=chair)
    minutes.refresh_from_db()
    assert minutes.state == MinutesState.HANDED_OVER


def test_pressing_twice_says_so_and_changes_nothing(meeting: Held, chair: Person) -> None:
    minutes = handed_over(meeting)
    browser = signed_in(chair)
    for _ in range(2):
        answer = browser.post(url(meeting, "godkann/"), {"revision": minutes.revision}, follow=True)
        assert answer.status_code == 200
    minutes.refresh_from_db()
    assert minutes.state == MinutesState.APPROVED


def test_no_action_changes_approved_minutes(meeting: Held, chair: Person, secretary: Person) -> None:
    minutes = approved(meeting)
    section = section_of(minutes, meeting.open_item)
    known = Minutes.objects.filter(pk=minutes.pk).values("content", "digest", "approved_at", "state").get()
    text = list(minutes.sections.values_list("heading", "text"))
    revision = minutes.revision
    attempts: list[Callable[[Person], object]] = [
        lambda who: actions.edit_section(section=section, heading="X", text="Y", revision=1, actor=who),
        lambda who: actions.hand_over_minutes(
            minutes=minutes, approver=chair, checker=None, revision=revision, actor=who
        ),
        lambda who: actions.approve_minutes(minutes=minutes, revision=revision, actor=who),
        lambda who: actions.check_minutes(minutes=minutes, revision=revision, actor=who),
        lambda who: actions.send_back_minutes(minutes=minutes, note="X", revision=revision, actor=who),
    ]
    for attempt in attempts:
        for who in (chair, secretary):
            with pytest.raises((actions.MinutesRefused, PermissionDenied)):
                attempt(who)
    # What may be done stands about the record, or is a record of its own.
    actions.begin_minutes(meeting=meeting.meeting, actor=secretary)
    actions.register_minutes(
        minutes=minutes, registry_number="KS 2026/1", secrecy_ground="", revision=revision, actor=secretary
    )
    actions.correct_minutes(minutes=minutes, correction="Fel dag.", actor=secretary)
    actions.remind_of_minutes(today=dt.date(2030, 1, 1))
    assert Minutes.objects.filter(pk=minutes.pk).values(*known).get() == known
    assert list(minutes.sections.values_list("heading", "text")) == text


def test_a_correction_is_a_new_version_and_the_old_one_can_be_read(
    meeting: Held, secretary: Person, chair: Person
) -> None:
    first = approved(meeting)
    second = actions.correct_minutes(minutes=first, correction="Fel ord i punkt 1.", actor=secretary)
    section = section_of(second, meeting.open_item)
    actions.edit_section(
        section=section, heading="Rätt rubrik", text="Rätt ord.", revision=1, actor=secretary
    )
    second.refresh_from_db()
    second = actions.hand_over_minutes(
        minutes=second, approver=chair, checker=None, revision=second.revision, actor=secretary
    )
    second = actions.approve_minutes(minutes=second, revision=second.revision, actor=chair)
    assert second.content["corrects"] == {"version": 1, "digest": first.digest}
    browser = signed_in(secretary)
    new, old = (
        browser.get(url(meeting)).content.decode(),
        browser.get(url(meeting, "version/1/")).content.decode(),
    )
    assert "Version 2 rättar version 1: Fel ord i punkt 1." in new
    assert "Rätt ord." in new
    assert first.digest in old
    assert "Version 1 gäller inte längre." in old
    assert "Rätt ord." not in old


def test_what_holds_is_read_while_it_is_being_corrected(
    meeting: Held, secretary: Person, member: Person
) -> None:
    actions.correct_minutes(minutes=approved(meeting), correction="Fel ord.", actor=secretary)
    page = signed_in(member).get(url(meeting)).content.decode()
    assert "En rättad version, 2, är på väg." in page
    assert url(meeting, "version/2/") in page
    assert "Godkänt av Ingrid Hall" in page
    assert "Version 2 rättar version 1" in signed_in(secretary).get(url(meeting)).content.decode()


def test_one_correction_at_a_time(meeting: Held, secretary: Person) -> None:
    first = approved(meeting)
    actions.correct_minutes(minutes=first, correction="A", actor=secretary)
    with pytest.raises(actions.MinutesHaveMovedOn):
        actions.correct_minutes(minutes=first, correction="B", actor=secretary)


def test_the_digest_says_when_something_is_no_longer_the_same(
    meeting: Held, chair: Person, secretary: Person
) -> None:
    minutes = approved(meeting)
    check = queries.verified(secretary, minutes)
    assert check.is_same
    # Somebody reaches past the product, into the database.
    changed = minutes.content | {"leader": "Någon annan"}
    Minutes.objects.filter(pk=minutes.pk).update(content=changed)
    answer = signed_in(chair).get(url(meeting, "version/1/kontroll/")).content.decode()
    assert "Inte längre det som godkändes" in answer


def test_the_digest_holds_the_bytes_of_the_attachments(meeting: Held, secretary: Person) -> None:
    minutes = approved(meeting)
    material = meeting.open_item.materials.get()
    with material.file.storage.open(str(material.file.name), "wb") as file:
        file.write(b"Kostnad per vecka")
    check = queries.verified(secretary, minutes)
    assert check.is_content_same
    assert not check.is_same


def test_anybody_can_reckon_the_digest(meeting: Held, chair: Person) -> None:
    minutes = approved(meeting)
    answer = signed_in(chair).get(url(meeting, "version/1/innehall.json"))
    assert hashlib.sha256(answer.content).hexdigest() == minutes.digest


def test_each_gets_their_own_first_and_no_secret_words(
    meeting: Held,
    chair: Person,
    secretary: Person,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    meeting.decision.owner = secretary
    secret = make.action(meeting.meeting.team, "Ring om omplaceringen", owner=secretary)
    meeting.secret_item.entries.create(
        meeting=meeting.meeting, kind="action", text=secret.text, author=chair, action=secret
    )
    OutgoingMail.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=False):
        approved(meeting)
    letters = {
        mail.address: mail
        for mail in OutgoingMail.objects.filter(subject__startswith="Godkända anteckningar")
    }
    assert chair.email not in letters  # has just approved, and has nothing to do
    mine = letters[str(secretary.email)].body
    assert "Introduktionen blir två dagar." in mine
    assert "En åtgärd som omfattas av sekretess." in mine
    assert mine.index("Introduktionen") < mine.index("/anteckningar/")
    everything = " ".join(f"{mail.subject} {mail.body}" for mail in letters.values())
    assert "omplacering" not in everything.lower()
    outside = letters[str(meeting.outsider.email)].body
    assert "Boka lokal för introduktionen" in outside
    assert "/anteckningar/" not in outside  # not theirs to read
    assert f"/atgarder/{meeting.action.pk}/" in outside
    assert str(meeting.guest.email) in letters


def test_the_letters_forget_what_becomes_secret(meeting: Held, chair: Person, secretary: Person) -> None:
    approved(meeting)
    letters = OutgoingMail.objects.filter(about__startswith="meetings.minutes/")
    assert letters.filter(body__contains="Introduktionen blir två dagar.").exists()
    register_decision(decision=meeting.decision, secrecy_ground=GROUND, registry_number="", actor=secretary)
    assert not letters.filter(body__contains="Introduktionen blir två dagar.").exists()


def test_who_has_not_approved_is_reminded_once(meeting: Held, chair: Person) -> None:
    minutes = handed_over(meeting)
    OutgoingMail.objects.all().delete()
    by = minutes.approve_by
    assert by is not None
    assert actions.remind_of_minutes(today=by - dt.timedelta(days=1)) == 0
    assert actions.remind_of_minutes(today=by) == 1
    assert actions.remind_of_minutes(today=by) == 0
    assert [mail.address for mail in OutgoingMail.objects.all()] == [chair.email]


def test_a_guest_reads_approved_minutes_without_what_is_secret(meeting: Held, member: Person) -> None:
    guest = signed_in(meeting.guest)
    draft(meeting)
    assert "Två spår vägdes" not in guest.get(url(meeting)).content.decode()
    minutes = approved(meeting)
    page = guest.get(url(meeting)).content.decode()
    assert "Introduktionen blir två dagar." in page
    assert f"Sekretess, {GROUND}" in page
    for words in (SECRET_WORDS, "Samtal med facket pågår", "Hemligt underlag"):
        assert words not in page
        assert words in signed_in(member).get(url(meeting)).content.decode()
    for secret in ("innehall.json", "anteckningar.docx", "anteckningar.pdf"):
        assert guest.get(url(meeting, f"version/{minutes.version}/{secret}")).status_code == 403
    # The attachment of the open item, and not that of the secret one.
    file = guest.get(url(meeting, "version/1/bilaga/1/"))
    assert file.getvalue() == b"Kostnad per dag"
    assert guest.get(url(meeting, "version/1/bilaga/2/")).status_code == 404


def test_what_becomes_secret_later_is_left_out_from_then_on(meeting: Held) -> None:
    meeting.matter.secrecy_ground = ""
    meeting.matter.save()
    approved(meeting)
    guest = signed_in(meeting.guest)
    assert SECRET_WORDS in guest.get(url(meeting)).content.decode()
    meeting.matter.secrecy_ground = GROUND
    meeting.matter.save()
    assert SECRET_WORDS not in guest.get(url(meeting)).content.decode()


def test_registry_number_and_secrecy_of_the_whole(meeting: Held, secretary: Person) -> None:
    minutes = approved(meeting)
    answer = signed_in(secretary).post(
        url(meeting, "registrering/"),
        {"registry_number": "KS 2026/17", "secrecy_ground": GROUND, "revision": minutes.revision},
        follow=True,
    )
    assert "KS 2026/17" in answer.content.decode()
    assert "Introduktionen blir" not in signed_in(meeting.guest).get(url(meeting)).content.decode()
    minutes.refresh_from_db()
    assert queries.verified(secretary, minutes).is_same


PAGES = {
    # address: chair, member, secretary, guest, stranger
    "": (200, 200, 200, 200, 404),
    "lamna/": (200, 403, 200, 403, 404),
    "text/{section}/": (200, 403, 200, 403, 404),
    "registrering/": (200, 403, 200, 403, 404),
    "ratta/": (403, 403, 403, 403, 404),
    "tillbaka/": (403, 403, 403, 404, 404),
    "version/1/": (200, 200, 200, 404, 404),
    "version/1/kontroll/": (404, 404, 404, 404, 404),
    "version/1/anteckningar.docx": (200, 200, 200, 404, 404),
    "version/9/": (404, 404, 404, 404, 404),
}


@pytest.mark.parametrize("page", PAGES)
def test_who_may_read_a_draft(
    meeting: Held, page: str, chair: Person, member: Person, secretary: Person, stranger: Person
) -> None:
    section = section_of(draft(meeting), meeting.open_item)
    found = tuple(
        signed_in(who).get(url(meeting, page.format(section=section.pk))).status_code
        for who in (chair, member, secretary, meeting.guest, stranger)
    )
    assert found == PAGES[page]


ANSWERS = {
    "godkann/": (302, 403, 403, 404, 404),
    "justera/": (403, 403, 403, 404, 404),
    "lamna/": (403, 403, 403, 403, 404),
    "borja/": (302, 403, 302, 403, 404),
}


@pytest.mark.parametrize("deed", ANSWERS)
@pytest.mark.parametrize("place", range(5))
def test_who_may_answer(
    meeting: Held, deed: str, place: int, chair: Person, member: Person, secretary: Person, stranger: Person
) -> None:
    minutes = handed_over(meeting)
    who = (chair, member, secretary, meeting.guest, stranger)[place]
    answer = signed_in(who).post(url(meeting, deed), {"revision": minutes.revision})
    assert answer.status_code == ANSWERS[deed][place]


def test_the_page_without_minutes_says_what_will_come(team: Team, chair: Person, as_chair: Client) -> None:
    coming = make.meeting(team, leader=chair)
    page = as_chair.get(f"/lg/{team.slug}/moten/{coming.slug}/anteckningar/")
    assert "Inga anteckningar än" in page.content.decode()
