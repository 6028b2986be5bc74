"""Which questionnaires there are: those of the product and those composed here."""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from styrfart.climate.instruments import Answering, Instrument, Item, Licence, shipped
from styrfart.climate.models import ExternalResult, OwnInstrument
from styrfart.people import rules as people
from styrfart.people.models import PeriodQuerySet, Team, Unit
from styrfart.people.standing import User, standing

LICENCES = {
    Licence.OWN: _("Styrfarts egen text"),
    Licence.ORGANISATION: _("organisationens egen text"),
    Licence.SKR_FREE: _("fri att använda för kommuner och regioner, med källa"),
    Licence.CC_BY: _("Creative Commons Erkännande (CC BY), med upphovsmännens namn"),
}
ANSWERING = {
    Answering.WORKPLACE: _("de som arbetar i en enhet"),
    Answering.TEAM: _("de som sitter i en ledningsgrupp"),
    Answering.MANAGER: _("chefer"),
}
LANGUAGE_NAMES = {"sv": _("svenska"), "en": _("engelska")}
# Asked about a person, or after a report: never chosen when a pulse is planned.
NOT_CHOSEN = ("ledarskap", "uppfoljning")
State = OwnInstrument.State


class NoSuchInstrument(LookupError):
    """No questionnaire has the key, or it is not ready, or no longer used."""


def _language() -> str:
    return (get_language() or "sv").split("-")[0]


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

    @property
    def title(self) -> str:
        return self.instrument.title.to(_language())

    @property
    def about(self) -> str:
        return self.instrument.about.to(_language())

    @property
    def validation(self) -> str:
        return self.instrument.validation.to(_language())

    @property
    def licence(self) -> Promise | str:
        """By what right it stands here, in words."""
        return LICENCES[self.instrument.licence]

    @property
    def answering(self) -> Promise | str:
        """Who answers it, in words."""
        return ANSWERING[self.instrument.answering]

    @property
    def languages(self) -> str:
        """The languages that all of it exists in, in words; the one that it was written in first."""
        names = sorted(self.instrument.languages, key=lambda each: each != self.instrument.original)
        return _now(" och ").join(str(LANGUAGE_NAMES[each]) for each in names)

    @property
    def status(self) -> str:
        """Whether it is validated in the reader's language, in a few words."""
        if not self.instrument.is_validated:
            return _now("ej validerat")
        return _now("validerat") if self.is_validated_here else _now("översättning, ej validerad")

    @property
    def is_validated_here(self) -> bool:
        """Whether somebody has validated it in the language that the reader would answer in."""
        return self.instrument.is_validated and self.instrument.original == _language()

    @property
    def questions(self) -> list[tuple[int, str, bool]]:
        """Number, words and whether it is reversed."""
        return [
            (number, item.text.to(_language()), item.is_reversed)
            for number, item in enumerate(self.instrument.items, 1)
        ]

    @property
    def steps(self) -> list[str]:
        return [step.to(_language()) for step in self.instrument.steps]

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Each sub-index, and the numbers of its questions."""
        number = {item.key: str(place) for place, item in enumerate(self.instrument.items, 1)}
        return [
            (part.name.to(_language()), ", ".join(number[key] for key in part.items))
            for part in self.instrument.sub_indices
        ]

    @property
    def total(self) -> str:
        return self.instrument.total.to(_language())


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


def composer_only(user: User) -> None:
    """404 to whoever may not see the organisation, 403 to whoever does not compose."""
    if not people.can_see_organisation(user):
        raise Http404
    if not can_compose(user):
        raise PermissionDenied


def draft_for(user: User, key: str) -> OwnInstrument:
    """The version that is being written, for those who compose; 403 and 404 to others."""
    composer_only(user)
    draft = OwnInstrument.objects.filter(key=key, state=State.DRAFT).first()
    if draft is None:
        raise Http404
    return draft


def own_for(user: User, key: str) -> OwnInstrument:
    """The latest version of one of the organisation's own, for those who compose; 403 and 404 to others."""
    composer_only(user)
    own = OwnInstrument.objects.filter(key=key).order_by("-version").first()
    if own is None:
        raise Http404
    return own


def question_of(page: InstrumentPage, number: int) -> Item:
    """The question with the number, from one; 404 when there is none."""
    items = page.listed.instrument.items
    if not 1 <= number <= len(items):
        raise Http404
    return items[number - 1]


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


def recorder_only(user: User) -> None:
    """404 to whoever may not see the organisation, 403 to whoever has nothing to write down results of."""
    if not people.can_see_organisation(user):
        raise Http404
    if not can_record_results(user):
        raise PermissionDenied


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
