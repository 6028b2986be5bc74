"""What a group chooses after its report, what was done, and the question a month later."""

import datetime as dt

import pytest
from django.utils import timezone

from styrfart.climate import queries
from styrfart.climate.actions import conversation as actions
from styrfart.climate.actions.following_up import ask_all
from styrfart.climate.models import Conversation, Group, RoundKind, RoundState, SaidAndDone
from styrfart.people.models import TeamRole
from styrfart.shared.models import AuditEntry
from tests import make
from tests.climate import report_stage as stage
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
LOCALDATE = timezone.localdate
TODAY = dt.date(2026, 11, 12)  # a Thursday
SENT = {"keep": "Fredagsmötet", "change": "Kortare möten.", "chosen_on": "12 oktober 2026", "revision": "0"}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rounds of the stage are of 2026, whenever the tests are run."""
    set_today(monkeypatch, TODAY)


def set_today(monkeypatch: pytest.MonkeyPatch, day: dt.date) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda value=None: LOCALDATE(value) if value else day)


def guide(office: stage.Office) -> str:
    return f"/klimat/{office.unit.code}/{office.september.pk}/samtal/"


def told(office: stage.Office) -> str:
    return f"/klimat/{office.unit.code}/{office.september.pk}/gjort/"


def choose(office: stage.Office, on: dt.date = TODAY, revision: int = 0) -> Conversation:
    return actions.choose(
        group=office.whole,
        keep="Fredagsmötet",
        change="Kortare möten.",
        chosen_on=on,
        revision=revision,
        actor=office.head,
    )


def people_at(office: stage.Office, number: int) -> None:
    for _ in range(number):
        make.post(in_unit=office.units["Analys"], title="Analytiker", is_head=False)


def test_the_head_writes_what_the_group_chose_and_everybody_reads_it() -> None:
    office = stage.office()
    answer = signed_in(office.head).post(guide(office), SENT)
    assert answer.status_code == 302
    found = Conversation.objects.get()
    assert (found.group, found.keep, found.change) == (office.whole, "Fredagsmötet", "Kortare möten.")
    assert (found.chosen_on, found.recorded_by) == (dt.date(2026, 10, 12), office.head)
    assert AuditEntry.objects.filter(verb="climate.choose", actor=office.head).count() == 1
    read = signed_in(office.worker)
    assert "Kortare möten." in read.get(guide(office)).content.decode()
    assert "Kortare möten." in read.get(guide(office)[: -len("samtal/")]).content.decode()


@pytest.mark.parametrize(
    ("who", "reads", "writes"), [("head", 200, 302), ("worker", 200, 403), ("stranger", 404, 404)]
)
def test_who_may_read_the_guide_and_who_may_write(who: str, reads: int, writes: int) -> None:
    office = stage.office()
    person = {"head": office.head, "worker": office.worker, "stranger": make.person()}[who]
    client = signed_in(person)
    assert client.get(guide(office)).status_code == reads
    assert client.post(guide(office), SENT).status_code == writes
    assert Conversation.objects.count() == (writes == 302)


def test_a_chair_writes_for_the_team_and_a_member_does_not() -> None:
    team = make.team()
    chair = make.member(team, role=TeamRole.CHAIR).person
    member = make.member(team).person
    asked = stage.shown_round("Gruppens puls")
    Group.objects.create(round=asked, team=team, name=team.name, position=0, invited=9, invited_below=9)
    address = f"/klimat/lg/{team.slug}/{asked.pk}/samtal/"
    assert signed_in(member).post(address, SENT).status_code == 403
    assert signed_in(chair).post(address, SENT).status_code == 302


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"keep": ""}, "Skriv en sak som ni behåller"),
        ({"change": " "}, "Skriv en sak som ni ändrar"),
        ({"chosen_on": "13 november 2026"}, "Den kan inte ligga framåt i tiden."),
        ({"chosen_on": "30 september 2026"}, "Ange en dag efter att rapporten visades."),
        ({"chosen_on": ""}, "Ange ett datum"),
    ],
)
def test_what_is_missing_is_said(sent: dict[str, str], said: str) -> None:
    office = stage.office()
    answer = signed_in(office.head).post(guide(office), SENT | sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Conversation.objects.exists()


def test_two_who_write_at_the_same_time_see_each_other_and_keep_what_they_typed() -> None:
    office = stage.office()
    choose(office)
    client = signed_in(office.head)
    html = client.post(guide(office), SENT | {"change": "Färre mejl."}).content.decode()
    assert "Någon annan har skrivit medan du skrev." in html
    assert "Kortare möten." in html
    assert "Färre mejl." in html
    assert Conversation.objects.get().change == "Kortare möten."
    client.post(guide(office), SENT | {"change": "Färre mejl.", "revision": "1"})
    assert Conversation.objects.get().change == "Färre mejl."


def test_what_was_chosen_becomes_a_matter_by_a_link_that_fills_in_the_form() -> None:
    office = stage.office()
    team = make.team(of_unit=office.unit)
    make.member(team, role=TeamRole.CHAIR, person=office.head)
    choose(office)
    client = signed_in(office.head)
    html = client.get(guide(office)).content.decode()
    address = html.split(f'href="/lg/{team.slug}/arenden/nytt/')[1].split('"')[0].replace("&amp;", "&")
    form = client.get(f"/lg/{team.slug}/arenden/nytt/{address}").content.decode()
    assert "Hur gör vi det här: Kortare möten?" in form
    assert "Utvecklingskontoret valde det efter Puls 3. Det här behåller vi: Fredagsmötet" in form


@pytest.mark.parametrize(
    ("days", "people", "asked"), [(29, 8, 0), (30, 8, 1), (90, 8, 1), (91, 8, 0), (30, 0, 0)]
)
def test_after_a_month_the_group_is_asked_whether_it_helped(days: int, people: int, asked: int) -> None:
    office = stage.office()
    people_at(office, people)
    Group.objects.filter(pk=office.whole.pk).update(invited_below=people + 1)
    choose(office, TODAY - dt.timedelta(days=days))
    assert ask_all() == asked
    assert ask_all() == 0
    made = Conversation.objects.get().follow_up
    if not asked:
        assert made is None
        return
    assert made is not None
    assert (made.kind, made.state, made.owner) == (RoundKind.FOLLOW_UP, RoundState.LAUNCHING, office.head)
    # Nobody but the clock did it, though somebody is who asks.
    assert [each.actor for each in AuditEntry.objects.filter(verb="climate.launch_round")] == [None]
    assert [unit.pk for unit in made.units.all()] == [office.unit.pk]
    texts = made.asked[0].items[0].text.texts
    assert texts["sv"] == "Det vi valde att ändra (”Kortare möten”) har blivit bättre."
    assert "“Kortare möten”" in texts["en"]
    assert (made.opens_on, made.closes_on, made.report_on) == (
        dt.date(2026, 11, 12),
        dt.date(2026, 11, 20),
        dt.date(2026, 11, 23),
    )


def test_nobody_is_asked_on_a_sunday(monkeypatch: pytest.MonkeyPatch) -> None:
    office = stage.office()
    people_at(office, 8)
    choose(office, TODAY - dt.timedelta(days=30))
    set_today(monkeypatch, dt.date(2026, 11, 15))
    assert ask_all() == 0


def test_what_the_group_is_asked_about_stays() -> None:
    office = stage.office()
    people_at(office, 8)
    found = choose(office, TODAY - dt.timedelta(days=30))
    ask_all()
    with pytest.raises(actions.GroupIsAsked):
        choose(office, revision=found.revision)
    answer = signed_in(office.head).get(guide(office))
    assert "Frågan är ute. Den kan besvaras till och med 20 november 2026" in answer.content.decode()
    assert 'name="keep"' not in answer.content.decode()


@pytest.mark.parametrize("is_shown", [True, False])
def test_whether_it_helped_stands_with_what_was_chosen(is_shown: bool) -> None:
    office = stage.office()
    people_at(office, 8)
    choose(office, TODAY - dt.timedelta(days=30))
    ask_all()
    asked = Conversation.objects.get().follow_up
    assert asked is not None
    shown = stage.shown_round("Har det hjälpt?", instruments=asked.form, kind=RoundKind.FOLLOW_UP)
    group = make.climate_group(shown, office.unit, invited=20)
    if is_shown:
        told_ = {"uppfoljning.battre": {"index": 68, "low": 60, "high": 76, "answers": 12}}
        stage.row(shown, group, 0, 12, 20, figures=told_)
    Conversation.objects.update(follow_up=shown)
    html = signed_in(office.head).get(guide(office)).content.decode()
    said = "Index 68 av 100, troligen mellan 60 och 76. 12 svarade."
    assert (said in html) is is_shown
    assert ("Svaret visas inte för sig." in html) is not is_shown


def test_what_was_done_is_written_changed_and_taken_back() -> None:
    office = stage.office()
    client = signed_in(office.head)
    sent = {
        "said": "Möten fylls av information.",
        "done": "Den skickas före.",
        "link": "/lg/",
        "revision": "0",
    }
    assert client.post(told(office), sent).status_code == 302
    (made,) = SaidAndDone.objects.all()
    assert (made.group, made.position, made.written_by) == (office.whole, 1, office.head)
    assert "Den skickas före." in client.get(told(office)).content.decode()
    changed = sent | {"done": "Den skickas dagen före.", "revision": "1"}
    client.post(f"{told(office)}{made.pk}/", changed)
    assert SaidAndDone.objects.get().done == "Den skickas dagen före."
    stale = client.post(f"{told(office)}{made.pk}/", changed | {"done": "Något annat."}, follow=True)
    assert "Någon annan har ändrat raden." in stale.content.decode()
    client.post(f"{told(office)}{made.pk}/ta-bort/", {"revision": "1"})
    assert SaidAndDone.objects.get().done == "Den skickas dagen före."
    client.post(f"{told(office)}{made.pk}/ta-bort/", {"revision": "2"})
    assert not SaidAndDone.objects.exists()


@pytest.mark.parametrize(
    "link", ["https://example.org/", "//example.org", "javascript:alert(1)", "lg/", "/\\x"]
)
def test_a_link_leads_nowhere_else(link: str) -> None:
    office = stage.office()
    sent = {"said": "Ett", "done": "Två", "link": link, "revision": "0"}
    assert signed_in(office.head).post(told(office), sent).status_code == 422
    assert not SaidAndDone.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"), [("head", 200), ("owner", 200), ("worker", 403), ("stranger", 404)]
)
def test_who_may_tell_what_was_done(who: str, status: int) -> None:
    office = stage.office()
    owner = make.person("Olle", "Ägare")
    office.september.owner = owner
    office.september.save(update_fields=["owner"])
    stage.invite(office.whole, owner)
    people = {"head": office.head, "owner": owner, "worker": office.worker, "stranger": make.person()}
    client = signed_in(people[who])
    assert client.get(told(office)).status_code == status
    sent = {"said": "Ett", "done": "Två", "link": "", "revision": "0"}
    assert client.post(told(office), sent).status_code == (302 if status == 200 else status)


def test_a_row_of_another_group_is_not_there() -> None:
    office = stage.office()
    other = actions.tell_done(
        group=office.groups["Analys"], said="Ett", done="Två", link="", actor=office.head
    )
    client = signed_in(office.head)
    assert client.get(f"{told(office)}{other.pk}/").status_code == 404
    assert client.post(f"{told(office)}{other.pk}/ta-bort/", {"revision": "1"}).status_code == 404


def test_the_next_round_tells_what_was_done_after_the_one_before() -> None:
    office = stage.with_everything()
    told_ = ["Det är oklart vem som får besluta om arbetssätt.", "Möten fylls av information."]
    assert [each.said for each in queries.done_since(office.september)] == told_
    assert queries.done_since(office.may) == []
    analysts = office.groups["Analys"]
    assert [each.said for each in queries.done_since(office.september, analysts)] == told_
    below = Group.objects.get(round=office.may, unit=office.units["Kansli"])
    actions.tell_done(
        group=below, said="Skrivaren krånglar.", done="Ny skrivare.", link="", actor=office.head
    )
    assert len(queries.done_since(office.september, analysts)) == 2
    assert len(queries.done_since(office.september, office.groups["Kansli"])) == 3


def test_a_round_that_was_planned_after_another_follows_that_one() -> None:
    office = stage.with_everything()
    later = stage.shown_round("Puls 4", dt.date(2026, 11, 2), after=office.may)
    make.climate_group(later, office.unit)
    assert len(queries.done_since(later)) == 2
    later.after = None
    assert queries.done_since(later) == []
