"""People and units by name: search, and choices for forms. Two queries at most, answered from indexes."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from styrfart.people import rules
from styrfart.people.models import PeriodQuerySet, Person, Post, Team, TeamMember, Unit
from styrfart.people.models.name_key import fold
from styrfart.people.standing import User
from styrfart.shared.prepared import PreparedObjects

SHORTEST = 2  # letters; one letter finds a tenth of the city
LONGEST = 200  # the rest of what was pasted is not looked at
MOST_WORDS = 6


@dataclass(frozen=True)
class PersonHit:
    """A person as they stand in a list: what tells two people of the same name apart."""

    person: Person
    title: str = ""
    unit: Unit | None = None

    @property
    def label(self) -> str:
        """ "Anna Ek, Ingenjör, Projekt norr"."""
        return ", ".join(
            part for part in (self.person.full_name, self.title, self.unit and self.unit.name) if part
        )


def person_for(user: User, pk: int) -> Person:
    """The person, for whoever may see the organisation and for themself; 404 to others."""
    may = rules.can_see_organisation(user) or user.pk == pk
    person = Person.objects.filter(pk=pk).first() if may else None
    if person is None:
        raise Http404
    return person


def search_people(user: User, text: str, *, limit: int = 20) -> list[PersonHit]:
    """Those at work whose names (or address) begin with the words of `text`, by name. Two queries."""
    if not rules.can_see_organisation(user):
        return []
    text = _cut(text)
    if "@" in text:
        return with_posts(_by_name(Q(email__begins=text.lower()))[:limit])
    words = _words(text)
    return with_posts(_people(len(words), limit).all(**_numbered(words))) if words else []


def search_closed(text: str, *, limit: int = 20) -> list[Person]:
    """Those whose accounts are closed, by name or address. For the system owner. One query."""
    text = _cut(text)
    words = _words(text)
    if "@" not in text and not words:
        return []
    found = Q(email__begins=text.lower()) if "@" in text else _named(words)
    return list(Person.objects.filter(found, is_active=False)[:limit])


def search_units(user: User, text: str, *, limit: int = 20) -> list[Unit]:
    """Today's units by the beginnings of their words, or by code; each with the unit above. One query."""
    text = _cut(text)
    words = fold(text).split()
    if not rules.can_see_organisation(user) or not words or len(text) < SHORTEST:
        return []
    return _units(len(words), limit).all(code=text, day=timezone.localdate(), **_numbered(words))


@lru_cache(maxsize=64)
def _people(count: int, limit: int) -> PreparedObjects[Person]:
    """Asked by so many words, for so many people."""

    def found(**words: str) -> QuerySet[Person]:
        return _by_name(_named(words.values()))[:limit]

    return PreparedObjects(found, (), **dict.fromkeys(_numbered([""] * count), str))


@lru_cache(maxsize=64)
def _units(count: int, limit: int) -> PreparedObjects[Unit]:
    """Asked by so many words, for so many units."""

    def found(*, code: str, day: dt.date, **words: str) -> QuerySet[Unit]:
        named = Q()
        for word in words.values():
            named &= Q(name_key__begins=word) | Q(name_key__contains=f" {word}")
        # Not an "or": the names are read from their index alone, and only what is found from the table.
        by_name, by_code = Unit.objects.filter(named).order_by(), Unit.objects.filter(code=code).order_by()
        either = by_name.values("pk").union(by_code.values("pk"), all=True)
        return Unit.objects.on(day).filter(pk__in=either).order_by("name_key", "pk")[:limit]

    kinds = dict.fromkeys(_numbered([""] * count), str)
    return PreparedObjects(found, ("parent",), code=str, day=dt.date, **kinds)


def find_people(user: User, text: str, *, limit: int = 10) -> list[PersonHit]:
    """Whom somebody means by `text`: the one with that address or exactly that name, else those it begins.

    For a form that takes a person as text; more than one answer means that the reader must choose.
    """
    hits = search_people(user, text, limit=limit)
    exact = [hit for hit in hits if _means(hit.person, text)]
    return exact or hits


def choices(
    user: User, *, team: Team | None = None, text: str = "", limit: int = 50
) -> list[tuple[int, str]]:
    """People to choose among, as (pk, label): those in the room of `team`, else those found by `text`."""
    if text or team is None:
        return [(hit.person.pk, hit.label) for hit in search_people(user, text, limit=limit)]
    if not rules.can_see_team(user, team):
        return []
    seats = TeamMember.objects.on(timezone.localdate()).filter(team=team)
    people = Person.objects.filter(pk__in=seats.values("person"), is_active=True).order_by("name_key", "pk")
    return [(hit.person.pk, hit.label) for hit in with_posts(people)]


def _cut(text: str) -> str:
    return text[:LONGEST].replace("\0", "").strip()


def _words(text: str) -> list[str]:
    """The folded words to look for, which hold no signs; none when the text is too short."""
    return fold(text).split()[:MOST_WORDS] if len(text) >= SHORTEST else []


def _numbered(words: Iterable[str]) -> dict[str, str]:
    """The words as keywords for a prepared query."""
    return {f"word{nr}": word for nr, word in enumerate(words)}


def _by_name(found: Q) -> QuerySet[Person]:
    """Those of them who are at work."""
    return Person.objects.filter(found, is_active=True).order_by("name_key", "pk")


def _named(words: Collection[str]) -> Q:
    """People by name: some word must begin a key, which the index answers; all must be there."""
    begins, holds = Q(), Q()
    for word in words:
        begins |= Q(name_key__begins=word) | Q(given_key__begins=word) | Q(last_key__begins=word)
        if len(words) > 1:
            holds &= Q(name_key__begins=word) | Q(name_key__contains=f" {word}")
    return begins & holds


def _means(person: Person, text: str) -> bool:
    return fold(text) in {person.given_key, person.name_key} or text.strip().lower() == person.email


def with_posts(people: Iterable[Person]) -> list[PersonHit]:
    """Each with the post they hold today: the one they lead by first, else the oldest. One query, if any."""
    listed = list(people)
    held: dict[int, Post] = {}
    if listed:
        for post in _POSTS.all(people=[person.pk for person in listed], day=timezone.localdate()):
            held.setdefault(post.person_id, post)
    return [
        PersonHit(person, held[person.pk].title, held[person.pk].unit)
        if person.pk in held
        else PersonHit(person)
        for person in listed
    ]


def _posts(*, people: list[int], day: dt.date) -> QuerySet[Post]:
    found: PeriodQuerySet[Post] = Post.objects.on(day).filter(person__in=people)
    return found.order_by("-is_head", "valid_from", "pk")


_POSTS = PreparedObjects(_posts, ("unit",), people=list, day=dt.date)
