"""What the mandate's rules make of a matter."""

from dataclasses import replace

import pytest

from styrfart.kernel.errors import KernelError
from styrfart.kernel.triage import (
    Asked,
    Confidence,
    Destination,
    Mandate,
    Need,
    ReasonKind,
    Route,
    Rule,
    Scheme,
    Team,
    prepare,
    propose_prepared,
)
from tests.kernel.desk import (
    CHAIR,
    ELSEWHERE,
    MANDATE,
    NO_SCHEME,
    NORTH,
    NOTHING,
    OFFICE,
    PROJECTS,
    RECEPTION,
    RECEPTIONS,
    SCHEME,
    SERVICE,
    SERVICES,
    SOUTH,
    TEAM,
    ask,
    matter,
    one_rule,
)


def test_the_rule_of_the_mock_up_hands_the_matter_to_the_head_of_the_unit() -> None:
    proposal = ask("Ska receptionen ha jour mellan jul och nyår?")

    assert (proposal.route, proposal.confidence, proposal.rule, proposal.target) == (
        Route.POST,
        Confidence.CLEAR,
        4,
        "tove",
    )
    first = proposal.reasons[0]
    assert first.kind is ReasonKind.RULE_WORDS
    assert dict(first.values) == {
        "rule": 4,
        "words": ("jour",),
        "found": ("jour",),
        "lent": False,
    }


def test_a_compound_is_quoted_as_the_sender_wrote_it() -> None:
    proposal = ask("Hur löser vi sommarbemanningen?")

    assert proposal.rule == 4
    assert proposal.reasons[0].values["found"] == ("sommarbemanningen",)


@pytest.mark.parametrize(
    ("question", "touched", "asked", "route", "rule"),
    [
        ("Hur fördelar vi projektledarna?", (NORTH, SOUTH), Asked.DECISION, Route.MEETING, 1),
        ("Ska vi tillstyrka remissen om ny bro?", (NORTH,), Asked.PREPARATION, Route.COMMITTEE, 2),
        ("Ska två enheter slås ihop?", (NORTH,), Asked.DECISION, Route.MEETING, 3),
        ("Vem svarar när en journalist ringer?", (NORTH,), Asked.DECISION, Route.POST, 8),
        ("Hur svarar vi stadsledningskontoret?", (NORTH,), Asked.ADVICE, Route.TEAM, 9),
        ("Här är statistik över besöken", (RECEPTION,), Asked.INFORMATION, Route.WRITTEN, 10),
        ("Får vi måla om lokalerna?", (RECEPTION,), Asked.DECISION, Route.LINE, 7),
    ],
)
def test_each_destination_has_its_route(
    question: str, touched: tuple[tuple[str, ...], ...], asked: Asked, route: Route, rule: int
) -> None:
    proposal = ask(question, touched=touched, asked=asked)

    assert (proposal.route, proposal.rule) == (route, rule)


def test_a_named_post_or_team_is_the_target_even_when_it_is_not_among_the_deciders() -> None:
    assert ask("Vem svarar när en journalist ringer?").target == "sanna"
    assert ask("Hur svarar vi stadsledningskontoret?", asked=Asked.ADVICE).target == "stadens ledningsgrupp"


def test_the_line_is_the_head_above_the_owner() -> None:
    assert ask("Får vi måla om lokalerna?", owner=(*RECEPTION, "disken")).target == "tove"


def test_the_line_of_a_head_is_the_head_above() -> None:
    own = replace(RECEPTIONS, is_owner=True)
    team = replace(TEAM, deciders=(CHAIR, SERVICES, own))

    assert ask("Får vi måla om lokalerna?", team=team).target == "farida"


def test_a_post_named_by_title_is_the_nearest_above_what_is_touched() -> None:
    proposal = ask("Kan vi köpa in två skärmar?", owner=PROJECTS, touched=(PROJECTS,), cost=9_000)

    assert (proposal.route, proposal.rule, proposal.target) == (Route.POST, 5, "mikael")


def test_an_acting_head_holds_the_post_and_a_deputy_does_not() -> None:
    assert ask("Hur löser vi sommarbemanningen?", owner=PROJECTS, touched=(PROJECTS,)).target == "olle"


def test_a_title_that_nobody_holds_is_named_and_asked_for() -> None:
    mandate = one_rule("Arkiv och gallring", Destination.POST, words=("gallring",), post_title="Arkivarie")
    proposal = ask("Kan vi börja med gallring av ritningar?", mandate=mandate)

    assert (proposal.route, proposal.target, proposal.title) == (Route.POST, None, "Arkivarie")
    assert proposal.needs == (Need.WHO_DECIDES,)


def test_what_the_chair_may_decide_the_chair_decides_now() -> None:
    proposal = ask("Ska vi starta en upphandling av städning?", cost=2_000_000)

    assert (proposal.route, proposal.rule, proposal.target) == (Route.DECIDE, 6, "ingrid")
    assert proposal.reasons[-1].kind is ReasonKind.CHAIR_DECIDES


def test_advice_on_what_the_chair_may_decide_is_handed_to_the_chair() -> None:
    proposal = ask("Hur bör en upphandling av städning läggas upp?", asked=Asked.ADVICE, cost=2_000_000)

    assert (proposal.route, proposal.target) == (Route.POST, "ingrid")


def test_a_meeting_rule_holds_though_a_decision_is_asked_for() -> None:
    assert ask("Besluta hur vi ska prioritera", touched=(NORTH, SOUTH)).route is Route.MEETING


# --- Amounts ---


@pytest.mark.parametrize(("cost", "rule", "route"), [(500_000, 5, Route.POST), (500_001, 6, Route.DECIDE)])
def test_the_cost_chooses_between_rules_and_limits_are_included(cost: int, rule: int, route: Route) -> None:
    proposal = ask("Får vi ta in en konsult?", cost=cost)

    assert (proposal.rule, proposal.route) == (rule, route)


def test_when_the_cost_decides_and_is_not_known_it_is_asked_for() -> None:
    proposal = ask("Får vi ta in en konsult?")

    assert (proposal.route, proposal.needs) == (Route.MORE, (Need.COST,))
    assert [reason.values["rule"] for reason in proposal.reasons[:2]] == [5, 6]


def test_a_rule_up_to_an_amount_holds_without_a_cost_but_says_what_to_confirm() -> None:
    proposal = ask("Får vi köpa in två stolar?")

    assert (proposal.route, proposal.rule, proposal.confidence) == (Route.POST, 5, Confidence.LIKELY)
    assert proposal.needs == (Need.COST,)


@pytest.mark.parametrize(
    ("text", "cost", "fits"),
    [
        ("Inköp över 500 000 kronor", 500_000, False),
        ("Inköp över 500 000 kronor", 500_001, True),
        ("Inköp från 500 000 kronor", 500_000, True),
        ("Inköp upp till 100 tkr", 100_000, True),
        ("Inköp upp till 100 tkr", 100_001, False),
        ("Inköp under 2 miljoner kronor", 2_000_000, False),
        ("Inköp till skolor med fler än 25 elever", 3, True),
        ("Inköp från 2027", 100, True),
    ],
)
def test_a_limit_written_in_the_rules_text_counts(text: str, cost: int, fits: bool) -> None:
    proposal = ask(
        "Ett inköp av stolar?", cost=cost, mandate=one_rule(text, words=("inköp",)), scheme=NO_SCHEME
    )

    assert (proposal.rule == 1) is fits


def test_a_limit_in_the_hints_goes_before_one_in_the_text() -> None:
    mandate = one_rule("Inköp över 500 000 kronor", words=("inköp",), amount_min=10)

    assert ask("Ett inköp av stolar?", cost=100, mandate=mandate).rule == 1


# --- Units and reach ---


def test_a_rule_with_units_holds_in_them_and_below_and_nowhere_else() -> None:
    rules = Mandate((Rule(1, "Öppettider", Destination.MEETING, words=("öppettid",), units=("service",)),))

    assert ask("Ska vi ändra öppettiderna?", mandate=rules).rule == 1
    assert ask("Ska vi ändra öppettiderna?", mandate=rules, touched=(NORTH,)).rule is None


def test_a_rule_for_one_unit_gives_way_when_several_areas_share_the_matter() -> None:
    mandate = Mandate(
        (
            Rule(1, "Bemanning inom en enhet", Destination.LINE, words=("bemanning",)),
            Rule(2, "Bemanning som rör flera avdelningar", Destination.MEETING, words=("bemanning",)),
        )
    )

    one = ask("Hur löser vi bemanningen?", mandate=mandate)
    several = ask("Hur löser vi bemanningen?", mandate=mandate, touched=(NORTH, SOUTH))

    assert (one.rule, several.rule) == (1, 2)


def test_a_rule_by_reach_alone_needs_a_text_that_says_so_too() -> None:
    mandate = one_rule("Det som rör flera avdelningar")

    assert ask("Hur ska vi ha det ihop?", mandate=mandate, touched=(NORTH, SOUTH)).route is Route.UNKNOWN
    assert ask("Vem ansvarar för tornet?", mandate=mandate, touched=(NORTH, SOUTH)).route is Route.MEETING


def test_one_post_is_never_clearly_right_for_what_several_areas_share() -> None:
    proposal = ask("Vem svarar när en journalist ringer?", touched=(NORTH, SOUTH))

    assert (proposal.route, proposal.confidence) == (Route.POST, Confidence.LIKELY)


def test_two_ticked_areas_are_not_guessed_to_be_for_the_meeting() -> None:
    proposal = ask("Vad gör vi med det gamla tornet?", touched=(NORTH, SOUTH))

    assert (proposal.route, proposal.rule) == (Route.UNKNOWN, None)
    assert dict(proposal.reasons[1].values) == {"areas": 2, "members": ("mikael", "samir")}


@pytest.mark.parametrize(
    ("question", "why", "asked"),
    [
        ("Vilken avdelning ska sköta tornet?", "", Asked.DECISION),
        ("Hur gör vi med tornet?", "Båda avdelningarna har räknat med det.", Asked.DECISION),
        ("Kan vi få en gemensam rutin för tornet?", "", Asked.ADVICE),
        ("Vad gör vi med tornet?", "Det sköts på olika sätt.", Asked.PREPARATION),
        ("Vad vill vi med tornet på sikt?", "", Asked.THINKING),
    ],
)
def test_what_two_must_agree_on_is_for_the_meeting(question: str, why: str, asked: Asked) -> None:
    proposal = ask(question, why, touched=(NORTH, SOUTH), asked=asked)

    assert (proposal.route, proposal.confidence, proposal.rule) == (Route.MEETING, Confidence.LIKELY, None)
    assert proposal.reasons[0].kind is ReasonKind.SEVERAL_AREAS


@pytest.mark.parametrize(
    ("question", "why", "cost"),
    [
        ("Vad gör vi med det gamla tornet?", "", None),
        ("Vad gör vi med det gamla tornet?", "", 600_000),
        ("Vad gör vi med det gamla tornet?", "Vi har en gemensam budget för färg.", None),
        ("Vad gör vi med det gamla tornet?", "Alla avdelningar ser det.", None),
        ("Vad gör vi med det gamla tornet?", "Sist var det en principfråga.", None),
    ],
)
def test_many_areas_or_what_the_reasons_mention_are_not_guessed_to_be_for_the_meeting(
    question: str, why: str, cost: int | None
) -> None:
    proposal = ask(question, why, touched=(NORTH, SOUTH, SERVICE), cost=cost)

    assert (proposal.route, proposal.needs) == (Route.UNKNOWN, (Need.QUESTION,))
    assert [reason.kind for reason in proposal.reasons] == [ReasonKind.NO_RULE, ReasonKind.SEVERAL_AREAS]


def test_units_below_one_member_are_one_area() -> None:
    proposal = ask("Vad gör vi med det gamla tornet?", owner=NORTH, touched=(PROJECTS, (*NORTH, "drift")))

    assert proposal.reasons[0].kind is ReasonKind.OWN_UNIT


def test_the_teams_own_unit_is_everybodys_area() -> None:
    assert ask("Vad gör vi med det gamla tornet?", touched=(OFFICE,)).reasons[1].values["areas"] == 3


def test_a_precedent_is_for_the_meeting() -> None:
    proposal = ask("Är det här en principiell fråga om tornet?")

    assert (proposal.route, proposal.reasons[0].kind) == (Route.MEETING, ReasonKind.PRECEDENT)


def test_an_everyday_matter_of_the_owners_unit_is_for_its_head() -> None:
    proposal = ask("Vilken färg ska krukan ha?")

    assert (proposal.route, proposal.confidence, proposal.target) == (Route.POST, Confidence.LIKELY, "tove")


@pytest.mark.parametrize(
    "question",
    ["Ska enheten stängas?", "Ska vi ha en gemensam färg på krukan?", "Ska alla enheter ha krukor?"],
)
def test_a_change_or_something_shared_is_not_an_everyday_matter(question: str) -> None:
    assert ask(question).route is Route.UNKNOWN


def test_money_is_not_an_everyday_matter_unless_a_rule_lets_the_head_spend_it() -> None:
    assert ask("Ska vi måla krukan?", cost=20_000).route is Route.UNKNOWN
    assert ask("Ska vi måla krukan?", owner=SERVICE, touched=(SERVICE,), cost=20_000).target == "farida"


# --- Information, preparation, too little ---


def test_a_rule_on_written_information_does_not_answer_a_question_to_decide() -> None:
    assert ask("Ska vi sluta samla in statistik?").route is not Route.WRITTEN


def test_preparation_of_what_the_committee_decides_is_prepared() -> None:
    proposal = ask(
        "Hur svarar vi på revisionens kritik?", "Nämnden ska svara i maj.", asked=Asked.PREPARATION
    )

    assert (proposal.route, proposal.only_prepares) == (Route.COMMITTEE, True)


def test_thinking_together_is_not_for_the_committee() -> None:
    proposal = ask("Hur vill vi arbeta med remisser?", asked=Asked.THINKING, touched=(NORTH, SOUTH))

    assert proposal.route is Route.MEETING


@pytest.mark.parametrize(("question", "confidence"), [("", Confidence.CLEAR), ("Hjälp", Confidence.LIKELY)])
def test_a_question_that_says_nothing_is_sent_back(question: str, confidence: Confidence) -> None:
    proposal = ask(question)

    assert (proposal.route, proposal.confidence, proposal.needs) == (Route.MORE, confidence, (Need.QUESTION,))


def test_one_word_is_enough_when_a_rule_has_it() -> None:
    assert ask("Lokaler?").rule == 7


# --- Not knowing ---


def test_rules_that_fit_equally_and_lead_apart_are_both_quoted() -> None:
    mandate = Mandate(
        (
            Rule(3, "Cyklar", Destination.MEETING, words=("cykel",)),
            Rule(9, "Cyklar", Destination.LINE, words=("cykel",)),
        )
    )
    proposal = ask("Vem köper nya cyklar?", mandate=mandate)

    assert (proposal.route, proposal.confidence) == (Route.UNKNOWN, Confidence.UNKNOWN)
    assert proposal.reasons[0].values["rules"] == (3, 9)
    assert proposal.needs == (Need.WHICH_RULE,)
    assert [one.rule for one in proposal.also_considered] == [3, 9]


def test_rules_that_fit_equally_and_lead_to_the_same_place_are_one_answer() -> None:
    mandate = Mandate(
        (
            Rule(3, "Cyklar", Destination.MEETING, words=("cykel",)),
            Rule(9, "Cyklar", Destination.MEETING, words=("cykel",)),
        )
    )

    assert ask("Vem köper nya cyklar?", mandate=mandate).rule == 3


def test_the_narrower_rule_wins() -> None:
    mandate = Mandate(
        (
            Rule(1, "Rekrytering", Destination.LINE),
            Rule(2, "Rekrytering av chefer", Destination.MEETING),
        )
    )
    chef = ask("Rekrytering av ny chef till receptionen?", mandate=mandate)

    assert (chef.route, chef.rule) == (Route.MEETING, 2)


@pytest.mark.parametrize("double", [("flytta", "flytt"), ("flytta", "flyttar", "flyttade")])
def test_hints_that_are_one_word_count_once(double: tuple[str, ...]) -> None:
    mandate = Mandate(
        (
            Rule(1, "Skåp", Destination.MEETING, words=double),
            Rule(2, "Hyllor", Destination.LINE, words=("arkiv",)),
        )
    )

    assert ask("Kan vi flytta vårt arkiv?", mandate=mandate).route is Route.UNKNOWN


def test_one_word_that_says_two_hints_counts_once() -> None:
    mandate = Mandate(
        (
            Rule(1, "Skåp", Destination.MEETING, words=("schema", "bemanning")),
            Rule(2, "Hyllor", Destination.LINE, words=("arkiv",)),
        )
    )

    assert ask("Hur ser ett bemanningsschema för vårt arkiv ut?", mandate=mandate).route is Route.UNKNOWN


def test_what_a_rule_says_aside_counts_less_than_what_it_concerns() -> None:
    mandate = Mandate(
        (
            Rule(1, "Stolar utan skrivbord", Destination.LINE),
            Rule(2, "Lampor och skrivbord", Destination.MEETING),
        )
    )

    considered = ask("Vilka skrivbord passar bäst hos oss?", mandate=mandate).also_considered
    assert [one.rule for one in considered] == [2]


def test_everyday_words_of_a_rule_weigh_little() -> None:
    everyday = one_rule("Planering, uppföljning och utveckling av verksamheten")
    telling = one_rule("Belysning, skyltning och sopning av torget")

    assert ask("Hur planerar vi utvecklingen av verksamheten?", mandate=everyday, touched=()).rule is None
    assert ask("Hur skyltar vi belysningen av torget?", mandate=telling, touched=()).rule == 1


def test_an_everyday_word_in_a_rule_is_no_evidence() -> None:
    assert ask("Hur ser arbetet med planen för verksamheten ut?", touched=()).route is Route.UNKNOWN


def test_what_only_the_reasons_mention_is_thin_evidence() -> None:
    assert (
        ask("Vad gör vi med tornet?", "Det syns från mötesrummet.", touched=(NORTH,)).route is Route.UNKNOWN
    )


def test_without_mandate_scheme_and_units_triage_does_not_know_and_says_what_it_lacks() -> None:
    proposal = ask(
        "Vad gör vi med tornet?", mandate=NOTHING, scheme=Scheme(), touched=(), team=Team("kontor")
    )

    assert (proposal.route, proposal.needs) == (Route.UNKNOWN, (Need.TOUCHED_UNITS,))
    assert [reason.kind for reason in proposal.reasons] == [ReasonKind.NO_RULE]


def test_what_lies_outside_the_team_is_said_to() -> None:
    proposal = ask("Vad gör vi med tornet?", touched=(ELSEWHERE,))

    assert [reason.kind for reason in proposal.reasons] == [ReasonKind.NO_RULE, ReasonKind.OUTSIDE_TEAM]


def test_one_members_area_is_said_when_that_is_all_that_is_known() -> None:
    proposal = ask("Vad gör vi med tornet?", touched=(NORTH,))

    assert proposal.reasons[-1].values["members"] == ("mikael",)


def test_triage_never_proposes_to_decline() -> None:
    assert Route.DECLINE not in {
        ask(question).route for question in ("Tårta?", "Vem har tagit tårtan i köket?")
    }


# --- Preparing ---


def test_two_rules_with_one_number_are_refused() -> None:
    rule = Rule(1, "Cyklar", Destination.LINE)
    with pytest.raises(KernelError, match="More than one rule is called 1"):
        prepare(Mandate((rule, rule)), NO_SCHEME)


def test_what_is_prepared_once_answers_as_what_is_prepared_each_time() -> None:
    prepared = prepare(MANDATE, SCHEME)
    for question in ("Ska receptionen ha jour?", "Får vi ta in en konsult?", "Vad gör vi med tornet?"):
        assert propose_prepared(matter(question), prepared, TEAM) == ask(question)


def test_the_chair_is_one_of_the_deciders_of_this_test() -> None:
    assert CHAIR in TEAM.deciders
