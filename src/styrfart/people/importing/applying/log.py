"""One audit row for each object that an import touched, readable by those whom it concerns."""

from collections.abc import Mapping

from styrfart.people.importing.planning import Difference, Plan
from styrfart.people.models import Person, Team, Unit
from styrfart.shared.models import AuditEntry

_MODELS = {"unit": Unit, "person": Person, "team": Team}
_VERBS = {"new": "add", "changed": "change", "ended": "end"}


def log(plan: Plan, pks: Mapping[str, Mapping[str, int]], *, actor: Person | None) -> None:
    """Write the rows, and who may read them."""
    entries = AuditEntry.objects.bulk_create(_entry(each, pks[each.kind], actor) for each in plan.differences)
    through = AuditEntry.concerns.through
    through._default_manager.bulk_create(
        through(auditentry_id=entry.pk, person_id=pks["person"][key])
        for entry, each in zip(entries, plan.differences, strict=True)
        for key in each.concerns
    )


def detail_of(each: Difference) -> dict[str, list[str]]:
    """Field -> before and after; several changes of one kind (posts) stand together."""
    told: dict[str, list[str]] = {}
    for change in each.changes:
        before, after = told.get(change.field, ["", ""])
        told[change.field] = [_joined(before, change.before), _joined(after, change.after)]
    return told


def _joined(one: str, other: str) -> str:
    return f"{one}; {other}" if one and other else one or other


def _entry(each: Difference, pks: Mapping[str, int], actor: Person | None) -> AuditEntry:
    return AuditEntry(
        actor=actor,
        verb=f"people.{_VERBS[each.section]}_{each.kind}",
        object_type=_MODELS[each.kind]._meta.label_lower,
        object_id=str(pks[each.key]),
        object_label=each.label[:200],
        detail=detail_of(each),
    )
