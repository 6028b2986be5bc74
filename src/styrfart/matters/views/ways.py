"""The buttons under a matter: five routes with fixed keys, the proposed one first among equals."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from styrfart.matters.days import answer_day
from styrfart.matters.fields import written
from styrfart.matters.models import Matter, Route
from styrfart.matters.queries import Desk
from styrfart.shared.addresses import reverse


@dataclass(frozen=True)
class Way:
    """A route as a button that does it, or as a link to a page that asks what it needs first."""

    label: str
    url: str
    key: str = ""
    is_main: bool = False
    is_quiet: bool = False
    # Name and value of what is posted; empty: a link to a page with a form.
    post: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Ways:
    """What can be chosen: the row of buttons, and more under "Fler vägar"."""

    row: tuple[Way, ...]
    more: tuple[Way, ...]
    change: Way | None  # the same hand-over with another receiver or day


def ways_for(desk: Desk) -> Ways:
    """The ways that the reader may choose for this matter."""
    if not desk.can_route:
        return Ways(tuple(_decide(desk)), (), None)
    main, change = _handed(desk)
    committee, written_ = _committee(desk), _written(desk)
    rare = [way for way in (committee, written_) if not way.is_main]
    first = [way for way in (committee, written_) if way.is_main]
    return Ways(
        row=(*first, main, _meeting(desk), *_decide(desk), _more(desk), _decline(desk)),
        more=tuple([*rare, _other_team(desk)] if desk.proposal.route != Route.TEAM else rare),
        change=change,
    )


def _url(name: str, matter: Matter) -> str:
    return reverse(f"matters:{name}", args=[matter.team.slug, matter.pk])


def _is(desk: Desk, *routes: Route) -> bool:
    return desk.proposal.route in routes


def _handed(desk: Desk) -> tuple[Way, Way | None]:
    """To hand over: one press when the mandate names somebody who can be found, else a page that asks."""
    proposal, matter = desk.proposal, desk.matter
    answer_by = answer_day().isoformat()
    revision = str(matter.revision)
    if _is(desk, Route.TEAM) and proposal.team:
        way = Way(
            _("Lämna till %(team)s") % {"team": proposal.team},
            _url("hand-to-team", matter),
            "1",
            is_main=True,
            post=(("revision", revision), ("to", proposal.team.slug), ("answer_by", answer_by)),
        )
        return way, Way(_("Välj en annan grupp eller dag"), _url("hand-to-team", matter))
    if _is(desk, Route.POST, Route.LINE) and proposal.person:
        way = Way(
            _("Lämna till %(person)s") % {"person": proposal.person.given_name},
            _url("hand-over", matter),
            "1",
            is_main=True,
            post=(
                ("revision", revision),
                ("to", written(proposal.person)),
                ("to-vald", str(proposal.person.pk)),
                ("answer_by", answer_by),
                ("route", str(proposal.route)),
            ),
        )
        return way, Way(_("Välj en annan mottagare eller dag"), _url("hand-over", matter))
    is_main = _is(desk, Route.POST, Route.LINE, Route.TEAM)
    return Way(_("Lämna till …"), _url("hand-over", matter), "1", is_main=is_main), None


def _meeting(desk: Desk) -> Way:
    return Way(_("Ta upp på möte"), _url("take-up", desk.matter), "2", is_main=_is(desk, Route.MEETING))


def _decide(desk: Desk) -> Iterator[Way]:
    if desk.can_decide and not desk.proposal.is_for_committee_only:
        yield Way(_("Besluta nu"), _url("decide-now", desk.matter), "3", is_main=_is(desk, Route.DECIDE))


def _more(desk: Desk) -> Way:
    is_main = _is(desk, Route.MORE)
    return Way(_("Be om mer"), _url("ask-for-more", desk.matter), "4", is_main=is_main, is_quiet=not is_main)


def _decline(desk: Desk) -> Way:
    # The desk never proposes to decline: saying no is for people.
    return Way(_("Tacka nej"), _url("decline", desk.matter), "5", is_quiet=True)


def _committee(desk: Desk) -> Way:
    return Way(_("Bered till nämnden"), _url("prepare", desk.matter), "6", is_main=_is(desk, Route.COMMITTEE))


def _written(desk: Desk) -> Way:
    return Way(
        _("Skicka ut skriftligt"),
        _url("send-out", desk.matter),
        "7",
        is_main=_is(desk, Route.WRITTEN),
        post=(("revision", str(desk.matter.revision)),),
    )


def _other_team(desk: Desk) -> Way:
    return Way(_("Lämna till en annan grupp"), _url("hand-to-team", desk.matter), "8")
