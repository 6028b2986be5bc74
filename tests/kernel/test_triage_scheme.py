"""What the scheme of delegation makes of a matter: only the committee, or somebody already authorised."""

import pytest

from styrfart.kernel.errors import KernelError
from styrfart.kernel.triage import (
    Asked,
    Confidence,
    Delegate,
    Destination,
    Mandate,
    Need,
    Point,
    Post,
    ReasonKind,
    Route,
    Rule,
    Scheme,
    Team,
    prepare,
)
from tests.kernel.desk import (
    CHAIR,
    NORTH,
    NOTHING,
    OFFICE,
    RECEPTION,
    RECEPTIONS,
    SERVICE,
    SERVICES,
    SOUTH,
    TEAM,
    ask,
    one_rule,
)

# --- Only the committee ---


def test_what_may_not_be_delegated_is_prepared_for_the_committee() -> None:
    proposal = ask("Hur besvarar vi medborgarförslaget om en lekplats?")

    assert (proposal.route, proposal.confidence, proposal.point, proposal.only_prepares) == (
        Route.COMMITTEE,
        Confidence.CLEAR,
        "1.2",
        True,
    )
    assert proposal.reasons[0].kind is ReasonKind.NOT_DELEGABLE


def test_a_point_without_delegates_is_the_committees_too() -> None:
    scheme = Scheme((Point("7", "Taxor för torghandel", words=("taxa",)),))

    assert ask("Ska taxan för torget höjas?", scheme=scheme).route is Route.COMMITTEE


def test_a_rule_cannot_let_a_post_decide_what_only_the_committee_may() -> None:
    mandate = one_rule(
        "Medborgarförslag", Destination.POST, words=("medborgarförslag",), post_title="Enhetschef"
    )
    proposal = ask("Ska vi bifalla medborgarförslaget?", mandate=mandate)

    assert (proposal.route, proposal.rule, proposal.only_prepares) == (Route.COMMITTEE, None, True)
    assert ReasonKind.RULE_OVERTAKEN in [reason.kind for reason in proposal.reasons]


@pytest.mark.parametrize("title", ["Enhetschef", "Kontorschef"])
def test_when_the_rule_fits_much_better_than_the_committees_point_nobody_is_proposed(title: str) -> None:
    mandate = one_rule(
        "Lekplatser och gungor", Destination.POST, words=("lekplats", "gunga", "sandlåda"), post_title=title
    )
    proposal = ask("Ska gunga, sandlåda och lekplats i medborgarförslaget målas?", mandate=mandate)

    assert (proposal.route, proposal.only_prepares) == (Route.UNKNOWN, True)
    assert proposal.needs == (Need.WHICH_POINT,)


def test_a_rule_to_the_meeting_holds_but_the_meeting_can_only_prepare() -> None:
    mandate = one_rule("Medborgarförslag", words=("medborgarförslag",))
    proposal = ask("Ska vi bifalla medborgarförslaget?", mandate=mandate)

    assert (proposal.route, proposal.rule, proposal.only_prepares) == (Route.MEETING, 1, True)


def test_a_rule_to_the_line_cannot_decide_it_either() -> None:
    mandate = one_rule("Medborgarförslag", Destination.LINE, words=("medborgarförslag",))

    assert ask("Ska vi bifalla medborgarförslaget?", mandate=mandate).route is Route.COMMITTEE


def test_to_tell_about_it_is_no_decision() -> None:
    assert ask("Ett medborgarförslag har kommit", asked=Asked.INFORMATION).route is Route.WRITTEN


# --- Already authorised ---


def test_whoever_is_authorised_gets_it() -> None:
    proposal = ask("Får vi göra en direktupphandling av tolkar?", cost=200_000, mandate=NOTHING)

    assert (proposal.route, proposal.point, proposal.target) == (Route.POST, "3.1", "farida")
    assert dict(proposal.reasons[0].values) == {
        "point": "3.1",
        "title": "Avdelningschef",
        "limit": 300_000,
        "target": "farida",
    }


@pytest.mark.parametrize(
    ("cost", "route", "target"),
    [
        (50_000, Route.POST, "tove"),
        (50_001, Route.POST, "farida"),
        (300_001, Route.DECIDE, "ingrid"),
        (700_000, Route.DECIDE, "ingrid"),
    ],
)
def test_the_nearest_post_within_its_limit_decides(cost: int, route: Route, target: str) -> None:
    proposal = ask("Får vi göra en direktupphandling av tolkar?", cost=cost, mandate=NOTHING)

    assert (proposal.route, proposal.target) == (route, target)


def test_above_every_limit_only_the_committee_decides() -> None:
    proposal = ask("Får vi göra en direktupphandling av tolkar?", cost=700_001, mandate=NOTHING)

    assert (proposal.route, proposal.confidence, proposal.only_prepares) == (
        Route.COMMITTEE,
        Confidence.LIKELY,
        True,
    )
    assert proposal.reasons[0].kind is ReasonKind.ABOVE_ALL_LIMITS


def test_when_limits_decide_and_the_cost_is_not_known_it_is_asked_for() -> None:
    proposal = ask("Får vi göra en direktupphandling av tolkar?", mandate=NOTHING)

    assert (proposal.route, proposal.needs) == (Route.MORE, (Need.COST,))


def test_conditions_make_it_likely_at_most() -> None:
    proposal = ask("Får Leila tjänstledighet för att prova ett annat yrke?", mandate=NOTHING)

    assert (proposal.route, proposal.confidence, proposal.target) == (Route.POST, Confidence.LIKELY, "tove")
    assert proposal.needs == (Need.CONDITIONS,)


def test_a_post_that_nobody_here_holds_is_named() -> None:
    proposal = ask("Ska vi ge arrende på ängen?", mandate=NOTHING)

    assert (proposal.route, proposal.target, proposal.title, proposal.needs) == (
        Route.POST,
        None,
        "Markchef",
        (Need.WHO_DECIDES,),
    )


def test_a_post_for_the_whole_is_found_though_it_stands_beside() -> None:
    markchef = Post("nour", "Markchef", ("stad", "kontor", "mark"))
    team = Team(TEAM.unit, TEAM.members, (*TEAM.deciders, markchef))

    assert ask("Ska vi ge arrende på ängen?", mandate=NOTHING, team=team).target == "nour"


def test_of_those_who_stand_beside_none_is_chosen_when_one_stands_in_the_line() -> None:
    team = Team(TEAM.unit, TEAM.members, (CHAIR, Post("ulla", "Enhetschef", (*NORTH, "drift"))))
    proposal = ask(
        "Får Leila tjänstledighet för att prova ett annat yrke?",
        mandate=NOTHING,
        team=team,
        touched=(NORTH, (*NORTH, "drift", "natt")),
    )

    assert (proposal.point, proposal.target) == ("4.2", None)


def test_two_who_stand_equally_near_are_not_chosen_between() -> None:
    team = Team(TEAM.unit, TEAM.members, (CHAIR, RECEPTIONS, Post("ulla", "Enhetschef", RECEPTION)))
    proposal = ask("Får Leila tjänstledighet för att prova ett annat yrke?", mandate=NOTHING, team=team)

    assert (proposal.target, proposal.title) == (None, "Enhetschef")


@pytest.mark.parametrize("title", ["Biträdande enhetschef", "Chef", "Enhetschefsassistent"])
def test_a_like_title_is_not_the_post(title: str) -> None:
    team = Team(TEAM.unit, TEAM.members, (CHAIR, Post("ulla", title, RECEPTION)))

    assert ask("Får Leila tjänstledighet för ett annat yrke?", mandate=NOTHING, team=team).target is None


@pytest.mark.parametrize(
    "title", ["Enhetschef", "ENHETSCHEF", "Tf enhetschef", "T.f. enhetschef", "Enhetschef, reception"]
)
def test_the_post_may_be_acting_and_may_have_more_in_its_title(title: str) -> None:
    team = Team(TEAM.unit, TEAM.members, (CHAIR, Post("ulla", title, RECEPTION)))

    assert ask("Får Leila tjänstledighet för ett annat yrke?", mandate=NOTHING, team=team).target == "ulla"


def test_what_several_areas_share_is_no_single_case() -> None:
    proposal = ask("Hur tolkar vi gemensamt tjänstledighet?", touched=(NORTH, SOUTH), mandate=NOTHING)

    assert proposal.route is Route.MEETING


def test_what_shall_hold_for_all_is_no_single_case() -> None:
    proposal = ask("Ska vi ha gemensamma riktlinjer för tjänstledighet?", mandate=NOTHING)

    assert proposal.route is Route.UNKNOWN


def test_advice_is_no_decision_so_nobody_is_authorised_for_it() -> None:
    assert ask("Hur gör ni med tjänstledighet?", asked=Asked.ADVICE, mandate=NOTHING).route is Route.UNKNOWN


def test_points_that_fit_equally_and_differ_are_quoted() -> None:
    scheme = Scheme(
        (
            Point("1", "Cyklar", (Delegate("Enhetschef"),), words=("cykel",)),
            Point("2", "Cyklar", (Delegate("Avdelningschef"),), words=("cykel",)),
        )
    )
    proposal = ask("Får vi sälja en cykel?", mandate=NOTHING, scheme=scheme, owner=SERVICE)

    assert proposal.route is Route.UNKNOWN
    assert proposal.reasons[0].values["points"] == ("1", "2")
    assert proposal.needs == (Need.WHICH_POINT,)


def test_points_that_fit_equally_and_are_decided_alike_are_one_answer() -> None:
    scheme = Scheme(
        (
            Point("1", "Cyklar", (Delegate("Enhetschef"),), words=("cykel",)),
            Point("2", "Cyklar", (Delegate("Enhetschef"),), words=("cykel",)),
        )
    )

    assert ask("Får vi sälja en cykel?", mandate=NOTHING, scheme=scheme).target == "tove"


def test_words_around_the_act_are_not_the_act() -> None:
    scheme = Scheme((Point("5.2", "Tillstånd att gräva i gata och park", (Delegate("Enhetschef"),)),))
    proposal = ask("Ska gatan få nya bänkar i parken?", mandate=NOTHING, scheme=scheme, touched=(SERVICE,))

    assert proposal.point is None


def test_the_heading_of_a_point_is_not_its_act() -> None:
    point = Point("5.2", "Tillstånd att gräva", (Delegate("Enhetschef"),), heading="Gata och park")
    asked = "Ska gatan få nya bänkar i parken?"

    assert ask(asked, mandate=NOTHING, scheme=Scheme((point,)), touched=(SERVICE,)).point is None
    assert ask("Får vi tillstånd att gräva i gatan?", mandate=NOTHING, scheme=Scheme((point,))).point == "5.2"


# --- Rules and points together ---


def test_a_rule_that_clearly_fits_goes_before_the_scheme() -> None:
    mandate = one_rule("Tjänstledighet", words=("tjänstledighet",))
    proposal = ask("Får Leila tjänstledighet för ett annat yrke?", mandate=mandate)

    assert (proposal.route, proposal.rule) == (Route.MEETING, 1)


def test_a_rule_that_names_a_point_fits_what_the_point_fits() -> None:
    rule = Rule(1, "Frånvaro utöver lagen", Destination.MEETING, points=("4.2",))
    proposal = ask("Får Leila tjänstledighet för ett annat yrke?", mandate=Mandate((rule,)))

    assert (proposal.route, proposal.confidence, proposal.rule) == (Route.MEETING, Confidence.CLEAR, 1)
    assert proposal.reasons[0].kind is ReasonKind.RULE_POINT


def test_a_rule_cannot_let_a_post_decide_above_its_limit() -> None:
    rule = Rule(
        1, "Direktupphandling", Destination.POST, post_title="Enhetschef", words=("direktupphandling",)
    )
    proposal = ask("Får vi göra en direktupphandling av tolkar?", cost=200_000, mandate=Mandate((rule,)))

    assert (proposal.route, proposal.point, proposal.target) == (Route.POST, "3.1", "farida")
    assert ReasonKind.ABOVE_LIMIT in [reason.kind for reason in proposal.reasons]


def test_the_limit_holds_also_when_only_the_rule_names_the_point() -> None:
    rule = Rule(1, "Tolkar", Destination.POST, post_title="Enhetschef", words=("tolk",), points=("3.1",))
    proposal = ask("Får vi köpa tid av tolkar?", cost=200_000, mandate=Mandate((rule,)))

    assert (proposal.point, proposal.target) == ("3.1", "farida")


def test_a_head_may_not_spend_above_the_limit_as_everyday_management() -> None:
    scheme = Scheme((Point("3", "Kruka", (Delegate("Enhetschef", 100),)),))
    proposal = ask("Kruka i entrén?", mandate=NOTHING, scheme=scheme, cost=5_000)

    assert proposal.target != "tove"


def test_two_points_with_one_code_are_refused() -> None:
    point = Point("1", "Cyklar")
    with pytest.raises(KernelError, match="More than one point is called 1"):
        prepare(NOTHING, Scheme((point, point)))


def test_the_chair_leads_the_office_and_farida_a_part_of_it() -> None:
    assert (CHAIR.unit, SERVICES.unit[: len(OFFICE)]) == (OFFICE, OFFICE)
