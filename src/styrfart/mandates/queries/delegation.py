"""Reads of schemes of delegation: what holds where, on which day, and for whom."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import Length
from django.http import Http404
from django.utils import timezone

from styrfart.mandates import rules
from styrfart.mandates.facts import SchemeIsGone
from styrfart.mandates.models import Delegate, DelegationPoint, DelegationScheme, WaitingScheme
from styrfart.people.models import Person, Post, Team, Unit
from styrfart.people.standing import HeldPost


def with_points(schemes: QuerySet[DelegationScheme]) -> QuerySet[DelegationScheme]:
    """With committee, points and delegates loaded: three queries; each point knows its scheme."""
    points = DelegationPoint.objects.prefetch_related(
        Prefetch("delegates", Delegate.objects.order_by("pk"))
    ).order_by("position")
    return schemes.select_related("committee").prefetch_related(Prefetch("points", points))


def scheme_for(where: Team | Unit, day: dt.date | None = None) -> DelegationScheme | None:
    """The scheme of the nearest committee at or above the team or unit, on `day` (None: today); or None."""
    return with_points(_nearest(where, day or timezone.localdate())).first()


def scheme_in_brief(where: Team | Unit, day: dt.date) -> DelegationScheme | None:
    """The same, without its points. One query."""
    return _nearest(where, day).select_related("committee").first()


def _nearest(where: Team | Unit, day: dt.date) -> QuerySet[DelegationScheme]:
    unit = where.unit if isinstance(where, Team) else where
    found = DelegationScheme.objects.on(day).filter(committee__in=unit.ancestor_ids)
    # The paths of the units above one are prefixes of each other: the longest is the nearest.
    return found.order_by(Length("committee__path").desc(), "-valid_from")


def points_for_triage(where: Team | Unit, day: dt.date | None = None) -> list[DelegationPoint]:
    """The points that hold for the team or unit on `day`, in the order of the document, with delegates
    and `scheme.committee` loaded. Empty without a scheme. Three queries."""
    scheme = scheme_for(where, day)
    return list(scheme.points.all()) if scheme else []


def renewed(chosen: Iterable[DelegationPoint], now: Iterable[DelegationPoint]) -> list[DelegationPoint]:
    """Each of the points that a rule refers to as it stands in `now`; what is there no more, as it was.

    A rule refers by code within a committee: a new version of the scheme has new rows. Schemes are loaded.
    """
    known = {(point.scheme.committee_id, point.code): point for point in now}
    found = [known.get((point.scheme.committee_id, point.code), point) for point in chosen]
    return list({point.pk: point for point in found}.values())


def authorised(person: Person, point: DelegationPoint, amount: int | None, day: dt.date) -> bool:
    """Whether `person` may decide by the point on `day` at a cost of `amount` kronor.

    They hold, that day, a post named as delegate, with sufficient limit, in the committee's part of the
    organisation, and the scheme is in force that day. One query when `point` is loaded.
    """
    if not point.scheme.is_valid_on(day):
        return False
    held = Post.objects.on(day).filter(person=person).select_related("unit")
    posts = [HeldPost(post.unit_id, post.unit.path, post.title, post.is_head) for post in held]
    return rules.may_decide(posts, point, amount)


def current_schemes(day: dt.date) -> list[DelegationScheme]:
    """Every scheme in force on `day` or still to come, by committee; with the number of its points."""
    return list(
        DelegationScheme.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
        .select_related("committee")
        .annotate(point_count=Count("points"))
        .order_by("committee__name", "committee", "valid_from")
    )


def latest_scheme(committee: Unit) -> DelegationScheme | None:
    """The version that begins last, be it in force, ended or still to come."""
    return with_points(DelegationScheme.objects.filter(committee=committee)).order_by("-valid_from").first()


def waiting_for(reader: Person) -> WaitingScheme:
    """What `reader` has read from a file and not yet put in force; SchemeIsGone when there is nothing."""
    waiting = WaitingScheme.objects.select_related("committee").filter(read_by=reader).first()
    if waiting is None:
        raise SchemeIsGone
    return waiting


def owner_only(user: Person) -> None:
    """403 to everybody but the system owner."""
    if not rules.can_import_scheme(user):
        raise PermissionDenied


def scheme_of(code: str, day: dt.date) -> DelegationScheme:
    """The scheme of the committee: the one in force on `day`, else the first to come, else the last."""
    of_committee = DelegationScheme.objects.filter(committee__code=code)
    scheme = (
        with_points(of_committee.on(day)).first()
        or with_points(of_committee.filter(valid_from__gt=day).order_by("valid_from")).first()
        or with_points(of_committee.order_by("-valid_from")).first()
    )
    if scheme is None:
        raise Http404
    return scheme


def version_of(code: str, valid_from: dt.date) -> DelegationScheme:
    """The version of the committee's scheme that began on the day."""
    versions = DelegationScheme.objects.filter(committee__code=code, valid_from=valid_from)
    scheme = with_points(versions).first()
    if scheme is None:
        raise Http404
    return scheme


def history_of(code: str) -> list[DelegationScheme]:
    """All versions of the committee's scheme with points, newest first; 404 when it never had one."""
    versions = list(
        with_points(DelegationScheme.objects.filter(committee__code=code)).order_by("-valid_from")
    )
    if not versions:
        raise Http404
    return versions


def matching(points: list[DelegationPoint], sought: str) -> list[DelegationPoint]:
    """Those of `points` in which every word sought stands: in code, area, text, delegates, law or hints."""
    words = sought.casefold().split()
    return [point for point in points if all(word in _haystack(point) for word in words)]


def _haystack(point: DelegationPoint) -> str:
    titles = [delegate.title for delegate in point.delegates.all()]
    return " ".join(
        [point.code, point.heading, point.text, point.law, point.conditions, *point.words, *titles]
    ).casefold()
