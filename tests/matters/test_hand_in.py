"""Handing in: one short form, drafts that are kept, a look at what the desk says, and a receipt."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from styrfart.matters import actions
from styrfart.matters.models import EventKind, HandOver, Material, Matter, MatterState, Route, Routing
from styrfart.people.models import Person, Role, Team
from styrfart.shared.models import OutgoingMail
from tests import make
from tests.matters.conftest import Office


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def written(**changed: object) -> dict[str, object]:
    return {
        "revision": 1,
        "question": "Ska receptionen ha jour mellan jul och nyår?",
        "why_us": "Två enheter har olika vana.",
        "asked": "decision",
        "owner": "Moa Medin",
    } | changed


def write(browser: Client, team: Team, **changed: object) -> Matter:
    response = browser.post(reverse("matters:write", args=[team.slug]), written(**changed))
    assert response.status_code == 302, response.content.decode()
    return Matter.objects.latest("pk")


def address(name: str, matter: Matter) -> str:
    return reverse(f"matters:{name}", args=[matter.team.slug, matter.pk])


def test_a_matter_from_form_to_receipt(office: Office) -> None:
    browser = office.as_(office.sender)
    response = browser.post(
        reverse("matters:write", args=[office.team.slug]),
        written(
            latest_on="15 december 2099",
            cost="12 500 kr",
            units=[office.services.pk],
            more_units="Staden",
            references="Diarienr 2026/41\nSamarbetsytan",
            uploads=[SimpleUploadedFile("underlag.pdf", b"%PDF"), SimpleUploadedFile("kalkyl.xlsx", b"PK")],
        ),
    )
    matter = Matter.objects.get()
    assert response["Location"] == address("preview", matter)
    assert (matter.state, matter.owner, matter.cost, matter.latest_on) == (
        MatterState.DRAFT,
        office.sender,
        12500,
        dt.date(2099, 12, 15),
    )
    assert [unit.name for unit in matter.units.order_by("name")] == ["Service", "Staden"]
    assert [row.title for row in matter.materials.all()] == [
        "underlag.pdf",
        "kalkyl.xlsx",
        "Diarienr 2026/41",
        "Samarbetsytan",
    ]
    page = browser.get(address("preview", matter)).content.decode()
    assert "Mandatet föreslår: lämna till Mikael Strandvik." in page
    assert "Lämna direkt till Mikael" in page
    response = browser.post(address("hand-in", matter), {"revision": matter.revision}, follow=True)
    matter.refresh_from_db()
    assert matter.state == MatterState.INBOX
    assert matter.handed_in_at is not None
    assert response.redirect_chain == [(address("handed-in", matter), 302)]
    assert "väntar på väg hos Kontorets ledningsgrupp" in response.content.decode()
    assert list(matter.events.values_list("kind", flat=True)) == [EventKind.HANDED_IN]
    assert OutgoingMail.objects.count() == 0


def test_a_draft_is_kept_with_almost_nothing_in_it(office: Office) -> None:
    browser = office.as_(office.sender)
    response = browser.post(
        reverse("matters:write", args=[office.team.slug]),
        {"revision": 1, "question": "Ska vi", "utkast": "1"},
        follow=True,
    )
    matter = Matter.objects.get()
    assert (matter.state, matter.question, matter.owner) == (MatterState.DRAFT, "Ska vi", None)
    page = response.content.decode()
    assert "Utkastet är sparat. Bara du ser det." in page
    assert "Ska vi</textarea>" in page
    # A draft without what is needed cannot be handed in by its address.
    response = browser.get(address("preview", matter))
    assert response["Location"] == address("edit", matter)


def test_saving_a_draft_twice_does_not_make_two(office: Office) -> None:
    browser = office.as_(office.sender)
    matter = write(browser, office.team, utkast="1")
    browser.post(address("edit", matter), written(question="Ska vi öppna?", utkast="1"))
    assert Matter.objects.get().question == "Ska vi öppna?"


def test_everything_that_is_wrong_is_said_and_nothing_is_lost(office: Office) -> None:
    sent = {
        "revision": 1,
        "question": "F" * 201,
        "why_us": "",
        "asked": "guld",
        "owner": "Ingen Alls",
        "latest_on": "i går",
        "cost": "en slant",
        "more_units": "Månen",
        "references": "Samarbetsytan",
        "uploads": [SimpleUploadedFile("hemligt.pdf", b"%PDF")],
    }
    response = office.as_(office.sender).post(reverse("matters:write", args=[office.team.slug]), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Fel: Lämna in ett ärende – Styrfart</title>" in page
    assert "Rätta åtta saker innan du går vidare" in page
    for words in (
        "Skriv varför frågan är gruppens",
        "Ingen person hittades.",
        "Skriv datumet som 15 december 2026",
        "Skriv beloppet i kronor",
        "Ingen enhet hittades.",
        "Välj filerna igen: hemligt.pdf",
        "F" * 201,
        "en slant",
        "i går",
        "Samarbetsytan",
    ):
        assert words in page
    assert Matter.objects.count() == Material.objects.count() == 0


@pytest.mark.parametrize(
    "text",
    [
        "Vad gör vi? 🙂🇸🇪",
        "مرحبا \u202eهنا\u202c ska vi",
        "<script>alert(1)</script> ska vi?",
        "{{ settings.SECRET_KEY }} {% now %} ska vi?",
        "=HYPERLINK(1) ska vi?",
        "Ärende % %s %(by)s ska vi?",
    ],
)
def test_strange_texts_are_kept_and_shown_as_text(office: Office, text: str) -> None:
    browser = office.as_(office.sender)
    matter = write(browser, office.team, question=text, why_us=text)
    browser.post(address("hand-in", matter), {"revision": matter.revision})
    assert Matter.objects.get().question == text
    for who in (office.sender, office.chair):
        page = office.as_(who).get(address("show", matter)).content.decode()
        assert "<script>alert" not in page
    queue = office.as_(office.chair).get(reverse("matters:queue", args=[office.team.slug]))
    assert queue.status_code == 200
    declined = {"revision": matter.revision + 1, "note": text, "home": text[:190]}
    office.as_(office.chair).post(address("decline", matter), declined)
    assert text in OutgoingMail.objects.get().body


def test_nul_is_refused_politely(office: Office) -> None:
    response = office.as_(office.sender).post(
        reverse("matters:write", args=[office.team.slug]), written(why_us="a\0b")
    )
    assert response.status_code == 422


def test_five_megabytes_pasted_are_refused_politely_and_quickly(office: Office) -> None:
    response = office.as_(office.sender).post(
        reverse("matters:write", args=[office.team.slug]), written(why_us="å" * 2_500_000)
    )
    assert response.status_code == 422
    assert "5000 tecken" in response.content.decode().replace("\xa0", "").replace("5 000", "5000")


def test_several_people_with_the_name_are_told_apart(office: Office) -> None:
    first, second = make.person("Anna", "Ek"), make.person("Anna", "Ek")
    make.post(second, office.planning, title="Planerare", is_head=False)
    browser = office.as_(office.sender)
    response = browser.post(reverse("matters:write", args=[office.team.slug]), written(owner="Anna Ek"))
    page = response.content.decode()
    assert "Flera personer passar. Välj en av dem" in page
    assert "Anna Ek, Planerare, Planering" in page
    matter = write(browser, office.team, owner="Anna Ek", **{"owner-vald": str(second.pk)})
    assert matter.owner == second
    assert first != second


def test_a_person_who_was_not_offered_cannot_be_picked(office: Office) -> None:
    matter = write(
        office.as_(office.sender), office.team, owner="Moa Medin", **{"owner-vald": str(office.chair.pk)}
    )
    assert matter.owner == office.sender


def test_files_are_taken_away_with_the_draft(
    office: Office, tmp_path: Path, django_capture_on_commit_callbacks: object
) -> None:
    browser = office.as_(office.sender)
    matter = write(browser, office.team, utkast="1", uploads=[SimpleUploadedFile("a.pdf", b"%PDF")])
    assert [path.name for path in tmp_path.rglob("*.pdf")] == ["a.pdf"]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture
        browser.post(address("delete-draft", matter))
    assert Matter.objects.count() == 0
    assert list(tmp_path.rglob("*.pdf")) == []


def test_material_can_be_removed_again(office: Office) -> None:
    browser = office.as_(office.sender)
    matter = write(browser, office.team, utkast="1", references="Här\nDär")
    first = matter.materials.first()
    assert first is not None
    browser.post(address("edit", matter), written(revision=1, utkast="1", removed=[first.pk]))
    assert [row.reference for row in matter.materials.all()] == ["Där"]


def test_two_tabs_write_the_same_draft_and_neither_is_lost(office: Office) -> None:
    browser = office.as_(office.sender)
    matter = write(browser, office.team, utkast="1")
    browser.post(address("edit", matter), written(question="Den första fliken?", utkast="1"))
    response = browser.post(address("edit", matter), written(question="Den andra fliken?", utkast="1"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Ärendet ändrades medan du skrev." in page
    assert "Den första fliken?" in page
    assert "Den andra fliken?</textarea>" in page
    assert Matter.objects.get().question == "Den första fliken?"
    # Saved again, knowing of the other, it is kept.
    browser.post(address("edit", matter), written(question="Den andra fliken?", revision=2, utkast="1"))
    assert Matter.objects.get().question == "Den andra fliken?"


def test_handed_in_directly_to_the_one_who_decides(office: Office) -> None:
    browser = office.as_(office.sender)
    matter = write(browser, office.team, units=[office.services.pk])
    response = browser.post(address("hand-in-directly", matter), {"revision": 1}, follow=True)
    matter.refresh_from_db()
    routing = Routing.objects.get()
    assert matter.state == MatterState.HANDED_OVER
    assert HandOver.objects.get().to_person == office.head
    assert (routing.by, routing.route, routing.is_accepted) == (office.sender, Route.POST, True)
    assert {mail.recipient for mail in OutgoingMail.objects.all()} == {office.head}
    assert "Lämnat direkt till Mikael Strandvik, som får veta nu." in response.content.decode()
    # Undone, it is a draft again and the receiver is told.
    browser.post(address("undo", matter))
    matter.refresh_from_db()
    assert matter.state == MatterState.DRAFT
    assert OutgoingMail.objects.filter(recipient=office.head).count() == 2


def test_the_desk_offers_the_other_team(office: Office) -> None:
    browser = office.as_(office.sender)
    matter = write(browser, office.team, question="Hur får vi använda stadens varumärke på skyltarna?")
    page = browser.get(address("preview", matter)).content.decode()
    assert "Vill du lämna in det till Stadens ledningsgrupp i stället?" in page
    browser.post(address("change-team", matter), {"revision": 1})
    matter.refresh_from_db()
    assert (matter.team, matter.state) == (office.other_team, MatterState.DRAFT)


def test_whoever_may_decide_it_is_told_so(office: Office) -> None:
    matter = write(office.as_(office.head), office.team, owner=office.head.email, units=[office.services.pk])
    page = office.as_(office.head).get(address("preview", matter)).content.decode()
    assert "Du får besluta det här själv." in page
    assert "Lämna direkt till" not in page


def test_the_sender_completes_what_was_asked_for(office: Office) -> None:
    matter = make.matter(office.team, by=office.sender)
    office.as_(office.chair).post(address("ask-for-more", matter), {"revision": 1, "note": "Vad kostar det?"})
    browser = office.as_(office.sender)
    page = browser.get(address("edit", matter)).content.decode()
    assert "Ingrid Hall ber om mer:" in page
    assert "Vad kostar det?" in page
    browser.post(address("edit", matter), written(revision=2, cost="40 tkr"))
    matter.refresh_from_db()
    assert (matter.state, matter.cost) == (MatterState.INBOX, 40_000)
    assert OutgoingMail.objects.filter(recipient=office.chair).count() == 1


def test_a_matter_that_has_got_its_route_is_not_changed(office: Office) -> None:
    matter = make.matter(office.team, by=office.sender)
    browser = office.as_(office.sender)
    page = browser.get(address("edit", matter))
    assert page.status_code == 200
    office.as_(office.chair).post(
        address("decline", matter), {"revision": 1, "note": "Enheten beslutar.", "home": "Enheten"}
    )
    response = browser.post(address("edit", matter), written(why_us="Jag vill lägga till det här."))
    assert response.status_code == 409
    assert "Jag vill lägga till det här." in response.content.decode()


def test_withdraw(office: Office) -> None:
    matter = make.matter(office.team, by=office.sender)
    browser = office.as_(office.sender)
    browser.post(address("withdraw", matter), {"revision": 1})
    matter.refresh_from_db()
    assert matter.state == MatterState.WITHDRAWN
    assert office.as_(office.member).post(address("withdraw", matter), {"revision": 2}).status_code == 403


def test_choosing_a_team_tells_what_each_is_for(office: Office) -> None:
    browser = office.as_(office.sender)
    near = browser.get(reverse("matters:choose-team")).content.decode()
    assert "Kontorets ledningsgrupp" in near  # of the unit above the sender's
    assert "Stadens ledningsgrupp" not in near
    assert office.mandate.purpose in near
    make.team("Äldreomsorgens ledningsgrupp")
    for text, name in (
        ("staden", "Stadens ledningsgrupp"),
        ("äldre (", "Ingen grupp"),
        ("äldre", "Äldreomsorgens"),
    ):
        found = browser.get(reverse("matters:choose-team"), {"q": text}).content.decode()
        assert name in found
    assert "Kontorets ledningsgrupp" not in found


def test_a_team_that_has_ended_takes_no_matters(office: Office) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Team.objects.filter(pk=office.other_team.pk).update(valid_to=yesterday)
    browser = office.as_(office.sender)
    assert browser.get(reverse("matters:write", args=[office.other_team.slug])).status_code == 404
    assert "Stadens" not in browser.get(reverse("matters:choose-team"), {"q": "staden"}).content.decode()


def test_a_draft_whose_team_has_ended_is_handed_in_to_another(office: Office) -> None:
    browser = office.as_(office.sender)
    draft = write(browser, office.team)
    Team.objects.filter(pk=office.team.pk).update(valid_to=timezone.localdate() - dt.timedelta(days=1))
    response = browser.post(address("hand-in", draft), {"revision": draft.revision}, follow=True)
    draft.refresh_from_db()
    assert draft.state == MatterState.DRAFT
    page = response.content.decode()
    assert "Kontorets ledningsgrupp finns inte längre. Välj en annan grupp." in page
    assert f'value="{office.team.slug}"' not in page
    sent = {"revision": draft.revision, "to": office.team.slug}
    browser.post(address("change-team", draft), sent)
    assert Matter.objects.get().team == office.team  # ended: no choice
    browser.post(address("change-team", draft), {**sent, "to": office.other_team.slug})
    moved = Matter.objects.get()
    assert moved.team == office.other_team
    browser.post(address("hand-in", moved), {"revision": moved.revision})
    assert Matter.objects.get().state == MatterState.INBOX


def test_another_room_may_begin_to_fill_in_the_form(office: Office) -> None:
    url = reverse("matters:write", args=[office.team.slug])
    page = office.as_(office.member).get(
        url, {"fraga": "Vad gör vi åt pulsen?", "varfor": "Sju av tio svarade."}
    )
    assert "Vad gör vi åt pulsen?</textarea>" in page.content.decode()
    assert "Sju av tio svarade.</textarea>" in page.content.decode()


def test_an_external_coach_hands_in_nothing(office: Office) -> None:
    coach = make.role(Role.COACH)
    assert office.as_(coach).get(reverse("matters:write", args=[office.team.slug])).status_code == 404


def test_names_are_suggested_while_one_writes(office: Office) -> None:
    browser = office.as_(office.sender)
    page = browser.get(reverse("matters:suggest-people"), {"owner": "mika"}).content.decode()
    assert page.strip() == (
        f'<option value="Mikael Strandvik, {office.head.email}">'
        "Mikael Strandvik, Enhetschef, Service</option>"
    )
    page = browser.get(reverse("matters:suggest-units"), {"more_units": "plan"}).content.decode()
    assert page.strip() == (f'<option value="Planering, {office.planning.code}">Utvecklingskontoret</option>')


def test_a_receipt_clears_what_the_browser_kept(office: Office) -> None:
    browser = office.as_(office.sender)
    url = reverse("matters:write", args=[office.team.slug])
    assert f'data-draft="matter-new-{office.team.slug}"' in browser.get(url).content.decode()
    page = browser.post(url, written(utkast="1"), follow=True).content.decode()
    assert f'data-draft-saved="matter-new-{office.team.slug}"' in page


def test_actions_hand_in_for_whoever_writes(office: Office) -> None:
    person: Person = office.sender
    content = actions.Content(question="Ska vi?", why_us="Därför.", asked="advice", owner=person)
    matter = actions.save_draft(team=office.team, content=content, actor=person)
    handed = actions.hand_in(matter=matter, revision=matter.revision, actor=person)
    handed.validate_constraints()
    assert (handed.state, handed.handed_in_by) == (MatterState.INBOX, person)
