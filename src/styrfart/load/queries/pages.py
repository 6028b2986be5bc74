"""What the pages of the load calendar show; fetching is authorising."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from styrfart.load import rules
from styrfart.load.models import Claim
from styrfart.load.queries.weeks import Lies, Picture, picture_of
from styrfart.people.models import Unit
from styrfart.people.standing import User, standing

WEEKS_SHOWN = 12
LARGE_WARNED_FOR = 2  # more large changes than this at once are warned for (domain rule)


@dataclass(frozen=True)
class Week:
    """A week of the table: what is asked of a person on average, and how many things at once."""

    monday: dt.date
    minutes: int
    share: float  # of the fullest week of the page, 0 to 100
    claims: int
    changes: int
    large: int

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week


@dataclass(frozen=True)
class Row:
    """A claim on the page, and whether the reader may change it."""

    claim: Claim
    units: tuple[Unit, ...]
    can_change: bool


@dataclass(frozen=True)
class LoadPage:
    """The coming weeks of a unit with all below it."""

    unit: Unit
    people: int
    weeks: tuple[Week, ...]
    rows: tuple[Row, ...]
    below: tuple[Unit, ...]
    can_write: bool

    @property
    def fullest(self) -> Week:
        """The week in which most is asked; the first of them."""
        return max(self.weeks, key=lambda week: week.minutes)

    @property
    def fullest_until(self) -> Week:
        """The last of the weeks in a row, from the fullest, in which as much is asked."""
        last = self.fullest
        for week in self.weeks[self.weeks.index(last) :]:
            if week.minutes != last.minutes:
                break
            last = week
        return last

    @property
    def calmest(self) -> Week:
        """The week in which least is asked; the first of them."""
        return min(self.weeks, key=lambda week: (week.minutes, week.claims))

    @property
    def most_at_once(self) -> int:
        return max(week.claims for week in self.weeks)

    @property
    def crowded(self) -> tuple[Week, ...]:
        """Weeks with more large changes at once than people should carry."""
        return tuple(week for week in self.weeks if week.large > LARGE_WARNED_FOR)


def load_page(user: User, unit: Unit) -> LoadPage:
    """The unit's weeks; 404 to outsiders."""
    if not rules.can_see(user):
        raise Http404
    picture = picture_of(unit, WEEKS_SHOWN)
    return LoadPage(
        unit=unit,
        people=picture.people,
        weeks=_weeks(picture),
        rows=tuple(_row(user, each) for each in picture.lies),
        below=tuple(units_below(unit)),
        can_write=rules.can_write_for(user, unit),
    )


def own_unit(user: User) -> Unit | None:
    """Where the reader's weeks are: the unit they lead or work in, else the top; 404 to outsiders."""
    if not rules.can_see(user):
        raise Http404
    posts = sorted(standing(user).posts, key=lambda post: (not post.is_head, post.unit_path))
    here = Unit.objects.on(timezone.localdate())
    if posts:
        return here.filter(pk=posts[0].unit_id).first() or here.filter(parent=None).first()
    return here.filter(parent=None).first()


def writer_only(user: User) -> None:
    """Goes on for those who write in the calendar; 403 to others who work here, 404 to outsiders."""
    if not rules.can_see(user):
        raise Http404
    if not rules.can_write(user):
        raise PermissionDenied


def units_below(unit: Unit) -> list[Unit]:
    """Directly below it, by name."""
    return list(Unit.objects.on(timezone.localdate()).filter(parent=unit))


def claim_to_change(user: User, pk: int) -> Claim:
    """What was entered by hand, if `user` may change it; 403 to those who only read, 404 to outsiders."""
    found = Claim.objects.filter(pk=pk).prefetch_related("units").first() if rules.can_see(user) else None
    if found is None:
        raise Http404
    if not rules.can_change(user, found):
        raise PermissionDenied
    return found


def _weeks(picture: Picture) -> tuple[Week, ...]:
    most = max(picture.hours, default=0.0)
    return tuple(
        Week(
            monday=monday,
            minutes=round(hours * 60),
            share=round(hours / most * 100, 1) if most else 0.0,
            claims=claims,
            changes=changes,
            large=large,
        )
        for monday, hours, claims, changes, large in zip(
            picture.mondays, picture.hours, picture.claims, picture.changes, picture.large, strict=True
        )
    )


def _row(user: User, lies: Lies) -> Row:
    return Row(lies.claim, tuple(lies.claim.units.all()), rules.can_change(user, lies.claim))
