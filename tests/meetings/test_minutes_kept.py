"""Minutes as records: found by search, waiting at home, handed to the e-archive, disposed of by decision."""

import datetime as dt
import hashlib
import io
import zipfile
from xml.etree import ElementTree as ET

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from styrfart.decisions.models import Action, Decision
from styrfart.matters.models import Matter
from styrfart.meetings import actions, queries
from styrfart.meetings.models import Attendee, Entry, ItemMaterial, Meeting, MeetingState, Minutes
from styrfart.people.models import Person, Team
from styrfart.shared.archive import RECORD
from styrfart.shared.disposal import held as held_by_others
from styrfart.shared.disposal import record_types
from styrfart.shared.models import AuditEntry, OutgoingMail, RetentionRule
from tests import make
from tests.conftest import signed_in
from tests.meetings.held import GROUND, SECRET_WORDS, Held, approved, draft, handed_over, held, section_of

TYPES = {each.record_type: each for each in record_types()}


@pytest.fixture
def meeting(team: Team, chair: Person, member: Person, secretary: Person) -> Held:
    return held(team)


def found(user: Person, text: str) -> list[str]:
    return [one.section.heading for one in queries.search_minutes(user, text)]


def test_approved_minutes_are_found_by_those_who_may_read_them(
    meeting: Held, member: Person, stranger: Person
) -> None:
    draft(meeting)
    assert found(member, "halvdagarna") == []
    approved(meeting)
    assert found(member, "halvdagarna samtalen") == ["Två eller tre introduktionsdagar?"]
    assert found(meeting.guest, "halvdagarna") == ["Två eller tre introduktionsdagar?"]
    assert found(stranger, "halvdagarna") == []
    assert found(member, " ") == []


def test_what_is_secret_is_not_found(meeting: Held, member: Person) -> None:
    minutes = approved(meeting)
    assert found(member, "facket") == []
    Matter.objects.filter(pk=meeting.matter.pk).update(secrecy_ground="")
    assert found(member, "facket") == [SECRET_WORDS]
    Decision.objects.filter(pk=meeting.decision.pk).update(secrecy_ground=GROUND)
    assert found(member, "halvdagarna") == []
    Minutes.objects.filter(pk=minutes.pk).update(secrecy_ground=GROUND)
    assert found(member, "facket") == []


def test_only_the_version_that_holds_is_found(meeting: Held, secretary: Person, chair: Person) -> None:
    second = actions.correct_minutes(minutes=approved(meeting), correction="Fel ord.", actor=secretary)
    section = section_of(second, meeting.open_item)
    actions.edit_section(section=section, heading="Ny", text="Rättade ord.", revision=1, actor=secretary)
    assert found(chair, "halvdagarna") == ["Två eller tre introduktionsdagar?"]
    second.refresh_from_db()
    second = actions.hand_over_minutes(
        minutes=second, approver=chair, checker=None, revision=second.revision, actor=secretary
    )
    actions.approve_minutes(minutes=second, revision=second.revision, actor=chair)
    assert found(chair, "halvdagarna") == []
    assert found(chair, "rättade") == ["Ny"]


def test_a_search_is_two_queries(
    meeting: Held, member: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    approved(meeting)
    found(member, "halvdagarna")
    with django_assert_num_queries(2):
        found(member, "halvdagarna")


def waiting(user: Person) -> list[str]:
    return [one.asked.value for one in queries.minutes_waiting_for(user)]


def test_they_wait_for_whoever_is_to_do_something(
    team: Team, chair: Person, member: Person, secretary: Person
) -> None:
    of = held(team, has_checker=True)
    minutes = draft(of)
    assert [waiting(who) for who in (chair, member, secretary)] == [[], [], ["write"]]
    minutes = handed_over(of, checker=member)
    assert [waiting(who) for who in (chair, member, secretary)] == [["approve"], ["check"], []]
    minutes = actions.check_minutes(minutes=minutes, revision=minutes.revision, actor=member)
    assert [waiting(who) for who in (chair, member, secretary)] == [["approve"], [], []]
    actions.approve_minutes(minutes=minutes, revision=minutes.revision, actor=chair)
    assert [waiting(who) for who in (chair, member, secretary)] == [[], [], []]


@pytest.mark.parametrize("items", [1, 3])
def test_the_page_asks_as_much_however_much_was_recorded(
    team: Team, chair: Person, member: Person, secretary: Person,
    django_assert_num_queries: DjangoAssertNumQueries, items: int,
) -> None:  # fmt: skip
    of = held(team)
    for number in range(items):
        item = make.item(of.meeting, f"Punkt {number}", owner=chair)
        make.entry(of.meeting, "Ord", on=item)
    browser = signed_in(chair)
    page = f"/lg/{team.slug}/moten/{of.meeting.slug}/anteckningar/"
    draft(of)
    browser.get(page)
    with django_assert_num_queries(20):
        browser.get(page)
    minutes = handed_over(of)
    with django_assert_num_queries(12):
        browser.get(page)
    actions.approve_minutes(minutes=minutes, revision=minutes.revision, actor=chair)
    with django_assert_num_queries(12):
        browser.get(page)


def test_the_package_for_the_archive_holds_what_the_digest_is_reckoned_over(
    meeting: Held, secretary: Person, team: Team
) -> None:
    minutes = approved(meeting)
    answer = signed_in(secretary).post(f"/lg/{team.slug}/moten/anteckningar/arkiv.zip")
    package = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
    files = {name.rpartition("data/")[2]: name for name in package.namelist() if "/data/" in name}
    folder = f"meetings.minutes/{minutes.pk}"
    assert sorted(files) == [f"{folder}/001.json", f"{folder}/002.txt", f"{folder}/record.xml"]
    assert hashlib.sha256(package.read(files[f"{folder}/001.json"])).hexdigest() == minutes.digest
    assert package.read(files[f"{folder}/002.txt"]) == b"Kostnad per dag"
    record = ET.fromstring(package.read(files[f"{folder}/record.xml"]))
    fields = {field.get("label"): field.text for field in record.iter(f"{{{RECORD}}}field")}
    assert fields["Kontrollsumma (SHA-256)"] == minutes.digest
    assert "Avvikande mening: Greta Gäst: Tre dagar behövs." in str(
        fields["Två eller tre introduktionsdagar?"]
    )
    assert record.findtext(f"{{{RECORD}}}secrecyGround") == GROUND
    assert AuditEntry.objects.filter(verb="meetings.archive_minutes").count() == 1


@pytest.mark.parametrize("place", range(4))
def test_who_fetches_for_the_archive(
    meeting: Held, team: Team, chair: Person, member: Person, secretary: Person, stranger: Person, place: int
) -> None:
    who = (chair, member, secretary, stranger)[place]
    answer = signed_in(who).post(f"/lg/{team.slug}/moten/anteckningar/arkiv.zip")
    assert answer.status_code == (403, 403, 200, 404)[place]
    answer.getvalue()  # read to its end, the package is closed


LONG_AGO = timezone.now() - dt.timedelta(days=4000)
BEFORE = timezone.localdate() - dt.timedelta(days=3650)


def test_minutes_are_preserved_until_somebody_decides_otherwise(db: None) -> None:
    assert RetentionRule.objects.get(record_type="meetings.minutes").keep_years is None


def test_disposal_leaves_nothing_of_the_meeting(
    meeting: Held, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    minutes = approved(meeting)
    file = str(meeting.open_item.materials.get().file.name)
    assert TYPES["meetings.minutes"].tally(BEFORE).count == 0
    Minutes.objects.filter(pk=minutes.pk).update(approved_at=LONG_AGO)
    assert TYPES["meetings.minutes"].tally(BEFORE).count == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert TYPES["meetings.minutes"].dispose(BEFORE).count == 1
    assert not Meeting.objects.filter(pk=meeting.meeting.pk).exists()
    assert [model.objects.count() for model in (Minutes, Entry, Attendee)] == [0, 0, 0]
    assert not default_storage.exists(file)
    assert not AuditEntry.objects.filter(object_type__startswith="meetings.").exists()
    assert not OutgoingMail.objects.filter(about__startswith="meetings.minutes").exists()
    # What they told of is its own record, with its own rule.
    assert Decision.objects.filter(pk=meeting.decision.pk).exists()
    assert Action.objects.filter(pk=meeting.action.pk).exists()


def test_a_meeting_keeps_what_its_minutes_tell_of(meeting: Held) -> None:
    assert meeting.matter.pk in held_by_others("matters.matter")
    assert meeting.decision.pk in held_by_others("decisions.decision")
    assert meeting.action.pk in held_by_others("decisions.action")
    Matter.objects.filter(pk=meeting.matter.pk).update(state="answered", closed_at=LONG_AGO)
    assert TYPES["matters.matter"].tally(BEFORE).count == 0


def test_minutes_that_are_being_corrected_stay(meeting: Held, secretary: Person) -> None:
    minutes = approved(meeting)
    actions.correct_minutes(minutes=minutes, correction="Fel.", actor=secretary)
    Minutes.objects.filter(pk=minutes.pk).update(approved_at=LONG_AGO)
    assert TYPES["meetings.minutes"].tally(BEFORE).count == 0


def test_a_meeting_without_minutes_has_a_rule_of_its_own(team: Team, chair: Person) -> None:
    at = make.meeting(team, leader=chair, state=MeetingState.CANCELLED)
    Meeting.objects.filter(pk=at.pk).update(cancelled_at=LONG_AGO)
    assert TYPES["meetings.minutes"].tally(BEFORE).count == 0
    assert TYPES["meetings.meeting"].dispose(BEFORE).count == 1
    assert Meeting.objects.count() == 0


def test_the_page_of_search_leads_to_the_part(meeting: Held, member: Person) -> None:
    minutes = approved(meeting)
    section = section_of(minutes, meeting.open_item)
    page = signed_in(member).get("/sok/?q=halvdagarna").content.decode()
    assert f"/moten/2026-10-08/anteckningar/#punkt-{section.pk}" in page


def test_a_file_that_sealed_minutes_of_another_meeting_hold_to_stays_when_the_first_meeting_goes(
    meeting: Held,
    team: Team,
    chair: Person,
    secretary: Person,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    # The item was put off from an earlier meeting, and its material came with it.
    name = str(meeting.open_item.materials.get().file.name)
    earlier = make.meeting(team, held_on=dt.date(2026, 9, 24), leader=chair, state=MeetingState.ENDED)
    Meeting.objects.filter(pk=earlier.pk).update(ended_at=timezone.now() - dt.timedelta(days=4000))
    before = make.item(earlier)
    ItemMaterial.objects.create(item=before, title="Underlag", file=name, added_by=chair)
    only_there = ItemMaterial(item=before, title="Bara där", added_by=chair)
    only_there.file.save("bara-dar.txt", ContentFile(b"Bara det"))
    minutes = approved(meeting)
    with django_capture_on_commit_callbacks(execute=True):
        TYPES["meetings.meeting"].dispose(timezone.localdate() - dt.timedelta(days=3000))
    assert not Meeting.objects.filter(pk=earlier.pk).exists()
    assert not default_storage.exists(str(only_there.file.name))
    assert default_storage.exists(name)
    assert queries.verified(secretary, minutes).is_same
