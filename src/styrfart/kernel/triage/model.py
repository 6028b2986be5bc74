"""What triage reads and what it answers: values without behaviour."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

Ref = int | str
"""The caller's id of a post, a person, a team or a unit: compared and returned, no more."""

Path = tuple[Ref, ...]
"""A unit as the ids from the top of the tree down to itself; empty when unknown."""


class Asked(StrEnum):
    """What the sender asks for."""

    DECISION = "decision"
    PREPARATION = "preparation"
    ADVICE = "advice"
    THINKING = "thinking"
    INFORMATION = "information"


class Destination(StrEnum):
    """Where a rule of the mandate sends a matter."""

    MEETING = "meeting"
    POST = "post"
    TEAM = "team"
    LINE = "line"
    COMMITTEE = "committee"
    WRITTEN = "written"


class Route(StrEnum):
    """What can be done with a matter. Triage never proposes to decline: saying no is for people."""

    MEETING = "meeting"
    DECIDE = "decide"
    POST = "post"
    TEAM = "team"
    LINE = "line"
    COMMITTEE = "committee"
    WRITTEN = "written"
    MORE = "more"
    DECLINE = "decline"
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """How sure the proposal is. Clear: preselect it. Likely: offer it. Unknown: say so."""

    CLEAR = "clear"
    LIKELY = "likely"
    UNKNOWN = "unknown"


class Need(StrEnum):
    """What triage would have to know to be surer."""

    QUESTION = "question"
    """What is to be answered: the text says too little."""
    COST = "cost"
    """What it costs: a limit decides where it goes."""
    TOUCHED_UNITS = "touched_units"
    """Which units it touches."""
    WHICH_RULE = "which_rule"
    """Which of the rules that disagree is meant; they are quoted in the reasons."""
    WHICH_POINT = "which_point"
    """Which point of the scheme of delegation it is; they are quoted in the reasons."""
    WHO_DECIDES = "who_decides"
    """Who holds the post that decides: it is named by its title only."""
    CONDITIONS = "conditions"
    """Whether the conditions of the point of delegation are met."""


class ReasonKind(StrEnum):
    """Why. After each: the names of its values."""

    RULE_WORDS = "rule_words"
    """rule, words: hints of the rule; found: the matter's words that said them; lent: whether those are only
    of the subject that the rule's word names."""
    RULE_TEXT = "rule_text"
    """rule, found: the matter's words that stand in the rule's own text."""
    RULE_LIKE = "rule_like"
    """rule, word: the rule's word for a subject; the matter is like others on that subject."""
    RULE_UNITS = "rule_units"
    """rule: the matter touches a unit that the rule names."""
    RULE_AMOUNT = "rule_amount"
    """rule, cost: the cost lies within the rule's limits."""
    RULE_POINT = "rule_point"
    """rule, point: the matter is of the point of delegation that the rule names."""
    RULE_SCOPE = "rule_scope"
    """rule, areas: the rule is for matters of one area, or of several, and this is one."""
    RULE_NEEDS_COST = "rule_needs_cost"
    """rule: it holds from or up to an amount, and the cost is not known."""
    RULES_DISAGREE = "rules_disagree"
    """rules: numbers of rules that fit equally and send the matter to different places."""
    RULE_OVERTAKEN = "rule_overtaken"
    """rule, point: the rule fits, but lets a post decide what only the committee may."""
    POINT_WORDS = "point_words"
    """point, words: hints of the point; found."""
    POINT_TEXT = "point_text"
    """point, found."""
    POINTS_DISAGREE = "points_disagree"
    """points: codes that fit equally and are decided by different posts."""
    NOT_DELEGABLE = "not_delegable"
    """point: only the committee decides; here it can only be prepared."""
    AUTHORISED = "authorised"
    """point, title, limit (kronor or None), target (or None): the post that may decide by itself."""
    ABOVE_LIMIT = "above_limit"
    """point, title, limit, cost: the post may not decide at this cost."""
    ABOVE_ALL_LIMITS = "above_all_limits"
    """point, cost: nobody has been delegated a decision at this cost."""
    POINT_NEEDS_COST = "point_needs_cost"
    """point: who decides depends on the cost, which is not known."""
    HAS_CONDITIONS = "has_conditions"
    """point: it holds on conditions that triage does not read."""
    CHAIR_DECIDES = "chair_decides"
    """target: the post that decides is the chair's."""
    OWN_UNIT = "own_unit"
    """target: it touches only the owner's own unit, and its head manages the work there."""
    SEVERAL_AREAS = "several_areas"
    """areas: how many members' areas it touches; members: their ids."""
    NAMES_COMMITTEE = "names_committee"
    """found: the matter asks for preparation and names the committee or the council."""
    PRECEDENT = "precedent"
    """found: words by which the answer binds more than this case."""
    ONE_AREA = "one_area"
    """members: the only member whose area it touches."""
    OUTSIDE_TEAM = "outside_team"
    """None of the units touched lies in the team's part of the tree."""
    ASKED_FOR_INFORMATION = "asked_for_information"
    """Nothing is to be decided: it can be read."""
    TOO_LITTLE_TEXT = "too_little_text"
    """The question cannot be understood from the words given."""
    NO_RULE = "no_rule"
    """No rule of the mandate and no point of delegation fits well enough."""


Value = int | float | str | None | tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, with the values that its kind names, in that order."""

    kind: ReasonKind
    items: tuple[tuple[str, Value], ...] = ()

    @property
    def values(self) -> Mapping[str, Value]:
        """The values by name, for a text to be made of them."""
        return MappingProxyType(dict(self.items))


@dataclass(frozen=True, slots=True)
class Matter:
    """A handed-in matter.

    `material` are titles only. `owner` is the path of the owner's unit; `touched` the paths of the units
    that the matter touches; `cost` is in kronor, None when not given.
    """

    question: str
    why_us: str = ""
    material: tuple[str, ...] = ()
    asked: Asked = Asked.DECISION
    owner: Path = ()
    touched: tuple[Path, ...] = ()
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A numbered rule of a mandate: what it concerns, where that goes, and hints.

    `target` is the caller's id of the post or team that the rule names, if it names one; `post_title` the
    title, if it names only that: it is then looked up among the team's deciders, nearest above the matter.
    Hints: `words` are words or phrases; `units` unit ids, each with all below it; `amount_min` and
    `amount_max` kronor, both included; `points` codes of the scheme of delegation. A rule with units or
    amounts fits only matters that touch those units or have such a cost.
    """

    number: int
    text: str
    destination: Destination
    target: Ref | None = None
    post_title: str = ""
    words: tuple[str, ...] = ()
    units: tuple[Ref, ...] = ()
    amount_min: int | None = None
    amount_max: int | None = None
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mandate:
    """The rules of the mandate in force; none when the team has not written one."""

    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Delegate:
    """A post that may decide by a point, up to `limit` kronor (None: no limit)."""

    title: str
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the scheme of delegation.

    Not delegable, or with nobody as delegate, is for the committee alone. `text` begins with the act
    ("Anställa medarbetare"); `heading` is the part of the document it stands in ("Personal") and weighs less.
    `has_conditions`: it holds only under conditions, written for people.
    """

    code: str
    text: str
    delegates: tuple[Delegate, ...] = ()
    is_delegable: bool = True
    has_conditions: bool = False
    words: tuple[str, ...] = ()
    heading: str = ""

    @property
    def is_committees(self) -> bool:
        """Whether only the committee may decide."""
        return not self.is_delegable or not self.delegates


@dataclass(frozen=True, slots=True)
class Scheme:
    """The scheme of delegation in force; without points when the committee has none."""

    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the team and the unit that they lead, with all below it."""

    ref: Ref
    unit: Ref


@dataclass(frozen=True, slots=True)
class Post:
    """Somebody who might decide this matter: the chair, the owner, heads of the units touched and those
    above.

    `unit` is the path of the unit that the post belongs to; `is_head` whether it leads that unit.
    """

    ref: Ref
    title: str
    unit: Path
    is_chair: bool = False
    is_owner: bool = False
    is_head: bool = True


@dataclass(frozen=True, slots=True)
class Team:
    """Whose desk it is: the chair's unit, the members with units of their own, possible deciders."""

    unit: Ref
    members: tuple[Member, ...] = ()
    deciders: tuple[Post, ...] = ()


@dataclass(frozen=True, slots=True)
class Considered:
    """A rule that was found to fit, whether it won or not. `score` is 0 to 1."""

    rule: int
    destination: Destination
    score: float
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Proposal:
    """What triage proposes, and why.

    `rule` is the number of the rule to quote, `point` the code of the point; `target` the post or team it
    goes to, `title` the post's title when nobody among the deciders holds it. `only_prepares`: the
    committee decides, so no decision can be made here whatever route is chosen. `reasons` are in order of
    weight and never empty. `also_considered` are the rules that fit, best first, the proposed one included.
    """

    route: Route
    confidence: Confidence
    rule: int | None = None
    point: str | None = None
    target: Ref | None = None
    title: str = ""
    only_prepares: bool = False
    reasons: tuple[Reason, ...] = ()
    needs: tuple[Need, ...] = ()
    also_considered: tuple[Considered, ...] = ()
