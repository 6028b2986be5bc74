"""The pages: what stands on them, what a step answers, two tabs, everything wrong at once."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from styrfart.decisions import actions
from styrfart.decisions.models import Action, Decision
from styrfart.people.models import Person, Team
from tests import make
from tests.conftest import signed_in
from tests.decisions.conftest import aged, shifted, typed, values

pytestmark = pytest.mark.django_db

EVIL = "<script>alert(1)</script> \u202egnirts 😀 =1+1"


def text_of(answer: Any) -> str:
    """What a reader reads: tags gone, spaces single."""
    body = re.sub(r"(?s)<(head|script|style).*?</\1>", " ", answer.content.decode())
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def step(decision: Decision, name: str) -> str:
    return reverse(
        f"decisions:{name}", args=[decision.team.slug, decision.year, decision.week, decision.sequence]
    )


@pytest.fixture
def decision(team: Team, head: Person, member: Person, adjunct: Person, secretary: Person) -> Decision:
    """By delegation, with everything that a decision can hold."""
    point = make.point(make.scheme(team.unit), "4.2", "Besluta om öppettider", title="Kontorschef")
    return actions.make_decision(
        **values(
            team,
            head,
            owner=member,
            authority="delegation",
            delegation_point=point,
            alternatives="Stänga helt.",
            cost=240_000,
            rapporteur=member,
            recipients=[secretary],
            participants=[
                actions.Attendance(member, dissent="För dyrt."),
                actions.Attendance(adjunct, is_excluded=True, conflict_ground="Gift med sökanden."),
            ],
        )
    )


def test_the_page_of_a_decision_tells_everything(decision: Decision, as_chair: Client) -> None:
    page = text_of(as_chair.get(decision.get_absolute_url()))
    for words in (
        f"Beslut {decision.number}",
        "Kontorschef Ingrid Hall beslutade",
        "Alla synpunkter får svar inom tio dagar.",
        "Svaren dröjer i dag.",
        "Stänga helt.",
        "Delegation, punkt 4.2: Besluta om öppettider",
        "240 000 kronor",
        "Föredragande Samir Haddad",
        "Deltog Samir Haddad",
        "Lena Kask deltog inte och var inte närvarande. Gift med sökanden.",
        "Samir Haddad: För dyrt.",
        "Steg 1 av 4, beslutat. I tid",
        "Anmälan till nämnden Ska anmälas",
        "Tove Lind Har inte bekräftat",
        "Handlingens ställning Utkast",
        "Ingrid Hall fattade beslutet.",
    ):
        assert words in page, words


def test_the_page_of_a_decision_that_no_longer_holds_says_so(
    team: Team, head: Person, as_chair: Client
) -> None:
    old = aged(actions.make_decision(**values(team, head)), minutes=60)
    again = values(team, head)
    del again["team"]
    new = actions.replace_decision(decision=old, **again)
    page = text_of(as_chair.get(old.get_absolute_url()))
    assert f"Beslutet gäller inte längre. Beslut {new.number} har ersatt det." in page
    assert "Rapportera läge" not in page
    assert "Handlingens ställning Färdigställd" in page
    actions.undo_decision(decision=new, actor=head)
    page = text_of(as_chair.get(new.get_absolute_url()))
    assert "Beslutet är återtaget." in page
    assert "Ångra beslutet" not in page


def test_the_owner_walks_the_four_steps_by_the_pages(decision: Decision, as_member: Client) -> None:
    def receipt(name: str, **data: str) -> str:
        answer = as_member.post(step(decision, name), data, follow=True)
        assert answer.redirect_chain == [(decision.get_absolute_url(), 302)]
        return text_of(answer)

    assert "Du har tagit dig an beslutet. Vi påminner" in receipt("take-on")
    assert "Läget är rapporterat." in receipt("report-progress", what="pagar", note="Halva vägen.")
    assert "Genomförandet är rapporterat. Effekten följs" in receipt("report-progress", what="klart")
    page = receipt("follow-effect", verdict="probable", note="87 procent, mot 71.")
    assert "Effekten är följd. Beslutet har nått hela vägen." in page
    assert "Steg 4 av 4, effekt följd. Trolig förbättring" in page
    assert "Halva vägen." in page


def test_every_step_with_everything_wrong_answers_422_and_keeps_what_was_typed(
    decision: Decision, as_member: Client, secretary: Person
) -> None:
    wrong = {
        "report-progress": ({"what": "pagar", "note": ""}, "Skriv hur det går"),
        "move-due": ({"due_on": "31 februari", "reason": ""}, "Skriv datumet som 15 december 2026"),
        "create-action": ({"text": "", "owner": "x", "due_on": "sen"}, "Skriv vad som ska göras"),
    }
    for name, (data, words) in wrong.items():
        answer = as_member.post(step(decision, name), data)
        assert answer.status_code == 422, name
        assert words in text_of(answer)
        assert "<title>Fel: " in answer.content.decode()
        assert 'role="alert"' in answer.content.decode()
    actions.report_done(decision=decision, actor=decision.owner)
    answer = as_member.post(step(decision, "follow-effect"), {"verdict": "bra", "note": "x" * 301})
    assert answer.status_code == 422
    assert "x" * 301 in answer.content.decode()
    answer = signed_in(secretary).post(step(decision, "register-decision"), {"secrecy_ground": "y" * 121})
    assert answer.status_code == 422
    assert Decision.objects.get().secrecy_ground == ""


def test_a_second_tab_is_told_what_happened_and_keeps_its_words(
    decision: Decision, as_member: Client, head: Person
) -> None:
    seen = decision.revision
    actions.note_progress(decision=decision, note="Ingrid skrev först.", actor=head)
    later = (timezone.localdate() + dt.timedelta(days=30)).isoformat()
    data = {"due_on": later, "reason": "Mitt skäl.", "revision": str(seen)}
    answer = as_member.post(step(decision, "move-due"), data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Någon har ändrat beslutet medan du skrev." in page
    assert "Ingrid skrev först." in page
    assert 'value="Mitt skäl."' in page
    # The form now stands upon what the reader has seen, and may be sent again.
    [revision] = re.findall(r'name="revision" value="(\d+)" id="datum_revision"', page)
    answer = as_member.post(step(decision, "move-due"), {**data, "revision": revision})
    assert answer.status_code == 302
    assert Decision.objects.get().due_on.isoformat() == later


def test_undo_is_offered_with_the_receipt_and_refused_after_ten_minutes(
    team: Team, head: Person, as_chair: Client
) -> None:
    decision = actions.make_decision(**values(team, head))
    page = text_of(as_chair.post(step(decision, "undo-decision"), follow=True))
    assert "Beslutet är återtaget. De som hade fått veta får ett nytt brev." in page
    assert "Beslutet är redan återtaget." in text_of(
        as_chair.post(step(decision, "undo-decision"), follow=True)
    )
    late = aged(actions.make_decision(**values(team, head)), minutes=11)
    page = text_of(as_chair.post(step(late, "undo-decision"), follow=True))
    assert "Tio minuter har gått. Nu ändras beslutet bara genom ett nytt beslut." in page
    assert Decision.objects.get(pk=late.pk).withdrawn_at is None


def test_a_decision_is_replaced_by_the_page(decision: Decision, as_chair: Client, head: Person) -> None:
    shown = as_chair.get(step(decision, "replace-decision"))
    assert shown.context["form"]["text"].value() == decision.text
    assert shown.context["form"]["right"].value() == f"p{decision.delegation_point_id}"
    answer = as_chair.post(step(decision, "replace-decision"), typed(head), follow=True)
    new = Decision.objects.get(replaces=decision)
    assert answer.redirect_chain == [(new.get_absolute_url(), 302)]
    assert "Beslutet är fattat. Vi påminner" in text_of(answer)
    assert f'action="{step(new, "undo-decision")}"' in answer.content.decode()


def test_replacing_with_everything_wrong_and_from_an_old_page(
    decision: Decision, as_chair: Client, head: Person, member: Person
) -> None:
    answer = as_chair.post(
        step(decision, "replace-decision"), {"text": "", "cost": "gratis", "due_on": "sen"}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    for words in ("Skriv vad du beslutar", "Skriv varför du beslutar så", "Skriv beloppet i kronor"):
        # Once in the summary and once at the field.
        assert page.count(words) == 2, words
    actions.take_on(decision=decision, actor=member)
    answer = as_chair.post(
        step(decision, "replace-decision"), typed(head, revision=str(decision.revision), text="Mina ord.")
    )
    assert answer.status_code == 422
    assert "Någon har ändrat beslutet medan du skrev." in text_of(answer)
    assert "Mina ord." in answer.content.decode()
    assert not Decision.objects.filter(replaces=decision).exists()


def test_what_is_written_is_shown_as_text_and_never_as_code(
    team: Team, head: Person, as_chair: Client
) -> None:
    decision = actions.make_decision(
        **values(
            team,
            head,
            text=EVIL,
            reasons=EVIL,
            alternatives=EVIL,
            effect_question=EVIL,
            participants=[actions.Attendance(make.person(), dissent=EVIL)],
        )
    )
    actions.note_progress(decision=decision, note=EVIL, actor=head)
    actions.create_action(
        team=team, decision=decision, text=EVIL, owner=head, due_on=timezone.localdate(), actor=head
    )
    slug = team.slug
    for address in (
        decision.get_absolute_url(),
        step(decision, "replace-decision"),
        reverse("decisions:index", args=[slug]),
        reverse("decisions:action-list", args=[slug]),
        Action.objects.get().get_absolute_url(),
    ):
        page = as_chair.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_a_decision_that_is_far_too_long_is_refused_politely(
    team: Team, head: Person, as_chair: Client
) -> None:
    decision = actions.make_decision(**values(team, head))
    answer = as_chair.post(step(decision, "replace-decision"), typed(head, text="å" * 1_000_000))
    assert answer.status_code == 422
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    "path", ["2026-47-999999999999999999999", "99999999999999999999-1-1", "2026-47-0", "2026-47", "x-y-z"]
)
def test_numbers_that_no_decision_has_do_not_exist(team: Team, as_chair: Client, path: str) -> None:
    assert as_chair.get(f"/lg/{team.slug}/beslut/{path}/").status_code == 404


# --- The log -----------------------------------------------------------------------------------------
def test_an_empty_log_says_what_will_come(team: Team, as_chair: Client) -> None:
    assert "Inga beslut än" in text_of(as_chair.get(reverse("decisions:index", args=[team.slug])))


def listed(client: Client, team: Team, **asked: str) -> list[str]:
    answer = client.get(reverse("decisions:index", args=[team.slug]), asked)
    assert answer.status_code == 200
    return [row.decision.text for row in answer.context["rows"]]


def test_the_log_is_narrowed_by_words_year_step_owner_and_lateness(
    team: Team, head: Person, member: Person, as_chair: Client
) -> None:
    first = actions.make_decision(**values(team, head, text="Översyn av växeln", owner=member))
    actions.report_done(decision=first, actor=member)
    late = shifted(actions.make_decision(**values(team, head, text="Sent")), due_on=-6)
    undone = actions.make_decision(**values(team, head, text="Ångrat"))
    actions.undo_decision(decision=undone, actor=head)
    Decision.objects.filter(pk=late.pk).update(year=2025)
    assert listed(as_chair, team) == ["Ångrat", "Sent", "Översyn av växeln"]
    assert listed(as_chair, team, sok="ÖVERSYN") == ["Översyn av växeln"]
    assert listed(as_chair, team, ar="2025") == ["Sent"]
    assert listed(as_chair, team, steg="3") == ["Översyn av växeln"]
    assert listed(as_chair, team, steg="1") == []
    assert listed(as_chair, team, agare=str(member.pk)) == ["Översyn av växeln"]
    assert listed(as_chair, team, sena="on") == ["Sent"]
    # What cannot be read narrows nothing.
    assert len(listed(as_chair, team, ar="x", steg="9", agare="-1", sida="x")) == 3
    page = text_of(as_chair.get(reverse("decisions:index", args=[team.slug]), {"sok": "saknas"}))
    assert "Inget beslut passar" in page


def test_the_log_has_pages_that_keep_the_filter(team: Team, head: Person, as_chair: Client) -> None:
    for _ in range(26):
        make.decision(team, by=head)
    assert len(listed(as_chair, team)) == 25
    answer = as_chair.get(reverse("decisions:index", args=[team.slug]), {"sida": "2", "sok": "svar"})
    assert len(answer.context["rows"]) == 1
    assert "?sida=1&amp;sok=svar" in answer.content.decode()


@pytest.mark.parametrize("size", [1, 3])
def test_the_log_takes_the_same_questions_whatever_it_holds(
    team: Team, head: Person, member: Person, as_chair: Client, size: int, django_assert_num_queries: Any
) -> None:
    for _ in range(size):
        old = actions.make_decision(**values(team, head, owner=member))
        again = values(team, head)
        del again["team"]
        actions.replace_decision(decision=old, **again)
    listed(as_chair, team)  # the first request of a session is noted in it
    # Session, person, standing (3), team, years, owners, how many, the page, what replaced them.
    with django_assert_num_queries(9):
        assert len(listed(as_chair, team)) == 2 * size


@pytest.mark.parametrize("size", [1, 3])
def test_a_decision_takes_the_same_questions_whatever_has_happened(
    decision: Decision, as_chair: Client, head: Person, size: int, django_assert_num_queries: Any
) -> None:
    for number in range(size):
        actions.note_progress(decision=decision, note=f"Läge {number}", actor=head)
        actions.create_action(
            team=decision.team,
            decision=decision,
            text="Boka",
            owner=make.member(decision.team).person,
            due_on=timezone.localdate(),
            actor=head,
        )
    as_chair.get(decision.get_absolute_url())
    # Session, person, standing (3), the decision; recipients, units, actions, participants, history;
    # room and heads to choose among.
    with django_assert_num_queries(13):
        as_chair.get(decision.get_absolute_url())


def test_the_log_as_a_table_holds_what_is_shown_and_no_formula(
    team: Team, head: Person, as_chair: Client
) -> None:
    decision = actions.make_decision(
        **values(team, head, text="=HYPERLINK(1)", reasons="Två\nrader; och semikolon")
    )
    answer = as_chair.get(reverse("decisions:export-log", args=[team.slug]), {"sok": "hyperlink"})
    table = b"".join(answer).decode("utf-8-sig").split("\r\n")
    assert table[0].startswith("Nummer;Beslutat;Beslut;Skäl;")
    assert table[1].startswith(
        f'{decision.slug};{timezone.localdate()};\'=HYPERLINK(1);"Två\nrader; och semikolon";'
    )
    empty = as_chair.get(reverse("decisions:export-log", args=[team.slug]), {"sok": "saknas"})
    assert len(b"".join(empty).decode().strip().split("\r\n")) == 1


# --- The list for the committee ----------------------------------------------------------------------
def test_the_list_for_the_committee_is_marked_and_emptied(
    decision: Decision, team: Team, secretary: Person, head: Person
) -> None:
    actions.make_decision(**values(team, head, text="Arbetsledning anmäls inte."))
    client, address = signed_in(secretary), reverse("decisions:report-to-committee", args=[team.slug])
    assert [one.pk for one in client.get(address).context["waiting"]] == [decision.pk]
    today = timezone.localdate()
    for data, words in (
        ({"reported_on": today.isoformat()}, "Välj minst ett beslut"),
        ({"decisions": [str(decision.pk)], "reported_on": ""}, "Ange ett datum"),
        (
            {"decisions": [str(decision.pk)], "reported_on": (today + dt.timedelta(days=1)).isoformat()},
            "Ange en dag som inte ligger framåt i tiden",
        ),
        (
            {"decisions": [str(decision.pk)], "reported_on": (today - dt.timedelta(days=1)).isoformat()},
            "Ange dagen då besluten fattades eller en senare dag",
        ),
        ({"decisions": ["999", "x"], "reported_on": today.isoformat()}, "Läs listan igen"),
    ):
        answer = client.post(address, data)
        assert answer.status_code == 422
        assert words in text_of(answer)
    answer = client.post(
        address, {"decisions": [str(decision.pk)], "reported_on": today.isoformat()}, follow=True
    )
    assert "Ett beslut är markerat som anmält." in text_of(answer)
    assert "Inget beslut att anmäla" in text_of(answer)
    shown = client.get(address, {"alla": "on"})
    assert [one.pk for one in shown.context["reported"]] == [decision.pk]


def test_the_list_for_the_committee_is_limited_to_a_period(
    decision: Decision, team: Team, secretary: Person
) -> None:
    client, today = signed_in(secretary), timezone.localdate()
    table = reverse("decisions:export-report", args=[team.slug])
    for asked, count in (
        ({"fran": today.isoformat(), "till": today.isoformat()}, 1),
        ({"fran": (today + dt.timedelta(days=1)).isoformat()}, 0),
        ({"till": (today - dt.timedelta(days=1)).isoformat()}, 0),
        ({"fran": "igår"}, 1),
    ):
        page = client.get(reverse("decisions:report-to-committee", args=[team.slug]), asked)
        assert len(page.context["waiting"]) == count, asked
        rows = b"".join(client.get(table, asked)).decode("utf-8-sig").strip().split("\r\n")
        assert len(rows) == 1 + count
    assert "4.2;Besluta om öppettider;Ingrid Hall;Kontorschef;240000" in rows[1]


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_for_the_committee_takes_the_same_questions_whatever_it_holds(
    decision: Decision, team: Team, head: Person, secretary: Person, size: int, django_assert_num_queries: Any
) -> None:
    point = decision.delegation_point
    for _ in range(size - 1):
        actions.make_decision(**values(team, head, authority="delegation", delegation_point=point))
    client, address = signed_in(secretary), reverse("decisions:report-to-committee", args=[team.slug])
    client.get(address)
    with django_assert_num_queries(7):
        page = client.get(address)
    assert len(page.context["waiting"]) == size


# --- Actions -----------------------------------------------------------------------------------------
def test_actions_are_mine_or_everybodys_open_or_done(
    team: Team, member: Person, chair: Person, as_member: Client
) -> None:
    make.action(team, "Min", owner=member)
    make.action(team, "Hennes", owner=chair)
    actions.complete_action(action=make.action(team, "Klar", owner=member), actor=member)
    address = reverse("decisions:action-list", args=[team.slug])

    def shown(**asked: str) -> list[str]:
        return [row.action.text for row in as_member.get(address, asked).context["rows"]]

    assert shown() == ["Min", "Hennes"]
    assert shown(vems="mina") == ["Min"]
    assert shown(visa="klara") == ["Klar"]
    assert shown(vems="x", visa="y") == ["Min", "Hennes"]


def test_an_action_is_marked_done_from_the_list_and_the_receipt_undoes_it(
    team: Team, member: Person, as_member: Client
) -> None:
    action = make.action(team, owner=member)
    done = reverse("decisions:complete-action", args=[team.slug, action.pk])
    answer = as_member.post(done, {"vems": "mina"}, follow=True)
    assert answer.redirect_chain == [(f"{reverse('decisions:action-list', args=[team.slug])}?vems=mina", 302)]
    assert "Åtgärden är markerad som klar." in text_of(answer)
    undo = reverse("decisions:reopen-action", args=[team.slug, action.pk])
    assert f'action="{undo}"' in answer.content.decode()
    assert "Åtgärden är öppnad igen." in text_of(as_member.post(undo, follow=True))
    assert Action.objects.get().done_at is None


def test_an_action_is_added_and_moved_by_the_pages(team: Team, chair: Person, as_chair: Client) -> None:
    address = reverse("decisions:action-list", args=[team.slug])
    wrong = as_chair.post(address, {"text": "", "owner": "", "due_on": "2020-01-01"})
    assert wrong.status_code == 422
    for words in ("Skriv vad som ska göras", "Välj vem som gör det", "Ange en dag i dag eller senare"):
        assert wrong.content.decode().count(words) == 2
    today = timezone.localdate()
    data = {"text": "Boka rum", "owner": str(chair.pk), "due_on": today.isoformat()}
    assert "Åtgärden är tillagd." in text_of(as_chair.post(address, data, follow=True))
    action = Action.objects.get()
    page = action.get_absolute_url()
    later = today + dt.timedelta(days=7)
    moved = as_chair.post(page, {"due_on": later.isoformat(), "revision": "1"}, follow=True)
    assert "Datumet är flyttat till" in text_of(moved)
    assert "först lovat till" in text_of(moved)
    old = as_chair.post(page, {"due_on": today.isoformat(), "revision": "1"})
    assert old.status_code == 422
    assert "Någon har flyttat datumet medan du skrev." in text_of(old)
    assert Action.objects.get().due_on == later


@pytest.mark.parametrize("size", [1, 3])
def test_the_actions_take_the_same_questions_whatever_they_are(
    decision: Decision, as_chair: Client, head: Person, size: int, django_assert_num_queries: Any
) -> None:
    for _ in range(size):
        actions.create_action(
            team=decision.team,
            decision=decision,
            text="Boka",
            owner=make.member(decision.team).person,
            due_on=timezone.localdate(),
            actor=head,
        )
    address = reverse("decisions:action-list", args=[decision.team.slug])
    as_chair.get(address)
    # Session, person, standing (3), team, room, heads, how many, the page, its decisions.
    with django_assert_num_queries(11):
        answer = as_chair.get(address)
    assert len(answer.context["rows"]) == size


def test_the_pages_are_read_in_english_too(decision: Decision, head: Person, as_chair: Client) -> None:
    Person.objects.filter(pk=head.pk).update(language="en")
    page = text_of(as_chair.get(decision.get_absolute_url()))
    assert f"Decision {decision.number}" in page
    assert "Step 1 of 4, decided." in page
    for swedish in ("Beslut ", "Skäl", "Ägare", "Historik", "Ångra"):
        assert swedish not in page, swedish
