"""How long records are kept."""

from django.db import transaction

from styrfart.people.models import Person
from styrfart.shared.audit import record
from styrfart.shared.models import RetentionRule


class RuleChanged(Exception):
    """Somebody else has changed the rule since the page was loaded."""


def revision(rule: RetentionRule | None) -> str:
    """What the form was filled from; nothing, where nobody has decided anything."""
    if rule is None or (rule.keep_years is None and not rule.decision_reference):
        return ""
    return f"{rule.keep_years or ''}/{rule.decision_reference}"


@transaction.atomic
def change_retention(
    *, record_type: str, keep_years: int | None, decision_reference: str, known: str, actor: Person
) -> RetentionRule:
    """Keep the rule for a type of record; without a number of years it is kept for ever."""
    rule = RetentionRule.objects.select_for_update().filter(record_type=record_type).first()
    if revision(rule) != known:
        raise RuleChanged
    rule = rule or RetentionRule(record_type=record_type)
    detail = {
        "keep_years": [str(rule.keep_years or ""), str(keep_years or "")],
        "decision_reference": [rule.decision_reference, decision_reference],
    }
    rule.keep_years, rule.decision_reference = keep_years, decision_reference
    rule.save()
    record("people.change_retention", rule, actor=actor, detail=detail)
    return rule
