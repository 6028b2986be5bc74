"""Laws that hold for every matter, mandate and scheme."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.swedish import fold
from styrfart.kernel.triage import (
    Asked,
    Confidence,
    Delegate,
    Destination,
    Mandate,
    Matter,
    Point,
    Proposal,
    Route,
    Rule,
    Scheme,
    propose,
)
from tests.kernel.desk import CHAIR, NORTH, OFFICE, PROJECTS, RECEPTION, SERVICE, SOUTH, TEAM

WORDS = tuple(
    fold(
        """bemanning semester lokal möbler inköp konsult budget remiss omorganisation jour vikarie
        upphandling avtal skola lekplats cykel park gata bro träd arkiv tolk resa utbildning lön avgift
        webbplats e-tjänst system telefon gemensam princip prioritera flera avdelningar inom en enhet
        nämnden sommarbemanningen lokalhyra köpa in"""
    ).split()
)
TITLES = ("Kontorschef", "Avdelningschef", "Enhetschef", "Arkivarie")
PATHS = (OFFICE, NORTH, SOUTH, SERVICE, PROJECTS, RECEPTION)
# No part of these words stands in the ones above.
UNRELATED = ("glassbar", "ponnyhoppning", "zigenarspindel")

texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
amounts = st.none() | st.integers(0, 2_000_000)
hints = st.lists(st.sampled_from(WORDS), max_size=4, unique=True).map(tuple)
points = st.builds(
    Point,
    code=st.just(""),
    text=texts,
    delegates=st.lists(st.builds(Delegate, st.sampled_from(TITLES), amounts), max_size=3).map(tuple),
    is_delegable=st.booleans(),
    has_conditions=st.booleans(),
    words=hints,
)
rules = st.builds(
    Rule,
    number=st.just(0),
    text=texts,
    destination=st.sampled_from(Destination),
    target=st.sampled_from([None, "ingrid", "mikael", "lag"]),
    post_title=st.sampled_from(("", *TITLES)),
    words=hints,
    units=st.lists(st.sampled_from(["norr", "service", "reception"]), max_size=1).map(tuple),
    amount_min=st.none() | st.integers(0, 900_000),
    amount_max=st.none() | st.integers(900_000, 2_000_000),
    points=st.lists(st.sampled_from(["p0", "p1"]), max_size=1).map(tuple),
)
mandates = st.lists(rules, max_size=7).map(
    lambda made: Mandate(tuple(replace(rule, number=place + 1) for place, rule in enumerate(made)))
)
schemes = st.lists(points, max_size=6).map(
    lambda made: Scheme(tuple(replace(point, code=f"p{place}") for place, point in enumerate(made)))
)
matters = st.builds(
    Matter,
    question=texts,
    why_us=texts,
    material=st.lists(texts, max_size=2).map(tuple),
    asked=st.sampled_from(Asked),
    owner=st.sampled_from(PATHS),
    touched=st.lists(st.sampled_from(PATHS), max_size=3, unique=True).map(tuple),
    cost=amounts,
)
calm = settings(deadline=None, max_examples=200)
SOMEBODY_DECIDES = (Route.DECIDE, Route.POST, Route.LINE)


@calm
@given(matters, mandates, schemes, st.randoms(use_true_random=False))
def test_the_order_of_rules_points_and_hints_means_nothing(matter, mandate, scheme, random) -> None:  # type: ignore[no-untyped-def]  # drawn
    shuffled = [replace(rule, words=tuple(reversed(rule.words))) for rule in mandate.rules]
    turned = [replace(point, words=tuple(reversed(point.words))) for point in scheme.points]
    random.shuffle(shuffled)
    random.shuffle(turned)

    again = propose(matter, Mandate(tuple(shuffled)), Scheme(tuple(turned)), TEAM)

    assert again == propose(matter, mandate, scheme, TEAM)


@calm
@given(
    matters, mandates, schemes, st.sampled_from(Destination), st.lists(st.sampled_from(UNRELATED), min_size=1)
)
def test_an_unrelated_rule_changes_no_proposal(
    matter: Matter, mandate: Mandate, scheme: Scheme, destination: Destination, said: list[str]
) -> None:
    unrelated = Rule(99, " ".join(said), destination, post_title="Enhetschef", words=tuple(set(said)))
    with_it = propose(matter, Mandate((*mandate.rules, unrelated)), scheme, TEAM)

    assert with_it == propose(matter, mandate, scheme, TEAM)


@calm
@given(matters, mandates, schemes)
def test_every_answer_has_a_reason_and_only_not_knowing_is_unknown(
    matter: Matter, mandate: Mandate, scheme: Scheme
) -> None:
    proposal = propose(matter, mandate, scheme, TEAM)

    assert proposal.reasons
    assert (proposal.route is Route.UNKNOWN) == (proposal.confidence is Confidence.UNKNOWN)
    assert proposal.route is not Route.MORE or proposal.needs
    assert proposal.rule is None or proposal.rule in [rule.number for rule in mandate.rules]
    assert proposal.point is None or proposal.point in [point.code for point in scheme.points]
    assert proposal == propose(matter, mandate, scheme, TEAM)


@calm
@given(matters, mandates, st.sampled_from((Asked.DECISION, Asked.PREPARATION)))
def test_what_only_the_committee_may_decide_nobody_here_decides(
    matter: Matter, mandate: Mandate, asked: Asked
) -> None:
    scheme = Scheme(
        (
            Point("1", "Svar på medborgarförslag", is_delegable=False, words=("medborgarförslag",)),
            Point("2", "Cyklar", (Delegate("Enhetschef"),)),
        )
    )
    kept = replace(matter, question=f"{matter.question} medborgarförslag".replace("cykel", ""), asked=asked)
    also = Rule(50, "Medborgarförslag", Destination.POST, target="ingrid", words=("medborgarförslag",))
    proposal = propose(kept, Mandate((*mandate.rules, also)), scheme, TEAM)

    assert proposal.route not in SOMEBODY_DECIDES


limits = st.none() | st.integers(0, 100_000)


@settings(deadline=None, max_examples=400)
@given(
    matters,
    st.lists(rules, max_size=2),
    st.lists(
        st.tuples(st.sampled_from(TITLES[:3]), limits), min_size=1, max_size=3, unique_by=lambda one: one[0]
    ),
    st.sampled_from(TITLES[:3]),
    st.integers(0, 150_000),
    st.booleans(),
)
def test_nobody_is_proposed_above_the_limit(
    matter: Matter,
    others: list[Rule],
    delegated: list[tuple[str, int | None]],
    title: str,
    cost: int,
    with_rule: bool,
) -> None:
    scheme = Scheme(
        (Point("1", "Skulpturer", tuple(Delegate(*one) for one in delegated), words=("skulptur",)),)
    )
    rule = Rule(50, "Skulpturer", Destination.POST, post_title=title, words=("skulptur",))
    numbered = [replace(one, number=place + 1) for place, one in enumerate(others)]
    asked = replace(matter, question=f"skulptur {matter.question}", cost=cost)
    proposal = propose(asked, Mandate((*numbered, *[rule] * with_rule)), scheme, TEAM)

    post = next((one for one in TEAM.deciders if one.ref == proposal.target), None)
    if proposal.route in (Route.DECIDE, Route.POST):
        held = (post.title.removeprefix("tf ") if post else proposal.title).capitalize()
        limit = dict(delegated).get(held)
        assert limit is None or limit >= cost


@settings(deadline=None, max_examples=150)
@given(st.text(st.characters()), st.text(st.characters()), st.text(st.characters()), st.text(st.characters()))
def test_no_text_breaks_triage(question: str, why_us: str, rule_text: str, hint: str) -> None:
    matter = Matter(question, why_us, (hint, rule_text), Asked.DECISION, RECEPTION, (RECEPTION,))
    mandate = Mandate((Rule(1, rule_text, Destination.POST, post_title=hint, words=(hint, question)),))
    scheme = Scheme((Point(hint, why_us, (Delegate(rule_text),), words=(question,)),))

    assert isinstance(propose(matter, mandate, scheme, TEAM), Proposal)


def test_a_pasted_book_is_read_like_a_letter() -> None:
    matter = Matter("Ska receptionen ha jour? " + "😀\x00\u202e אבג " * 250_000, "ord " * 250_000)

    assert (
        propose(
            matter, Mandate((Rule(1, "Jour", Destination.MEETING, words=("jour",)),)), Scheme(), TEAM
        ).rule
        == 1
    )


def test_the_chair_of_these_laws_leads_the_office() -> None:
    assert CHAIR.is_chair
