"""A rule and the answers of a mandate, in words for people. Expects what it tells of to be loaded."""

from collections.abc import Iterable
from urllib.parse import quote

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext

from styrfart.mandates.models import DelegationPoint, Destination, Mandate, Result, Rule, TimeUse


def kronor(amount: int) -> str:
    """An amount as readers write it."""
    return gettext("%(amount)s kronor") % {
        "amount": number_format(amount, use_l10n=True, force_grouping=True)
    }


def destination(rule: Rule) -> str:
    """Where matters that the rule concerns go."""
    if rule.destination == Destination.POST:
        if rule.post_unit is not None:
            return gettext("Beslutas av: %(title)s i %(unit)s") % {
                "title": rule.post_title,
                "unit": rule.post_unit,
            }
        return gettext("Beslutas av: %(title)s") % {"title": rule.post_title}
    if rule.destination == Destination.TEAM:
        return gettext("Lämnas till: %(team)s") % {"team": rule.to_team}
    return {
        Destination.MEETING: gettext("Tas upp på vårt möte"),
        Destination.LINE: gettext("Sköts i linjen"),
        Destination.COMMITTEE: gettext("Bereds till nämnden genom oss"),
        Destination.WRITTEN: gettext("Går ut som skriftlig information"),
    }[Destination(rule.destination)]


def amounts(rule: Rule) -> str:
    """The amounts between which the rule holds; empty when it holds for any."""
    low, high = rule.amount_min, rule.amount_max
    if low is not None and high is not None:
        return gettext("från %(low)s till %(high)s") % {"low": kronor(low), "high": kronor(high)}
    if low is not None:
        return gettext("från %(low)s") % {"low": kronor(low)}
    return gettext("högst %(high)s") % {"high": kronor(high)} if high is not None else ""


def mix(mandate: Mandate) -> list[tuple[str, int]]:
    """What the meeting time should go to: name and percent, in the order of the purposes."""
    return [
        (str(use.label), mandate.target_mix[use.value]) for use in TimeUse if use.value in mandate.target_mix
    ]


def mix_in_words(mandate: Mandate) -> str:
    """The same as one line."""
    return ", ".join(
        gettext("%(name)s %(percent)s procent") % {"name": name, "percent": percent}
        for name, percent in mix(mandate)
    )


def delegates_in_words(delegates: Iterable[tuple[str, int | None]]) -> str:
    """Who may decide, each with the limit: "Enhetschef högst 500 000 kronor, Kontorschef"."""
    return ", ".join(
        title
        if limit is None
        else gettext("%(title)s högst %(limit)s") % {"title": title, "limit": kronor(limit)}
        for title, limit in delegates
    )


def point_anchor(code: str) -> str:
    """Where a point stands on the page of its scheme."""
    return "punkt-" + "-".join(code.split())


def point_address(point: DelegationPoint) -> str:
    """The address of a point in the version it belongs to; its scheme and committee are loaded."""
    scheme = point.scheme
    page = reverse("mandates:scheme-version", args=[scheme.committee.code, scheme.valid_from])
    return f"{page}#{quote(point_anchor(point.code))}"


def result_in_words(result: Result) -> str:
    """A result and how it will be seen, as one line."""
    return f"{result.text} ({result.measure})" if result.measure else result.text
