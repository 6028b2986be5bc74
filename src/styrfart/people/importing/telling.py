"""Differences in plain words, in the reader's language."""

import datetime as dt
from typing import Any, Final, NamedTuple

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.people.models import TeamLevel, TeamRole, UnitKind


class Told(NamedTuple):
    """One change as a reader sees it; `before` and `after` are empty when there is none."""

    what: str
    before: str
    after: str


_FIELDS: Final[dict[str, Promise | str]] = {
    "name": _("namn"),
    "kind": _("slag"),
    "parent": _("överordnad enhet"),
    "head": _("chef"),
    "given_name": _("förnamn"),
    "family_name": _("efternamn"),
    "email": _("e-postadress"),
    "number": _("anställningsnummer"),
    "post": _("befattning"),
    "level": _("nivå"),
    "unit": _("enhet"),
}
_WORDS: Final[dict[str, dict[str, Promise | str]]] = {
    "kind": dict(UnitKind.choices),
    "level": dict(TeamLevel.choices),
    "seat": dict(TeamRole.choices),
}


def tell_change(field: str, before: str, after: str) -> Told:
    """ "seat:Anna Ek", "member", "chair" → Anna Ek, ledamot, ordförande."""
    sort, _colon, who = field.partition(":")
    if sort == "returns":
        return Told(gettext("kommer tillbaka"), "", "")
    if sort == "days":
        return Told(who, _days(before), _days(after))
    words = _WORDS.get(sort, {})
    what = who or str(_FIELDS.get(sort, sort))
    return Told(what, _word(words, before), _word(words, after))


def tell_changes(content: dict[str, Any]) -> list[Told]:
    """The changes of a difference that was kept as JSON."""
    return [tell_change(*change) for change in content["changes"]]


def in_one_line(content: dict[str, Any]) -> str:
    """ "Anna Ek: befattning Ingenjör, Projekt norr → Projektledare, Projekt norr" for lists and files."""
    parts = []
    for told in tell_changes(content):
        arrow = " → " if told.before and told.after else ""
        gone = gettext(" (slutar)") if told.before and not told.after else ""
        parts.append(f"{told.what} {told.before}{arrow}{told.after}{gone}".strip())
    return ": ".join(part for part in (content["label"], "; ".join(parts)) if part)


def _word(words: dict[str, Promise | str], value: str) -> str:
    """The label of a choice; several values stand together in the audit log."""
    return "; ".join(str(words.get(part, part)) for part in value.split("; ")) if value else ""


def _days(span: str) -> str:
    first, _slash, last = span.partition("/")
    told = [
        date_format(dt.date.fromisoformat(day), "SHORT_DATE_FORMAT") if day else "" for day in (first, last)
    ]
    return gettext("från %(day)s") % {"day": told[0]} if not last else f"{told[0]}–{told[1]}"


def in_counts(counts: dict[str, int]) -> str:
    """ "Personer: 12 nya, 3 ändrade, 1 avslutas." for each kind that something happens to."""
    names = {"unit": gettext("Enheter"), "person": gettext("Personer"), "team": gettext("Ledningsgrupper")}
    lines = []
    for kind, name in names.items():
        new, changed, ended = (counts.get(f"{kind}.{section}", 0) for section in ("new", "changed", "ended"))
        if new or changed or ended:
            values = {"name": name, "new": new, "changed": changed, "ended": ended}
            lines.append(gettext("%(name)s: %(new)s nya, %(changed)s ändrade, %(ended)s avslutas.") % values)
    return "\n".join(lines)
