"""People and units by name: search, and choices for forms. Two queries at most, answered from indexes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from styrfart.people import rules
from styrfart.people.models import PeriodQuerySet, Person, Post, Team, TeamMember, Unit
from styrfart.people.models.name_key import fold
from styrfart.people.standing import User

SHORTEST = 2  # letters; one letter finds a tenth of the city
LONGEST = 200  # the rest of what was pasted is not looked at


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
    found = _named(text) if rules.can_see_organisation(user) else None
    if found is None:
        return []
    return with_posts(Person.objects.filter(found, is_active=True).order_by("name_key", "pk")[:limit])


def search_closed(text: str, *, limit: int = 20) -> list[Person]:
    """Those whose accounts are closed, by name or address. For the system owner. One query."""
    found = _named(text)
    return list(Person.objects.filter(found, is_active=False)[:limit]) if found is not None else []


def search_units(user: User, text: str, *, limit: int = 20) -> list[Unit]:
    """Today's units by the beginnings of their words, or by code; each with the unit above. One query."""
    text = _cut(text)
    words = fold(text).split()
    if not rules.can_see_organisation(user) or not words or len(text) < SHORTEST:
        return []
    named = Q()
    for word in words:
        named &= Q(name_key__begins=word) | Q(name_key__contains=f" {word}")
    return list(
        Unit.objects.on(timezone.localdate())
        .filter(named | Q(code=text))
        .select_related("parent")
        .order_by("name_key", "pk")[:limit]
    )


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


def _named(text: str) -> Q | None:
    """People by name or address: some word must begin a key, which the index answers; all must be there."""
    text = _cut(text)
    if "@" in text:
        return Q(email__begins=text.lower())
    words = fold(text).split()[:6]
    if not words or len(text) < SHORTEST:
        return None
    begins, holds = Q(), Q()
    for word in words:
        begins |= Q(name_key__begins=word) | Q(given_key__begins=word) | Q(last_key__begins=word)
        if len(words) > 1:
            holds &= Q(name_key__begins=word) | Q(name_key__contains=f" {word}")
    return begins & holds


def _means(person: Person, text: str) -> bool:
    return fold(text) in {person.given_key, person.name_key} or text.strip().lower() == person.email


def with_posts(people: Iterable[Person]) -> list[PersonHit]:
    """Each with the post they hold today: the one they lead by first, else the oldest."""
    listed = list(people)
    posts: PeriodQuerySet[Post] = Post.objects.on(timezone.localdate()).filter(person__in=listed)
    held: dict[int, Post] = {}
    for post in posts.select_related("unit").order_by("-is_head", "valid_from", "pk"):
        held.setdefault(post.person_id, post)
    return [
        PersonHit(person, held[person.pk].title, held[person.pk].unit)
        if person.pk in held
        else PersonHit(person)
        for person in listed
    ]
