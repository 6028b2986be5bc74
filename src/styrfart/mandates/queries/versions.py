"""Two versions of a mandate beside each other, as the page tells of them."""

from dataclasses import dataclass

from styrfart.mandates import wording
from styrfart.mandates.comparing import Pair, compare_rows
from styrfart.mandates.models import Mandate, Question, Rule


@dataclass(frozen=True, eq=False)
class RuleWords:
    """A rule as its readers see it, in their language; two that read alike are alike."""

    number: int
    concerns: str
    goes_to: str
    words: str
    units: str
    amounts: str
    points: str

    def __eq__(self, other: object) -> bool:
        """Whether they say the same; the number is how they stand, not what they say."""
        return isinstance(other, RuleWords) and self.said == other.said

    def __hash__(self) -> int:
        return hash(self.said)

    @property
    def said(self) -> tuple[str, ...]:
        return (self.concerns, self.goes_to, self.words, self.units, self.amounts, self.points)


@dataclass(frozen=True)
class TextChange:
    """One question's answer in both versions, as text."""

    question: Question
    before: str
    after: str


@dataclass(frozen=True)
class Comparison:
    """What differs: answers that have changed, and every rule of both versions."""

    before: Mandate
    after: Mandate
    texts: tuple[TextChange, ...]
    rules: tuple[Pair[RuleWords], ...]

    @property
    def is_same(self) -> bool:
        return not self.texts and all(pair.is_same for pair in self.rules)

    @property
    def changed_rules(self) -> list[Pair[RuleWords]]:
        return [pair for pair in self.rules if not pair.is_same]


def compare_versions(before: Mandate, after: Mandate) -> Comparison:
    """Before and after; both whole (see `whole`). No queries."""
    old, new = answers_as_text(before), answers_as_text(after)
    return Comparison(
        before=before,
        after=after,
        texts=tuple(
            TextChange(question, old[question], new[question])
            for question in old
            if old[question] != new[question]
        ),
        rules=tuple(
            compare_rows(
                {rule.key: _words(rule) for rule in before.rules.all()},
                {rule.key: _words(rule) for rule in after.rules.all()},
            )
        ),
    )


def answers_as_text(mandate: Mandate) -> dict[Question, str]:
    """Every answer but the rules, as readers of the page's language see it."""
    return {
        Question.PURPOSE: mandate.purpose,
        Question.ONLY_WE: mandate.only_we,
        Question.TEAM_TYPE: mandate.get_team_type_display(),
        Question.RESULTS: "\n".join(wording.result_in_words(row) for row in mandate.results.all()),
        Question.NORMS: mandate.norms,
        Question.TARGET_MIX: wording.mix_in_words(mandate),
    }


def _words(rule: Rule) -> RuleWords:
    return RuleWords(
        number=rule.number,
        concerns=rule.concerns,
        goes_to=wording.destination(rule),
        words=", ".join(rule.words),
        units=", ".join(unit.name for unit in rule.units.all()),
        amounts=wording.amounts(rule),
        points=", ".join(sorted(point.code for point in rule.points.all())),
    )
