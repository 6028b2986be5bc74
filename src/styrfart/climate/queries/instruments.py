"""Which questionnaires there are: those of the product and those composed here."""

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.http import Http404

from styrfart.climate.instruments import Instrument, Licence, shipped
from styrfart.climate.models import ExternalResult, OwnInstrument
from styrfart.people import rules as people
from styrfart.people.models import PeriodQuerySet, Team, Unit
from styrfart.people.standing import User, standing

# Asked about a person, or after a report: never chosen when a pulse is planned.
NOT_CHOSEN = ("ledarskap", "uppfoljning")
State = OwnInstrument.State


class NoSuchInstrument(LookupError):
    """No questionnaire has the key, or it is not ready, or no longer used."""


def find(key: str) -> Instrument:
    """What would be asked now by the key. Raises `NoSuchInstrument`. One query at most."""
    if key in shipped():
        return shipped()[key]
    own = OwnInstrument.objects.filter(key=key, state=State.READY).order_by("-version").first()
    if own is None:
        raise NoSuchInstrument(key)
    return own.instrument


def instruments_for(user: User) -> list[Instrument]:
    """Those that a pulse may be made of: the product's, then the organisation's own by name. One query.

    Empty for whoever may not see the organisation.
    """
    if not people.can_see_organisation(user):
        return []
    own = OwnInstrument.objects.filter(state=State.READY).order_by("key", "version")
    latest = {each.key: each for each in own}
    return [each for key, each in shipped().items() if key not in NOT_CHOSEN] + [
        each.instrument for each in sorted(latest.values(), key=lambda each: (each.title, each.key))
    ]


def can_compose(user: User) -> bool:
    """HR developers write the organisation's own questionnaires."""
    return people.is_hr_developer(user)


@dataclass(frozen=True)
class Listed:
    """A questionnaire as it stands in the list."""

    instrument: Instrument
    own: OwnInstrument | None = None

    @property
    def key(self) -> str:
        return self.instrument.key

    @property
    def seconds(self) -> int:
        """How long it takes to answer: seven seconds a question, and ten to read the promise."""
        return 10 + 7 * len(self.instrument.items)

    @property
    def minutes(self) -> int:
        """The same, rounded up to whole minutes."""
        return -(-self.seconds // 60)

    @property
    def is_own(self) -> bool:
        """Written by us or by the organisation itself: nobody has validated it."""
        return self.instrument.licence in {Licence.OWN, Licence.ORGANISATION}


@dataclass(frozen=True)
class InstrumentList:
    shipped: list[Listed]
    own: list[Listed]
    drafts: list[OwnInstrument] = field(default_factory=list)
    may_compose: bool = False


def instrument_list(user: User) -> InstrumentList:
    """Every questionnaire, for whoever works here; drafts for those who compose. One query."""
    if not people.can_see_organisation(user):
        raise Http404
    may = can_compose(user)
    rows = list(OwnInstrument.objects.order_by("title", "key", "version"))
    latest = {row.key: row for row in rows if row.state == State.READY}
    return InstrumentList(
        shipped=[Listed(each) for each in shipped().values()],
        own=[Listed(row.instrument, row) for row in latest.values()],
        drafts=[row for row in rows if may and row.state == State.DRAFT],
        may_compose=may,
    )


@dataclass(frozen=True)
class InstrumentPage:
    """One questionnaire: what is asked, by what right, and its versions."""

    listed: Listed
    versions: list[OwnInstrument]
    may_compose: bool

    @property
    def own(self) -> OwnInstrument | None:
        return self.listed.own

    @property
    def draft(self) -> OwnInstrument | None:
        """The next version, while it is being written."""
        return next((row for row in self.versions if row.state == State.DRAFT), None)


def instrument_for(user: User, key: str) -> InstrumentPage:
    """The questionnaire as it is asked; a draft only for those who compose. 404 to others. One query."""
    if not people.can_see_organisation(user):
        raise Http404
    may = can_compose(user)
    if key in shipped():
        return InstrumentPage(Listed(shipped()[key]), [], may_compose=False)
    rows = list(OwnInstrument.objects.filter(key=key).select_related("declared_by").order_by("-version"))
    visible = [row for row in rows if may or row.state == State.READY]
    if not visible:
        raise Http404
    shown = next((row for row in visible if row.state == State.READY), visible[0])
    return InstrumentPage(Listed(shown.instrument, shown), visible, may_compose=may)


def draft_for(user: User, key: str) -> OwnInstrument:
    """The version that is being written, for those who compose; 404 to others."""
    draft = OwnInstrument.objects.filter(key=key, state=State.DRAFT).first() if can_compose(user) else None
    if draft is None:
        raise Http404
    return draft


def own_for(user: User, key: str) -> OwnInstrument:
    """The latest version of one of the organisation's own, for those who compose; 404 to others."""
    found = OwnInstrument.objects.filter(key=key).order_by("-version") if can_compose(user) else None
    row = found.first() if found is not None else None
    if row is None:
        raise Http404
    return row


# --- results of others' instruments


def results_visible_to(user: User) -> QuerySet[ExternalResult]:
    """Results that the user may read: of units they work in or lead or that lie above, and of their teams."""
    if not people.can_see_organisation(user):
        return ExternalResult.objects.none()
    if people.is_hr_developer(user) or people.is_top_management(user) or people.is_system_owner(user):
        return ExternalResult.objects.all()
    here = standing(user)
    led = Q(pk__in=())
    for post in here.posts:
        # Those of one's own unit and of every unit above it; a head's also below.
        above = [int(part) for part in post.unit_path.strip("/").split("/")]
        led |= Q(unit__in=above)
        if post.is_head:
            led |= Q(unit__path__startswith=post.unit_path) | Q(team__unit__path__startswith=post.unit_path)
    return ExternalResult.objects.filter(led | Q(team__in=list(here.seats)))


def units_to_record_for(user: User) -> PeriodQuerySet[Unit]:
    """Units whose results the user may write down: an HR developer's all, a head's own and below."""
    day = standing(user).day
    if people.is_hr_developer(user):
        return Unit.objects.on(day)
    led = Q(pk__in=())
    for post in standing(user).posts:
        if post.is_head:
            led |= Q(path__startswith=post.unit_path)
    return Unit.objects.on(day).filter(led)


def teams_to_record_for(user: User) -> QuerySet[Team]:
    """Teams whose results the user may write down: an HR developer's all, a chair's own."""
    every = Team.objects.on(standing(user).day).order_by("name", "pk")
    if people.is_hr_developer(user):
        return every
    return every.filter(pk__in=[team.pk for team in standing(user).teams if people.is_chair(user, team)])


def can_record_results(user: User) -> bool:
    """Whether there is anything whose results the user may write down."""
    return (
        people.is_hr_developer(user)
        or any(post.is_head for post in standing(user).posts)
        or any(people.is_chair(user, team) for team in standing(user).teams)
    )


def results_for(user: User) -> QuerySet[ExternalResult]:
    """What the page of results lists: newest first. 404 to whoever may not see the organisation."""
    if not people.can_see_organisation(user):
        raise Http404
    return results_visible_to(user).select_related("unit", "team", "recorded_by")


def result_to_remove(user: User, pk: int) -> ExternalResult:
    """A result that the user may take away: who wrote it down, or an HR developer; 404 to others."""
    found = results_visible_to(user).select_related("unit", "team").filter(pk=pk).first()
    if found is None or not (found.recorded_by_id == user.pk or people.is_hr_developer(user)):
        raise Http404
    return found
