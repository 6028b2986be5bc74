"""Differences in plain words, in the reader's language."""

import datetime as dt
from typing import Any, Final, NamedTuple

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.people.models import Role, TeamLevel, TeamRole, UnitKind


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
    "role": _("roll"),
    "function": _("funktion"),
    "is_active": _("konto"),
    "keep_years": _("år att spara"),
    "decision_reference": _("gallringsbeslut"),
    "valid_from": _("från och med"),
    "valid_to": _("till och med"),
    "review_on": _("översyn"),
}
_WORDS: Final[dict[str, dict[str, Promise | str]]] = {
    "kind": dict(UnitKind.choices),
    "level": dict(TeamLevel.choices),
    "seat": dict(TeamRole.choices),
    "role": {**dict(Role.choices), **dict(TeamRole.choices)},
    "is_active": {"True": _("öppet"), "False": _("stängt")},
}


def can_tell(field: str) -> bool:
    """Whether a reader would understand the change; other rooms keep technical fields in the log too."""
    return ":" in field or field in _FIELDS


def tell_change(field: str, before: str, after: str) -> Told:
    """ "seat:Anna Ek", "member", "chair" → Anna Ek, ledamot, ordförande."""
    sort, _colon, who = field.partition(":")
    if sort == "returns":
        return Told(gettext("kommer tillbaka"), "", "")
    if sort == "days":
        return Told(who, _days(before), _days(after))
    if before and not after and sort in {"parent", "head"}:
        after = gettext("ingen")
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


class Cell(NamedTuple):
    """How many of one sort, in digits and words; `key` leads to them."""

    key: str
    number: int
    words: str


class Line(NamedTuple):
    """The counts of one kind of object."""

    name: str
    cells: list[Cell]


def table(counts: dict[str, int]) -> list[Line]:
    """Counts of new, changed and ended by kind."""
    names = {"unit": gettext("Enheter"), "person": gettext("Personer"), "team": gettext("Ledningsgrupper")}
    return [
        Line(name, [_cell(f"{kind}.{section}", counts) for section in ("new", "changed", "ended")])
        for kind, name in names.items()
    ]


def _cell(key: str, counts: dict[str, int]) -> Cell:
    return Cell(key, counts.get(key, 0), heading(key))


def heading(shown: str) -> str:
    """What a list of lines is called."""
    return {
        "error": gettext("Att rätta i filen"),
        "warning": gettext("Att känna till"),
        "unit.new": gettext("Nya enheter"),
        "unit.changed": gettext("Enheter som ändras"),
        "unit.ended": gettext("Enheter som avslutas"),
        "person.new": gettext("Nya personer"),
        "person.changed": gettext("Personer som ändras"),
        "person.ended": gettext("Personer som slutar"),
        "team.new": gettext("Nya ledningsgrupper"),
        "team.changed": gettext("Ledningsgrupper som ändras"),
        "team.ended": gettext("Ledningsgrupper som avslutas"),
    }.get(shown, "")
