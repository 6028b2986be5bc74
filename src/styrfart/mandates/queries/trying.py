"""A made-up matter against the rules of a draft: which rule would the desk quote?"""

from dataclasses import dataclass

from styrfart.kernel import triage as kernel
from styrfart.mandates.models import Mandate, Rule


@dataclass(frozen=True)
class Trial:
    """What the rules say of a question: the rule that fits, or those that fit alike, or none."""

    rule: Rule | None = None
    is_sure: bool = False
    found: tuple[str, ...] = ()  # the words of the question by which the rule was found
    rivals: tuple[Rule, ...] = ()
    needs_cost: bool = False


def try_rules(mandate: Mandate, question: str, cost: int | None = None) -> Trial:
    """The rule that fits the question best. Only the rules are asked, not the scheme of delegation.

    `mandate` is whole (see `queries.mandates.whole`); no queries.
    """
    rules = {rule.number: rule for rule in mandate.rules.all()}
    said = kernel.propose(
        kernel.Matter(question=question, cost=cost),
        kernel.Mandate(tuple(_rule(rule) for rule in rules.values())),
        kernel.Scheme(),
        kernel.Team(unit=mandate.team.unit_id),
    )
    found: list[str] = []
    rivals: tuple[Rule, ...] = ()
    for reason in said.reasons:
        if reason.kind in {kernel.ReasonKind.RULE_WORDS, kernel.ReasonKind.RULE_TEXT}:
            words = reason.values["found"]
            found += [str(word) for word in words] if isinstance(words, tuple) else []
        if reason.kind == kernel.ReasonKind.RULES_DISAGREE:
            numbers = reason.values["rules"]
            rivals = tuple(rules[int(n)] for n in numbers) if isinstance(numbers, tuple) else ()
    return Trial(
        rule=rules.get(said.rule) if said.rule is not None else None,
        is_sure=said.confidence == kernel.Confidence.CLEAR,
        found=tuple(dict.fromkeys(found)),
        rivals=rivals,
        needs_cost=kernel.Need.COST in said.needs,
    )


def _rule(rule: Rule) -> kernel.Rule:
    return kernel.Rule(
        number=rule.number,
        text=rule.concerns,
        destination=kernel.Destination(rule.destination),
        # Two rules that name different posts or teams lead to different places.
        target=rule.to_team_id,
        post_title=rule.post_title,
        words=tuple(rule.words),
        units=tuple(unit.pk for unit in rule.units.all()),
        amount_min=rule.amount_min,
        amount_max=rule.amount_max,
    )
