"""The release of a round: what is written, once, and what is not."""

import pytest
from django.db.models import Sum
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from styrfart.climate.actions.releasing import NotCounted, check_release, release_round
from styrfart.climate.actions.releasing.sheets import AnswersDoNotFit
from styrfart.climate.instruments import shipped
from styrfart.climate.models import (
    Answer,
    Comment,
    Group,
    Invitation,
    Release,
    Round,
    RoundKind,
    RoundState,
    Row,
)
from styrfart.shared.models import AuditEntry
from tests import make
from tests.climate.answers import answers_of, counted_round, released

pytestmark = pytest.mark.django_db


def rows_of(of: Round) -> dict[str, Row]:
    """Rows by name; a joint row by the names of its members."""
    return {
        row.group.name
        if row.group
        else " + ".join(each.name for each in row.members.order_by("position")): row
        for row in Row.objects.filter(release__round=of).order_by("position")
    }


def test_a_round_is_released_once_and_says_what_was_shown() -> None:
    of = counted_round({"Analys": 8, "Kansli": 9})
    first = release_round(round_id=of.pk)
    of.refresh_from_db()
    assert of.state == RoundState.RELEASED
    assert of.released_at == first.made_at
    assert (first.invited, first.answered) == (17, 17)
    assert list(rows_of(of)) == ["Kontoret", "Analys", "Kansli"]
    assert [row.answered for row in rows_of(of).values()] == [17, 8, 9]
    again = release_round(round_id=of.pk)
    assert again.pk == first.pk
    assert Release.objects.count() == 1
    assert AuditEntry.objects.filter(verb="climate.release_round").count() == 1


def test_a_round_that_is_open_or_not_counted_is_not_released() -> None:
    for state, counted_at in [(RoundState.OPEN, None), (RoundState.CLOSED, None)]:
        of = make.climate_round(state=state, counted_at=counted_at)
        with pytest.raises(NotCounted):
            release_round(round_id=of.pk)
    assert not Release.objects.exists()


def test_small_siblings_are_joined_and_nothing_is_said_of_each() -> None:
    of = released({"Ledarutveckling": 13, "Analys": 4, "Kansli": 5})
    rows = rows_of(of)
    assert list(rows) == ["Kontoret", "Ledarutveckling", "Analys + Kansli"]
    assert rows["Analys + Kansli"].answered == 9
    assert not Row.objects.filter(group__name__in=["Analys", "Kansli"]).exists()


def test_what_somebody_who_stands_alone_answered_is_nowhere_after_the_release() -> None:
    # The head at the top, and units too small to be shown by themselves.
    of = counted_round(
        {"Ledarutveckling": 13, "Analys": 4, "Kansli": 5}, text_questions=[{"sv": "Vad saknas?"}]
    )
    place = {group.name: group.pk for group in of.groups.all()}
    make.counted(of.groups.get(name="Kontoret"), {"111111111": 1})
    for name in ("Kontoret", "Analys"):
        Comment.objects.create(round=of, group_id=place[name], question=0, text=f"Ord från {name}")
    release = release_round(round_id=of.pk)
    kept = Answer.objects.filter(group__round=of).values("group").annotate(number=Sum("number"))
    assert {each["group"]: each["number"] for each in kept} == {
        place["Kontoret"]: 10,  # with Analys and Kansli, whose row the head is in
        place["Ledarutveckling"]: 13,
    }
    assert {group for (group,) in Comment.objects.values_list("group")} == {place["Kontoret"]}
    assert check_release(release=release, actor=of.owner).is_same is True


def test_answers_that_are_in_no_row_are_destroyed_at_the_release() -> None:
    of = released(
        {"Analys": 3, "Kansli": 3}, texts={"Analys": ["Ord"]}, text_questions=[{"sv": "Vad saknas?"}]
    )
    assert not Row.objects.exists()
    assert (Answer.objects.count(), Comment.objects.count()) == (0, 0)
    assert check_release(release=of.release, actor=of.owner).holds


def test_figures_are_those_of_the_national_database_in_whole_points() -> None:
    # Half answer 5, half 3, to every question: (4 - 1) / 4 = 75.
    of = released({"Analys": 10}, answers={"Analys": {"5" * 9: 5, "3" * 9: 5}})
    figures = rows_of(of)["Analys"].figures
    assert set(figures) == {f"hme.{each}" for each in shipped()["hme"].measures}
    assert {figure["index"] for figure in figures.values()} == {75}
    total = figures["hme.total"]
    # All who were invited have answered: nothing is uncertain.
    assert (total["low"], total["high"], total["answers"]) == (75, 75, 10)


def test_an_interval_is_rounded_outwards() -> None:
    of = counted_round({"Analys": 12}, answers={"Analys": {"543254325": 5, "334445534": 7}}, silent=9)
    release_round(round_id=of.pk)
    figure = rows_of(of)["Analys"].figures["hme.total"]
    assert figure["low"] < figure["index"] < figure["high"]
    assert all(isinstance(figure[each], int) for each in ("low", "index", "high"))
    assert (figure["low"], figure["index"], figure["high"]) == exact(of)


def exact(of: Round) -> tuple[int, int, int]:
    """The same figure straight from the kernel, without any of the release's code."""
    import math  # only here

    import numpy as np  # as the code that is tested

    from styrfart.kernel.indices import HME, count, measure, usual  # as the code that is tested

    answers = np.array([[int(each) for each in "543254325"]] * 5 + [[int(each) for each in "334445534"]] * 7)
    moments = count(answers, np.zeros(12, dtype=int), scale=HME, number=1)
    held = usual(HME, moments)
    found = measure(moments, scale=HME, invited=[21], held_to=held).of(0, "total")
    assert found.low is not None
    assert found.high is not None
    assert found.index is not None
    return math.floor(found.low), math.floor(found.index + 0.5), math.ceil(found.high)


def test_parts_on_scales_of_their_own_are_shown_side_by_side() -> None:
    of = counted_round({"Analys": 0, "Kansli": 0}, instruments=("hme", "motestid"))
    for name in ("Analys", "Kansli"):
        # Nine questions of five steps, one of eleven: "b" is the eleventh.
        make.counted(of.groups.get(name=name), {"543254325b": 6, "3344455341": 6})
    release_round(round_id=of.pk)
    row = rows_of(of)["Analys"]
    assert set(row.figures) == {
        f"{key}.{measure}" for key in ("hme", "motestid") for measure in shipped()[key].measures
    }
    item = shipped()["motestid"].items[0].key
    assert row.figures[f"motestid.{item}"]["index"] == 50
    assert row.items[f"motestid.{item}"] == [6, *[0] * 9, 6]
    assert row.items["hme.hme-1"] == [0, 0, 6, 0, 6]


def test_what_some_would_not_say_hides_the_question_and_every_index_it_is_part_of() -> None:
    answers = {"Analys": {"054325432": 6, "343234243": 6}, "Kansli": {"543254325": 9, "334445534": 9}}
    of = released({"Analys": 12, "Kansli": 18}, answers=answers)
    figures = rows_of(of)["Analys"].figures
    # Six answered the first question.
    assert set(figures) == {f"hme.{each}" for each in shipped()["hme"].measures} - {
        "hme.hme-1",
        "hme.motivation",
        "hme.total",
    }


def test_a_question_that_all_answered_alike_is_not_shown() -> None:
    of = released({"Analys": 10, "Kansli": 12}, answers={"Analys": {"543254325": 5, "534445534": 5}})
    figures = rows_of(of)["Analys"].figures
    assert "hme.hme-1" not in figures
    assert "hme.hme-2" in figures


def test_ballots_without_any_answer_are_nobody() -> None:
    of = released(
        {"Analys": 20, "Kansli": 12}, answers={"Analys": {"0" * 9: 8, "543254325": 6, "334445534": 6}}
    )
    assert rows_of(of)["Analys"].answered == 12


def test_a_table_that_was_changed_by_hand_is_not_released() -> None:
    of = counted_round({"Analys": 12})
    make.counted(of.groups.get(name="Analys"), {"5555": 3})
    with pytest.raises(AnswersDoNotFit):
        release_round(round_id=of.pk)
    assert not Release.objects.exists()


def test_everybody_who_was_invited_is_told_when_it_is_released() -> None:
    of = counted_round({"Analys": 12})
    person = make.person()
    Invitation.objects.create(
        round=of, group=of.groups.get(name="Analys"), person=person, channel=Invitation.Channel.MAIL
    )
    release_round(round_id=of.pk)
    release_round(round_id=of.pk)
    queued = DBTaskResult.objects.filter(task_path__endswith="tell_part")
    assert [task.args_kwargs["args"][0] for task in queued] == [of.pk]


def test_raters_of_a_review_are_shown_from_three_and_folded_together_below() -> None:
    subject = make.person()
    of = make.climate_round(
        kind=RoundKind.REVIEW,
        subject=subject,
        least=3,
        state=RoundState.CLOSED,
        counted_at=timezone.now(),
    )
    raters = {
        rater: Group.objects.create(
            round=of, rater=rater, name=str(rater.label), position=position, invited=5
        )
        for position, rater in enumerate(Group.Rater)
    }
    for rater, number in [(Group.Rater.SELF, 1), (Group.Rater.PEER, 2), (Group.Rater.REPORT, 2)]:
        make.counted(raters[rater], answers_of(number, rater.value))
    release_round(round_id=of.pk)
    rows = Row.objects.filter(release__round=of)
    assert [(row.group, row.answered) for row in rows] == [(None, 4)]
    assert {each.rater for row in rows for each in row.members.all()} == {"peer", "report"}
