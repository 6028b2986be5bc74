"""Who may what: every address of the room for everybody, and documents only for those who may."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import get_resolver, reverse
from pytest_django import Settings

from styrfart.matters.models import Matter, MatterState
from styrfart.people.models import Person, Role, TeamRole
from tests import make
from tests.matters.conftest import Office

PEOPLE: dict[str, Callable[[Office], Person]] = {
    "stranger": lambda office: make.member(office.other_team).person,
    "employee": lambda _office: make.person("Moa", "Annan"),
    "leader": lambda office: make.post(make.person(), office.team.unit).person,
    "top": lambda _office: make.role(Role.TOP_MANAGEMENT),
    "owner": lambda _office: make.role(Role.SYSTEM_OWNER),
    "hr": lambda _office: make.role(Role.HR_DEVELOPER),
    "coach": lambda office: make.role(
        Role.COACH, make.member(office.team, role=TeamRole.ADJUNCT, function="coach").person
    ),
    "adjunct": lambda office: make.member(office.team, role=TeamRole.ADJUNCT, function="HR-partner").person,
    "sender": lambda office: office.sender,
    "receiver": lambda office: office.head,
    "member": lambda office: office.member,
    "secretary": lambda office: office.secretary,
    "chair": lambda office: office.chair,
}
WHO = list(PEOPLE)

# What each answers, in the order of PEOPLE. 2: here it is, 3: done or led on, 4: not found, 0: not you.
# fmt: off
TABLE: dict[str, str] = {
    #                     str emp lea top own hr  coa adj sen rec mem sec cha
    "GET team":          "4   4   2   2   2   4   4   2   4   4   2   2   2",
    "GET mirror":        "4   4   0   0   0   4   4   0   4   4   2   2   2",
    "GET queue":         "4   4   0   0   0   4   4   2   4   4   2   2   2",
    "GET all":           "4   4   0   0   0   4   4   2   4   4   2   2   2",
    "GET write":         "2   2   2   2   2   2   4   2   2   2   2   2   2",
    "POST write":        "3   3   3   3   3   3   4   3   3   3   3   3   3",
    "GET show":          "4   4   4   4   4   4   4   2   2   2   2   2   2",
    "GET find":          "4   4   4   4   4   4   4   3   3   3   3   3   3",
    "GET edit":          "4   4   4   4   4   4   4   0   2   0   0   0   0",
    "POST withdraw":     "4   4   4   4   4   4   4   0   3   0   0   0   0",
    "GET take-up":       "4   4   4   4   4   4   4   0   0   0   0   2   2",
    "POST take-up":      "4   4   4   4   4   4   4   0   0   0   0   3   3",
    "POST hand-over":    "4   4   4   4   4   4   4   0   0   0   0   3   3",
    "POST hand-to-team": "4   4   4   4   4   4   4   0   0   0   0   3   3",
    "POST prepare":      "4   4   4   4   4   4   4   0   0   0   0   3   3",
    "POST ask-for-more": "4   4   4   4   4   4   4   0   0   0   0   3   3",
    "POST decline":      "4   4   4   4   4   4   4   0   0   0   0   3   3",
    "POST send-out":     "4   4   4   4   4   4   4   0   0   0   0   3   3",
    "GET decide-now":    "4   4   4   4   4   4   4   0   0   0   2   0   2",
    "POST decide-now":   "4   4   4   4   4   4   4   0   0   0   5   0   3",
    "GET download":      "4   4   4   4   4   4   4   2   2   2   2   2   2",
    "GET mine":          "2   2   2   2   2   2   2   2   2   2   2   2   2",
    "GET left-behind":   "2   2   2   2   2   2   2   2   2   2   2   2   2",
    "GET choose-team":   "2   2   2   2   2   2   4   2   2   2   2   2   2",
    "GET teams":         "3   2   2   2   2   2   2   3   2   2   3   3   3",
    "GET suggest-people": "2  2   2   2   2   2   2   2   2   2   2   2   2",
    "GET suggest-units": "2   2   2   2   2   2   2   2   2   2   2   2   2",
    "GET mark-secret":   "4   4   4   4   4   4   4   0   2   0   0   2   2",
    "POST mark-secret":  "4   4   4   4   4   4   4   0   3   0   0   3   3",
    "POST lift-secrecy": "4   4   4   4   4   4   4   0   3   0   0   3   3",
    "POST archive":      "4   4   0   0   0   4   4   0   4   4   0   2   0",
    # The matter has been handed to the receiver.
    "POST receive":      "4   4   4   4   4   4   4   0   0   3   0   0   0",
    "POST answer":       "4   4   4   4   4   4   4   0   0   3   0   0   0",
    "POST hand-back":    "4   4   4   4   4   4   4   0   0   3   0   0   0",
    "POST take-back":    "4   4   4   4   4   4   4   0   0   0   0   3   3",
    "POST undo":         "4   4   4   4   4   4   4   0   0   0   0   3   3",
    # The receiver writes the report.
    "POST finish-preparation": "4 4 4 4 4   4   4   0   0   3   0   3   3",
    # A draft of the sender's.
    "GET preview":       "4   4   4   4   4   4   4   4   2   4   4   4   4",
    "POST hand-in":      "4   4   4   4   4   4   4   4   3   4   4   4   4",
    "POST hand-in-directly": "4 4 4   4   4   4   4   4   3   4   4   4   4",
    "POST change-team":  "4   4   4   4   4   4   4   4   3   4   4   4   4",
    "POST delete-draft": "4   4   4   4   4   4   4   4   3   4   4   4   4",
    "GET handed-in":     "4   4   4   4   4   4   4   4   3   4   4   4   4",
}
# fmt: on
HANDED_OVER = {"receive", "answer", "hand-back", "take-back", "undo"}
DRAFTS = {"preview", "hand-in", "hand-in-directly", "change-team", "delete-draft", "handed-in"}
OF_TEAM = {"team", "mirror", "queue", "all", "write", "archive"}
ALONE = {"mine", "left-behind", "choose-team", "teams", "suggest-people", "suggest-units"}
SENT: dict[str, dict[str, object]] = {
    "write": {"question": "Ska vi?", "utkast": "1"},
    "take-up": {"purpose": "decision", "level": "tactical", "outcome": "Ett beslut"},
    "hand-over": {"to": "Mikael Strandvik", "answer_by": "1 mars"},
    "prepare": {"report": "Ska vi?", "owner": "Mikael Strandvik"},
    "ask-for-more": {"note": "Vad kostar det?"},
    "decline": {"note": "Nej.", "home": "Enheten"},
    "answer": {"answer": "Ja."},
    "mark-secret": {"ground": "OSL 21 kap. 7 §"},
    "hand-back": {"reason": "Nej."},
    "take-back": {"taken_back": "Hon har slutat."},
    "finish-preparation": {"reference": "UN 2026/41"},
}


def asked(name: str) -> str:
    return name.split()[1]


def a_matter_for(office: Office, name: str) -> Matter:
    """A matter in the state that the address is about, which the receiver may see."""
    state = MatterState.INBOX
    if name in HANDED_OVER:
        state = MatterState.HANDED_OVER
    elif name in DRAFTS:
        state = MatterState.DRAFT
    elif name == "finish-preparation":
        state = MatterState.PREPARING
    matter = make.matter(office.team, by=office.sender, state=state)
    if name in HANDED_OVER:
        handed = make.hand_over(matter, office.head)
        handed.routing.by = office.chair
        handed.routing.save()
    elif name == "finish-preparation":
        make.preparation(matter, office.head)
    elif name not in DRAFTS:
        old = make.hand_over(matter, office.head)
        old.returned_at, old.return_reason = old.routing.at, "Fel."
        old.save()
        Matter.objects.filter(pk=matter.pk).update(revision=2)
        matter.refresh_from_db()
    return matter


def close_file(response: HttpResponseBase) -> None:
    """The file and not the response: that would close the test's database on PostgreSQL."""
    for close in response._resource_closers:  # type: ignore[attr-defined]  # Django's own list
        close()


def ask(browser: Client, office: Office, line: str, matter: Matter, person: Person) -> int:
    method, name = line.split()
    sent = {"revision": matter.revision, **SENT.get(name, {})}
    if name == "hand-to-team":
        sent |= {"to": office.other_team.slug, "answer_by": "1 mars"}
    if name == "decide-now":
        sent |= {
            "text": "Ja.",
            "reasons": "Därför.",
            "owner": person.pk,
            "due_in": "2v",
            "effect_question": "Antal",
            "right": "arbetsledning",
        }
    if name in ALONE:
        url = reverse(f"matters:{name}")
    elif name in OF_TEAM:
        url = reverse(f"matters:{name}", args=[office.team.slug])
    elif name == "find":
        url = reverse("matters:find", args=[matter.pk])
    elif name == "download":
        file = ContentFile(b"<script>alert(1)</script>", "a.html")
        material = matter.materials.create(title="a.html", file=file, added_by=office.sender)
        url = reverse("matters:download", args=[office.team.slug, matter.pk, material.pk])
    else:
        url = reverse(f"matters:{name}", args=[office.team.slug, matter.pk])
    response = browser.post(url, sent) if method == "POST" else browser.get(url)
    close_file(response)
    return int(response.status_code)


ANSWERS = {"2": 200, "3": 302, "4": 404, "0": 403, "5": 422}


@pytest.mark.parametrize("line", TABLE)
def test_who_may(office: Office, settings: Settings, tmp_path: Path, line: str) -> None:
    settings.MEDIA_ROOT = tmp_path
    expected = dict(zip(WHO, (ANSWERS[mark] for mark in TABLE[line].split()), strict=True))
    found = {}
    for who in WHO:
        matter = a_matter_for(office, asked(line))
        person = PEOPLE[who](office)
        found[who] = ask(office.as_(person), office, line, matter, person)
    assert found == expected


@pytest.mark.parametrize("line", TABLE)
def test_nobody_gets_in_without_signing_in(
    office: Office, settings: Settings, tmp_path: Path, line: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    assert ask(Client(), office, line, a_matter_for(office, asked(line)), office.sender) == 302
    assert Matter.objects.filter(state=MatterState.WITHDRAWN).count() == 0


@pytest.mark.parametrize("line", [line for line in TABLE if line.startswith("POST")])
def test_what_changes_something_is_only_posted(office: Office, line: str) -> None:
    name = asked(line)
    if f"GET {name}" in TABLE or name in {
        "hand-over",
        "hand-to-team",
        "prepare",
        "ask-for-more",
        "decline",
        "send-out",
    }:
        return  # the page that asks
    matter = a_matter_for(office, name)
    args = [office.team.slug] if name in OF_TEAM else [office.team.slug, matter.pk]
    url = reverse(f"matters:{name}", args=args)
    assert office.as_(office.chair).get(url).status_code == 405


def test_every_address_of_the_room_is_in_the_table() -> None:
    names = {
        str(name) for name in get_resolver("styrfart.matters.urls").reverse_dict if isinstance(name, str)
    }
    assert names == {asked(line) for line in TABLE}


def test_a_document_is_saved_and_never_shown_as_a_page_of_ours(
    office: Office, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    matter = make.matter(office.team, by=office.sender)
    file = ContentFile(b"<script>alert(1)</script>", "x.html")
    material = matter.materials.create(title="<i>å\r\n.html", file=file, added_by=office.sender)
    url = reverse("matters:download", args=[office.team.slug, matter.pk, material.pk])
    response = office.as_(office.member).get(url)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment;")
    assert "\n" not in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response) == b"<script>alert(1)</script>"
    close_file(response)


def test_a_document_of_another_matter_is_not_found_by_way_of_ones_own(
    office: Office, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    hidden = make.matter(office.other_team)
    file = ContentFile(b"%PDF", "a.pdf")
    material = hidden.materials.create(title="a.pdf", file=file, added_by=hidden.handed_in_by)
    own = make.matter(office.team, by=office.sender)
    browser = office.as_(office.sender)
    for nr in (own.pk, hidden.pk):
        url = reverse("matters:download", args=[office.team.slug, nr, material.pk])
        assert browser.get(url).status_code == 404


def test_a_file_that_is_gone_is_not_found(office: Office, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    matter = make.matter(office.team, by=office.sender)
    material = matter.materials.create(title="a.pdf", added_by=office.sender, file="material/borta.pdf")
    url = reverse("matters:download", args=[office.team.slug, matter.pk, material.pk])
    assert office.as_(office.sender).get(url).status_code == 404
