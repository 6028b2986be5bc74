"""What a matching comes out as: values and enums with the certificate that goes with them; nothing heavy."""

from dataclasses import dataclass
from enum import Enum


class Method(Enum):
    """How the places were given out."""

    APPLICANTS_PROPOSE = "applicants_propose"  # deferred acceptance, best for the applicants
    PROGRAMMES_PROPOSE = "programmes_propose"  # deferred acceptance, best for the programmes
    ONE_LOTTERY = "one_lottery"  # serial dictatorship in the order of the draw
    LEAST_RANKS = "least_ranks"  # most placed, then the least sum of squared ranks
    LINKED = "linked"  # stable with pairs that are placed together


class Blocks(Enum):
    """Why a programme would take an applicant who would rather be there."""

    FREE_PLACE = "free_place"
    BEFORE_SOMEBODY = "before_somebody"  # the programme is full, and the applicant stands before its last
    BEFORE_SOMEBODY_OF_OWN = "before_somebody_of_own"  # the department is full, and stands before its last


class Breach(Enum):
    """Why a list of places is no matching at all."""

    NOT_CHOSEN = "not_chosen"
    NOT_ACCEPTED = "not_accepted"
    OVER_CAPACITY = "over_capacity"
    OVER_CEILING = "over_ceiling"


class Why(Enum):
    """Why an applicant did not get a programme that stands higher in the applicant's list."""

    NOT_ACCEPTED = "not_accepted"  # the programme does not take the applicant
    FULL = "full"  # everyone there stands before the applicant
    CEILING = "ceiling"  # the department has its share, and everyone of it there stands before
    OTHERS_NEEDED_IT = "others_needed_it"  # it would have been the applicant's by priority


class Links(Enum):
    """What the search for a stable matching with linked applicants came to."""

    STABLE = "stable"
    NONE_EXISTS = "none_exists"  # proved: every way to place the linked is refuted
    UNDECIDED = "undecided"  # none was found, and the search was stopped before it was complete


class FoundBy(Enum):
    FIXED_POINT = "fixed_point"  # the linked moved one pair at a time until none wanted to
    SEARCH = "search"


class Refutes(Enum):
    """Why no stable matching gives a link a choice, as the others may still be placed."""

    NOT_TAKEN = "not_taken"  # a place of it falls to somebody who stands before, whatever the rest do
    WOULD_LEAVE = "would_leave"  # the pair would rather have, and would get, a choice higher in its list


@dataclass(frozen=True)
class BlockingPair:
    """An applicant and a programme who would rather have each other, and who would lose the place by it."""

    applicant: int
    programme: int
    why: Blocks
    instead_of: int | None


@dataclass(frozen=True)
class LinkBlocks:
    """A linked pair that would rather have, and would get, this choice of its joint list."""

    link: int
    choice: int


@dataclass(frozen=True)
class Optimum:
    """Proof by linear-programming duality, in integers, that no matching is better.

    With cost rank² for a place and `unplaced_cost` for none, a price for each applicant (what the place is
    worth), programme and (programme, department), all ≥ 0 but the applicants': the applicant's price is at
    most the cost plus the prices met, so the sum of applicants' prices less capacity times price is a lower
    bound for every matching. `bound` equals the cost of this one.
    """

    placed: int
    squares: int
    unplaced_cost: int
    bound: int
    applicants: tuple[int, ...]
    programmes: tuple[int, ...]
    departments: tuple[tuple[int, int, int], ...]  # programme, department, price; only those above zero


@dataclass(frozen=True)
class Matching:
    """Who gets which programme, with every blocking pair that there is."""

    method: Method
    places: tuple[int | None, ...]  # by applicant
    ranks: tuple[int | None, ...]  # 1 for the first choice; None when unplaced
    blocking: tuple[BlockingPair, ...]
    optimum: Optimum | None = None


@dataclass(frozen=True)
class RuledOut:
    """A link's choice (the number of its choices means no place) that no stable matching has, and why."""

    link: int
    choice: int
    why: Refutes
    better: int | None  # the choice that the link would leave for


@dataclass(frozen=True)
class Refuted:
    """Why no stable matching places the links within what is left to them: round by round, then by cases.

    After the rounds a link has nothing left; or each has one choice, and every stable matching of the others
    is blocked (`split` None); or the link `split` is refuted with each of the choices left to it, in order.
    """

    rounds: tuple[tuple[RuledOut, ...], ...]
    split: int | None
    cases: tuple["Refuted", ...]


@dataclass(frozen=True)
class LinkedOutcome:
    """A stable matching with the links, or the refusal with its proof."""

    verdict: Links
    matching: Matching | None
    found_by: FoundBy | None
    steps: int  # rounds that the search took
    refutation: Refuted | None  # complete when none exists
    enough_to_release: tuple[int, ...]  # links each of which alone, left out, makes a stable matching exist


@dataclass(frozen=True)
class Summary:
    """One alternative in figures."""

    method: Method
    applicants: int
    placed: int
    by_rank: tuple[int, ...]  # how many got their first choice, second, …
    median: float | None  # of the placed
    mean: float | None
    worst: int | None
    squares: int
    blocking: int
