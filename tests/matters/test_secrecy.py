"""A secret matter: who marks it, who sees it, and that its words leave no trace where others read."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from styrfart.matters import actions
from styrfart.matters.facts import SecrecyChanged
from styrfart.matters.models import Matter, MatterState, Route
from styrfart.matters.queries import archive_records
from styrfart.overview.queries import search
from styrfart.people.models import Person, Role, TeamRole
from styrfart.shared.models import AuditEntry, OutgoingMail
from tests import make
from tests.matters.conftest import Office

WORDS = "Ska vi anmäla brottet mot medarbetaren?"
GROUND = "OSL 39 kap. 2 §"


def hidden(office: Office, *, state: MatterState = MatterState.INBOX) -> Matter:
    """A secret matter at the office's desk, handed in by the sender and owned by the head of a unit."""
    matter = make.matter(office.team, WORDS, by=office.sender, owner=office.head, state=state)
    return actions.mark_secret(matter=matter, ground=GROUND, known="", actor=office.sender)


def seen_by(person: Person) -> set[int]:
    return set(Matter.objects.visible_to(person).values_list("pk", flat=True))


WHO: dict[str, tuple[Callable[[Office], Person], bool]] = {
    "who handed it in": (lambda office: office.sender, True),
    "who owns it": (lambda office: office.head, True),
    "who chose a route for it": (lambda office: office.chair, True),
    "member of the room where it is now": (lambda office: make.member(office.other_team).person, True),
    "secretary of the room where it was": (lambda office: office.secretary, False),
    "member of the room where it was": (lambda office: office.member, False),
    "coach in the room where it is": (
        lambda office: make.role(
            Role.COACH, make.member(office.other_team, role=TeamRole.ADJUNCT, function="coach").person
        ),
        False,
    ),
    "system owner": (lambda _office: make.role(Role.SYSTEM_OWNER), False),
    "top management": (lambda _office: make.role(Role.TOP_MANAGEMENT), False),
    "HR developer": (lambda _office: make.role(Role.HR_DEVELOPER), False),
    "head of the unit above": (lambda office: make.post(make.person(), office.team.unit).person, False),
}


@pytest.mark.parametrize("who", WHO)
def test_who_sees_a_secret_matter_that_has_moved(office: Office, who: str) -> None:
    matter = hidden(office)
    moved = make.hand_over(matter, to_team=office.other_team)
    moved.routing.by = office.chair
    moved.routing.save()
    Matter.objects.filter(pk=matter.pk).update(team=office.other_team)
    reader, may_see = WHO[who]
    assert (matter.pk in seen_by(reader(office))) is may_see


def test_marking_shows_it_to_nobody_new(office: Office) -> None:
    """Who chose a route and has left the room since sees the matter neither before nor after."""
    matter = make.matter(office.team, WORDS, by=office.sender, state=MatterState.HANDED_OVER)
    passed = make.hand_over(matter, office.head)
    passed.routing.by = office.chair
    passed.routing.save()
    office.chair.memberships.update(valid_to=timezone.localdate() - dt.timedelta(days=1))
    assert matter.pk not in seen_by(office.chair)
    actions.mark_secret(matter=matter, ground=GROUND, known="", actor=office.sender)
    assert matter.pk not in seen_by(office.chair)
    assert "brottet" not in office.as_(office.chair).get(reverse("overview:home")).content.decode()
    assert matter.pk in seen_by(office.head)


def test_whoever_it_was_handed_to_sees_it_until_that_is_undone(office: Office) -> None:
    receiver, writer = make.person(), make.person()
    handed = make.hand_over(hidden(office, state=MatterState.HANDED_OVER), receiver)
    prepared = make.preparation(hidden(office, state=MatterState.PREPARING), writer)
    assert (seen_by(receiver), seen_by(writer)) == ({handed.matter_id}, {prepared.matter_id})
    handed.cancelled_at = handed.routing.at
    handed.save()
    assert seen_by(receiver) == set()


def marked(browser: Client, matter: Matter, **sent: str) -> int:
    url = reverse("matters:mark-secret", args=[matter.team.slug, matter.pk])
    return int(browser.post(url, {"known": "", "ground": GROUND, **sent}).status_code)


def lifted(browser: Client, matter: Matter, known: str = GROUND) -> int:
    url = reverse("matters:lift-secrecy", args=[matter.team.slug, matter.pk])
    return int(browser.post(url, {"known": known}).status_code)


def test_the_sender_lifts_it_until_a_route_is_chosen_and_the_desk_whenever(office: Office) -> None:
    matter = hidden(office)
    assert lifted(office.as_(office.sender), matter) == 302
    assert marked(office.as_(office.sender), matter) == 302
    Matter.objects.filter(pk=matter.pk).update(
        state=MatterState.QUEUED, purpose="decision", level="tactical", outcome="Svar"
    )
    assert lifted(office.as_(office.sender), matter) == 403
    assert lifted(office.as_(office.member), matter) == 403
    assert lifted(office.as_(office.secretary), matter) == 302
    assert Matter.objects.get().secrecy_ground == ""


def test_two_browsers_do_not_write_over_each_other(office: Office) -> None:
    matter = hidden(office)
    with pytest.raises(SecrecyChanged):
        actions.mark_secret(matter=matter, ground="OSL 21 kap. 7 §", known="", actor=office.chair)
    browser = office.as_(office.chair)
    assert marked(browser, matter, ground="OSL 21 kap. 7 §") == 422
    assert lifted(browser, matter, known="") == 302  # led back to the matter, which says why
    assert Matter.objects.get().secrecy_ground == GROUND
    assert marked(browser, matter, ground="OSL 21 kap. 7 §", known=GROUND) == 302
    assert Matter.objects.get().secrecy_ground == "OSL 21 kap. 7 §"


def test_the_ground_must_be_written(office: Office) -> None:
    matter = make.matter(office.team, WORDS, by=office.sender)
    assert marked(office.as_(office.chair), matter, ground=" ") == 422
    assert Matter.objects.get().secrecy_ground == ""


def test_marking_does_not_stand_in_the_way_of_undoing(office: Office) -> None:
    matter = make.matter(office.team, WORDS, by=office.sender)
    routing = actions.hand_over(
        matter=matter, revision=1, to=office.head, answer_by=timezone.localdate(), actor=office.chair
    )
    actions.mark_secret(matter=matter, ground=GROUND, known="", actor=office.chair)
    actions.undo(routing=routing, actor=office.chair)
    found = Matter.objects.get()
    assert (found.state, found.secrecy_ground) == (MatterState.INBOX, GROUND)


def test_letters_say_nothing_of_it(office: Office) -> None:
    matter = make.matter(office.team, WORDS, by=office.sender)
    routing = actions.decline(
        matter=matter, revision=1, note="Anmäl brottet själv.", home="Polisen", actor=office.chair
    )
    sent = OutgoingMail.objects.get()
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT)
    actions.mark_secret(matter=matter, ground=GROUND, known="", actor=office.chair)
    sent.refresh_from_db()
    assert (sent.subject, sent.body) == (f"Ärende {matter.pk}", "")
    actions.undo(routing=routing, actor=office.chair)
    later = OutgoingMail.objects.latest("pk")
    assert later.subject == f"Ärende {matter.pk}"
    assert f"/arenden/{matter.pk}/" in later.body
    assert not re.search("brottet|Polisen", later.body)


def test_letters_that_wait_are_written_anew(office: Office) -> None:
    matter = make.matter(office.team, WORDS, by=office.sender)
    actions.decline(matter=matter, revision=1, note="Anmäl brottet själv.", home="P", actor=office.chair)
    actions.mark_secret(matter=matter, ground=GROUND, known="", actor=office.chair)
    letter = OutgoingMail.objects.get()
    assert (letter.recipient, letter.subject) == (office.sender, f"Ärende {matter.pk}")
    assert "brottet" not in letter.subject + letter.body


def test_the_log_and_its_export_lose_its_words(office: Office) -> None:
    matter = make.matter(office.team, WORDS, by=office.sender)
    AuditEntry.objects.create(
        actor=office.sender,
        verb="matters.hand_in",
        object_type="matters.matter",
        object_id=str(matter.pk),
        object_label=f"{matter.pk} {WORDS}",
    )
    browser = office.as_(make.role(Role.SYSTEM_OWNER))
    actions.mark_secret(matter=matter, ground=GROUND, known="", actor=office.sender)
    assert AuditEntry.objects.filter(object_id=str(matter.pk)).count() == 2
    for name in ("people:audit-log", "people:export-audit-log", "people:outbox"):
        page = browser.get(reverse(name)).getvalue().decode()
        assert "brottet" not in page
    entry = AuditEntry.objects.get(verb="matters.mark_secret")
    assert entry.detail == {"secrecy_ground": ["", GROUND]}
    assert set(entry.concerns.all()) == {office.sender}


def test_search_finds_it_only_for_those_who_see_it(office: Office) -> None:
    matter = hidden(office)
    make.routing(matter, Route.TEAM, by=office.chair)
    Matter.objects.filter(pk=matter.pk).update(team=office.other_team)

    def finds(person: Person) -> bool:
        return any("brottet" in hit.title for group in search(person, "brottet") for hit in group.hits)

    assert finds(office.sender)
    assert finds(make.member(office.other_team).person)
    assert not finds(office.member)
    assert not finds(make.role(Role.TOP_MANAGEMENT))


def test_it_is_not_among_similar_matters_marked_before_or_after_they_were_read(office: Office) -> None:
    def shown() -> str:
        page = office.as_(office.chair).get(reverse("matters:queue", args=[office.team.slug]))
        return str(page.content.decode())

    old = make.matter(office.team, WORDS, by=office.sender, state=MatterState.DECLINED)
    make.routing(old, Route.DECLINE)
    make.matter(office.team, "Ska vi anmäla brottet mot chefen?")
    assert WORDS in shown()
    actions.mark_secret(matter=old, ground=GROUND, known="", actor=office.chair)
    assert WORDS not in shown()
    actions.lift_secrecy(matter=old, known=GROUND, actor=office.chair)
    assert WORDS in shown()


def test_no_page_of_the_team_where_it_was_names_it(office: Office) -> None:
    matter = hidden(office)
    make.routing(matter, Route.TEAM, by=office.chair)
    Matter.objects.filter(pk=matter.pk).update(team=office.other_team)
    browser = office.as_(office.member)
    for name in ("team", "queue", "all", "mirror"):
        page = browser.get(reverse(f"matters:{name}", args=[office.team.slug]))
        assert page.status_code == 200
        assert "brottet" not in page.content.decode()
    for name in ("matters:mine", "overview:home", "overview:waiting"):
        assert "brottet" not in browser.get(reverse(name)).content.decode()
    assert browser.get(reverse("matters:find", args=[matter.pk])).status_code == 404
    assert not list(archive_records(office.team))


def test_the_weekly_letter_does_not_quote_it_even_to_those_who_see_it(office: Office) -> None:
    from tests.overview.test_jobs import run_digests  # the one place that plays the worker

    receiver = make.post(make.person("Siri", "Svarande"), office.services, is_head=False).person
    make.hand_over(hidden(office, state=MatterState.HANDED_OVER), receiver)
    open_one = make.hand_over(
        make.matter(office.team, "Ska vi måla?", state=MatterState.HANDED_OVER), receiver
    )
    type(open_one).objects.update(answer_by=timezone.localdate() + dt.timedelta(days=1))
    run_digests()
    body = OutgoingMail.objects.get(recipient=receiver).body
    assert "Ska vi måla?" in body
    assert "brottet" not in body
    assert "omfattas av sekretess" in body
