"""What comes to a team's chair because nobody else takes care of it."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from styrfart.decisions.models import Decision
from styrfart.decisions.queries.due import CHAIR_AFTER, Due, DueKind
from styrfart.people.models import TeamMember
from styrfart.people.standing import Standing
from styrfart.shared.mail import about_of
from styrfart.shared.prepared import Prepared
from styrfart.shared.templatetags.words import day, due


def for_chair(today: dt.date, long_ago: dt.date) -> Q:
    """What comes to the team's chair: what is forgotten, and what nobody else can be asked about.

    The owner has left, or may not read what has become secret; the one who would review it has left.
    """
    seat = TeamMember.objects.on(today).filter(team=OuterRef("team"), person=OuterRef("owner")).order_by()
    is_ownerless = Q(owner__is_active=False) | (~Q(secrecy_ground="") & ~Q(Exists(seat)))
    is_due = Q(done_at=None, due_on__lte=today)
    is_to_follow = Q(done_at__isnull=False, effect_at=None, effect_on__lte=today)
    return (
        Q(done_at=None, due_on__lte=long_ago)
        | (is_ownerless & (is_due | is_to_follow))
        | Q(decided_by__is_active=False, review_on__lte=today)
    )


def without_owner(found: Iterable[Decision], here: Standing, chaired: Collection[int]) -> set[int]:
    """Ids of those whose owner has left, or may not read them. One query when any is secret."""
    others = [one for one in found if one.team_id in chaired and one.owner_id != here.person_id]
    secret = [one for one in others if one.secrecy_ground and one.owner.is_active]
    teams, owners = [one.team_id for one in secret], [one.owner_id for one in secret]
    seated = set(_SEATED.rows(teams=teams, people=owners, day=here.day)) if secret else set()
    outside = {one.pk for one in secret if (one.team_id, one.owner_id) not in seated}
    return outside | {one.pk for one in others if not one.owner.is_active}


_SEATED = Prepared(
    lambda teams, people, day: (
        TeamMember.objects.on(day)
        .filter(team__in=teams, person__in=people)
        .order_by()
        .values_list("team", "person")
    ),
    teams=list,
    people=list,
    day=dt.date,
)


def of_chair(decision: Decision, today: dt.date, *, is_ownerless: bool) -> Iterable[Due]:
    """What the owner has forgotten, or cannot do."""
    number, url, about = {"number": decision.number}, decision.get_absolute_url(), about_of(decision)
    words = {"name": decision.owner, "day": day(decision.due_on)}
    if _is_forgotten(decision, today):
        yield Due(
            DueKind.OVERDUE,
            decision.due_on,
            _("Beslut %(number)s är %(late)s") % {**number, "late": due(decision.due_on, today)},
            _("%(name)s skulle ha genomfört det %(day)s.") % words,
            _("Se läget"),
            f"{url}#lage",
            is_late=True,
            about=about,
        )
    elif is_ownerless and decision.done_at is None and decision.due_on <= today:
        yield Due(
            DueKind.DONE,
            decision.due_on,
            _("Rapportera hur det går med beslut %(number)s") % number,
            _("%(why)s Klart senast %(day)s.") % {**words, "why": _why_ownerless(decision)},
            _("Rapportera läge"),
            f"{url}#lage",
            is_late=decision.due_on < today,
            about=about,
        )
    elif is_ownerless and decision.done_at and not decision.effect_at and decision.effect_on <= today:
        yield Due(
            DueKind.EFFECT,
            decision.effect_on,
            _("Följ effekten av beslut %(number)s") % number,
            _why_ownerless(decision),
            _("Följ effekten"),
            f"{url}#nasta",
            is_late=decision.effect_on < today,
            about=about,
        )


def _why_ownerless(decision: Decision) -> str:
    if decision.owner.is_active:
        return _("%(name)s äger beslutet men är inte med i gruppen.") % {"name": decision.owner}
    return _("%(name)s ägde beslutet och har slutat.") % {"name": decision.owner}


def _is_forgotten(decision: Decision, today: dt.date) -> bool:
    return decision.done_at is None and decision.due_on <= today - CHAIR_AFTER
