import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from styrfart.climate import keys
from styrfart.climate.actions import AlreadyAnswered, NotInvited, NotOpen, cast, close_round, count_round
from styrfart.climate.actions.releasing import release_round
from styrfart.climate.models import Answer, Ballot, Comment, Invitation, Round, RoundState, UsedLink
from styrfart.shared.models import AuditEntry
from tests import make

pytestmark = pytest.mark.django_db
NINE = "543210543"
ONE_TEXT = [{"sv": "Vad saknas?"}]


def stored() -> tuple[int, int]:
    return Ballot.objects.count(), UsedLink.objects.count()


def test_an_answer_is_a_sealed_ballot_and_a_used_link() -> None:
    group = make.climate_group(make.climate_round())
    _, link = make.invitation(group)
    cast(link=link, values=NINE, texts={0: "Mer tid för varandra."})
    assert stored() == (2, 1)
    for ballot in Ballot.objects.all():
        assert NINE.encode() not in bytes(ballot.sealed)
        assert b"tid" not in bytes(ballot.sealed)


def test_an_answer_touches_no_row_of_the_person() -> None:
    group = make.climate_group(make.climate_round())
    _, link = make.invitation(group)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        cast(link=link, values=NINE, texts={})
    written = [query["sql"] for query in seen if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(written) == 2
    assert all('"climate_ballot"' in sql or '"climate_usedlink"' in sql for sql in written)


def test_a_link_gives_one_answer() -> None:
    group = make.climate_group(make.climate_round())
    _, link = make.invitation(group)
    cast(link=link, values=NINE, texts={})
    with pytest.raises(AlreadyAnswered):
        cast(link=link, values="111111111", texts={})
    assert stored() == (1, 1)


def test_a_guessed_link_stores_nothing() -> None:
    make.climate_group(make.climate_round())
    with pytest.raises(NotInvited):
        cast(link="ingen-sadan-lank", values=NINE, texts={})
    assert stored() == (0, 0)


@pytest.mark.parametrize("days", [-1, 8])
def test_an_answer_outside_its_days_is_not_taken(days: int) -> None:
    asked = make.climate_round(opens_on=timezone.localdate() - dt.timedelta(days=days))
    _, link = make.invitation(make.climate_group(asked))
    with pytest.raises(NotOpen):
        cast(link=link, values=NINE, texts={})
    assert stored() == (0, 0)


def test_counting_adds_up_and_destroys_what_it_came_from() -> None:
    asked = make.climate_round(text_questions=ONE_TEXT)
    group, other = make.climate_group(asked), make.climate_group(asked)
    for values, at in [(NINE, group), ("555555555", group), (NINE, group), (NINE, other)]:
        cast(link=make.invitation(at)[1], values=values, texts={0: f"Svar {values[:2]}"})
    close_round(round_id=asked.pk)
    count_round(round_id=asked.pk)
    assert list(Answer.objects.order_by("group", "values").values_list("group", "values", "number")) == [
        (group.pk, NINE, 2),
        (group.pk, "555555555", 1),
        (other.pk, NINE, 1),
    ]
    assert list(Comment.objects.values_list("group", "text")) == [
        (group.pk, "Svar 54"),
        (group.pk, "Svar 54"),
        (group.pk, "Svar 55"),
        (other.pk, "Svar 54"),
    ]
    assert stored() == (0, 0)
    assert not Invitation.objects.exclude(digest=None).exists()
    assert not keys.exists(asked.pk)


def test_counting_again_changes_nothing_and_finishes_what_was_cut_off() -> None:
    asked = make.climate_round()
    _, link = make.invitation(make.climate_group(asked))
    cast(link=link, values=NINE, texts={})
    close_round(round_id=asked.pk)
    count_round(round_id=asked.pk)
    keys.make(asked.pk)  # as if the process had died between the commit and the destruction
    count_round(round_id=asked.pk)
    assert [answer.number for answer in Answer.objects.all()] == [1]
    assert not keys.exists(asked.pk)


def test_an_open_round_is_not_counted() -> None:
    asked = make.climate_round()
    _, link = make.invitation(make.climate_group(asked))
    cast(link=link, values=NINE, texts={})
    count_round(round_id=asked.pk)
    assert stored() == (1, 1)
    assert keys.exists(asked.pk)


def test_without_its_key_a_round_is_not_counted_and_nothing_is_lost() -> None:
    asked = make.climate_round()
    _, link = make.invitation(make.climate_group(asked))
    cast(link=link, values=NINE, texts={})
    close_round(round_id=asked.pk)
    keys.destroy(asked.pk)
    with pytest.raises(keys.KeyIsGone):
        count_round(round_id=asked.pk)
    assert stored() == (1, 1)
    assert Round.objects.get().state == RoundState.CLOSED


def test_a_ballot_that_was_tampered_with_is_left_out_and_told_of() -> None:
    asked = make.climate_round()
    group = make.climate_group(asked)
    cast(link=make.invitation(group)[1], values=NINE, texts={})
    Ballot.objects.create(pk=7, round=asked, sealed=b"x" * 400)
    close_round(round_id=asked.pk)
    count_round(round_id=asked.pk)
    assert [answer.number for answer in Answer.objects.all()] == [1]


@pytest.mark.parametrize(("values", "question"), [("54321", 0), ("543210549", 0), ("x" * 9, 0), (NINE, 1)])
def test_a_ballot_that_answers_another_form_is_left_out_and_does_not_stop_the_others(
    values: str, question: int
) -> None:
    asked = make.climate_round(text_questions=ONE_TEXT)
    group = make.climate_group(asked)
    cast(link=make.invitation(group)[1], values=NINE, texts={0: "Tid."})
    # As by another version of the program, or by hand.
    cast(link=make.invitation(group)[1], values=values, texts={question: "Ord."})
    close_round(round_id=asked.pk)
    count_round(round_id=asked.pk)
    entry = AuditEntry.objects.get(verb="climate.count_round")
    assert entry.detail == {"spoiled": 1}
    assert Answer.objects.get().values == NINE
    assert set(Comment.objects.values_list("question", flat=True)) == {0}
    release_round(round_id=asked.pk)


def test_every_ballot_of_scores_is_of_the_same_size() -> None:
    asked = make.climate_round()
    group = make.climate_group(asked)
    for values in ("0" * 9, NINE, "5" * 60):
        cast(link=make.invitation(group)[1], values=values, texts={})
    assert len({len(bytes(ballot.sealed)) for ballot in Ballot.objects.all()}) == 1


def test_the_database_does_not_hold_what_a_link_is_made_of() -> None:
    asked = make.climate_round()
    invited, link = make.invitation(make.climate_group(asked))
    cast(link=link, values=NINE, texts={})
    used = UsedLink.objects.get()
    assert invited.digest == keys.digest_of(link)
    assert used.pk == keys.used_id(link)
    # The one is not a part of the other, and neither holds the link.
    assert f"{used.pk:x}" not in str(invited.digest)
    assert link not in str(invited.digest)
