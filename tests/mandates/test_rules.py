"""Who may decide by a point, and when a mandate calls for a review: pure rules."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrfart.mandates.models import DelegationPoint
from styrfart.mandates.rules import ReviewReason, may_decide, reasons_to_review, same_title
from styrfart.people.models import TeamRole, Unit
from styrfart.people.standing import HeldPost
from tests import make

CHAIR, MEMBER, SECRETARY, ADJUNCT = TeamRole
TODAY = dt.date(2026, 10, 6)


@pytest.fixture
def point(committee: Unit) -> DelegationPoint:
    """Heads of unit up to half a million kronor, of division up to two million, of office without limit."""
    made = make.point(make.scheme(committee), title="Enhetschef", amount_limit=500_000)
    made.delegates.create(title="Avdelningschef", amount_limit=2_000_000)
    made.delegates.create(title="Kontorschef", amount_limit=None)
    return made


def held(title: str, committee: Unit, *, path: str | None = None) -> HeldPost:
    return HeldPost(unit_id=7, unit_path=path or f"{committee.path}7/", title=title, is_head=True)


@pytest.mark.parametrize(
    ("title", "amount", "may"),
    [
        ("Enhetschef", None, True),
        ("Enhetschef", 0, True),
        ("Enhetschef", 500_000, True),
        ("Enhetschef", 500_001, False),
        ("Avdelningschef", 500_001, True),
        ("Avdelningschef", 2_000_001, False),
        ("Kontorschef", 10**12, True),
        ("ENHETSCHEF", 1, True),
        (" enhetschef  ", 1, True),
        ("Förvaltningschef", 1, False),
        ("Biträdande enhetschef", 1, False),
        ("Enhet", 1, False),
        ("", 1, False),
    ],
)
def test_a_post_may_decide_when_it_is_named_and_the_limit_suffices(
    point: DelegationPoint, committee: Unit, title: str, amount: int | None, may: bool
) -> None:
    assert may_decide([held(title, committee)], point, amount) is may


def test_a_post_under_another_committee_may_not(point: DelegationPoint, committee: Unit) -> None:
    assert not may_decide([held("Kontorschef", committee, path="/999/7/")], point, 1)
    assert not may_decide([held("Kontorschef", committee, path="/")], point, 1)
    assert may_decide([held("Kontorschef", committee, path=committee.path)], point, 1)


def test_any_one_of_several_posts_is_enough(point: DelegationPoint, committee: Unit) -> None:
    posts = [held("Ingenjör", committee), held("Avdelningschef", committee)]
    assert may_decide(posts, point, 2_000_000)
    assert not may_decide(posts, point, 2_000_001)
    assert not may_decide([], point, None)


def test_nobody_decides_what_must_not_be_delegated(committee: Unit) -> None:
    point = make.point(make.scheme(committee), is_delegable=False)
    point.delegates.create(title="Kontorschef")
    assert not may_decide([held("Kontorschef", committee)], point, None)


@given(st.text(max_size=20))
def test_a_title_is_the_same_however_it_is_spaced_and_capitalised(title: str) -> None:
    assert same_title(f"  {title.upper()} ", title.upper().casefold())


def test_å_ä_ö_are_letters_of_their_own() -> None:
    assert same_title("ÖVERFÖRMYNDARE", "överförmyndare")
    assert not same_title("Overformyndare", "Överförmyndare")


@pytest.mark.parametrize(
    ("then", "now", "review_on", "reasons"),
    [
        ({1: CHAIR, 2: MEMBER}, {1: CHAIR, 2: MEMBER}, None, ()),
        ({1: CHAIR, 2: MEMBER}, {1: CHAIR}, None, ()),
        ({1: CHAIR, 2: MEMBER}, {1: CHAIR, 2: MEMBER, 3: MEMBER}, None, ()),
        ({1: CHAIR}, {1: CHAIR, 2: MEMBER, 3: MEMBER}, None, (ReviewReason.NEW_MEMBERS,)),
        ({1: CHAIR}, {1: CHAIR, 2: MEMBER, 3: SECRETARY, 4: ADJUNCT}, None, ()),
        ({1: CHAIR, 2: SECRETARY}, {1: CHAIR, 2: MEMBER, 3: MEMBER}, None, (ReviewReason.NEW_MEMBERS,)),
        ({1: CHAIR, 2: MEMBER}, {2: CHAIR, 1: MEMBER}, None, (ReviewReason.NEW_CHAIR,)),
        ({1: CHAIR}, {5: CHAIR}, None, (ReviewReason.NEW_CHAIR,)),
        ({1: CHAIR}, {5: CHAIR, 6: MEMBER}, None, (ReviewReason.NEW_CHAIR, ReviewReason.NEW_MEMBERS)),
        ({1: CHAIR}, {}, None, ()),
        ({1: CHAIR}, {1: CHAIR}, TODAY, ()),
        ({1: CHAIR}, {1: CHAIR}, TODAY - dt.timedelta(days=1), (ReviewReason.DATE_PASSED,)),
    ],
)
def test_a_new_chair_two_new_members_or_a_passed_date_call_for_a_review(
    then: dict[int, TeamRole],
    now: dict[int, TeamRole],
    review_on: dt.date | None,
    reasons: tuple[ReviewReason, ...],
) -> None:
    assert reasons_to_review(then=then, now=now, review_on=review_on, today=TODAY) == reasons
