"""The whole demonstration municipality, in any size."""

import datetime as dt
import enum
import random
from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from styrfart.demo import bulk, history, library, mandating, organisation
from styrfart.demo.climate import reviews
from styrfart.demo.climate import story as climate
from styrfart.demo.days import Days
from styrfart.demo.history import Room
from styrfart.demo.library import TeamText
from styrfart.demo.meetings import story
from styrfart.demo.meetings.calendar import Calendar
from styrfart.demo.meetings.story import Story
from styrfart.demo.people import Names
from styrfart.demo.schedule import plan
from styrfart.demo.store import Store
from styrfart.demo.town import Town, seeded
from styrfart.people.models import Person


class Size(enum.StrEnum):
    """About how many people: 600, 48 000 or 1 200 000."""

    OFFICE = "office"
    CITY = "city"
    NATION = "nation"


class NotEmpty(Exception):
    """There are people in the database already."""


PEOPLE = {Size.CITY: 48_000, Size.NATION: 1_200_000}
SCHEMES = {"un": "development", "vsn": "district"}
# A team that has no mandate yet: when its two years part, as far as its own story goes.
HALFWAY = 300


@transaction.atomic
def build(
    size: Size, *, seed: int, today: dt.date, report: Callable[[str], None] = lambda _line: None
) -> Town:
    """Fill an empty database; the same seed and day give the same rows. NotEmpty when somebody is there."""
    if Person.objects.exists():
        raise NotEmpty
    town = new_town(seed, today)
    organisation.build(town, library.organisation())
    for committee, scheme in SCHEMES.items():
        mandating.add_scheme(town, town.units[committee], library.scheme(scheme))
    for team in library.organisation().teams:
        mandating.add_mandates(town, team)
    stories = [tell(town, team) for team in library.organisation().teams]
    for each in stories:
        story.write(each)
    town.store.write()
    for each in stories:
        story.seal(each)
    report(f"Kärnan: {town.store.count(Person)} personer, {len(town.teams)} ledningsgrupper.")
    town.is_told = False
    if size is Size.CITY:
        bulk.fill_city(town, PEOPLE[size], report)
    if size is Size.NATION:
        bulk.fill_nation(town, PEOPLE[size], report)
    town.store.flush()
    # By the product's own actions, which number their rows themselves.
    climate.tell(town)
    reviews.tell(town)
    return town


def new_town(seed: int, today: dt.date) -> Town:
    """An empty town in which it is `today`."""
    days = Days(today, settings.TIME_ZONE, seeded(seed, "days"))
    return Town(Store(), days, Names(seeded(seed, "names")), seed)


def tell(town: Town, text: TeamText) -> Story:
    """A team's two years of matters and decisions; its meetings, which are still to be written."""
    rng = town.chance(f"history/{text.slug}")
    days = Days(town.today, settings.TIME_ZONE, rng)
    mandate_on = days.ago(text.adopted or HALFWAY)
    calendar = Calendar(days, story.pace_of(text.slug, is_told=True))
    slots = plan(library.matters(text.texts), days, mandate_on, rng, calendar.meeting_for)
    room = room_of(town, text, rng)
    heads = {person: code for code, person in town.heads.items()}
    codes = [heads[person] for person in room.seats.members if person in heads]
    told = story.begin(room, slots, calendar, days, mandate_on, codes)
    history.tell(room, slots)
    return told


def room_of(town: Town, text: TeamText, rng: random.Random) -> Room:
    """The team with what its history needs."""
    team = town.teams[text.slug]
    return Room(
        town,
        team,
        town.seats[text.slug],
        rng,
        committee=mandating.committee_of(team.unit),
        mandates=town.mandates[text.slug],
    )
