"""Search answers as plain queries that are asked by expression, for everybody and all kinds of words."""

import random
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from styrfart.decisions import queries as decisions
from styrfart.decisions.models import Decision
from styrfart.demo.town import Town
from styrfart.mandates.models import DelegationPoint, MandateState, Rule
from styrfart.matters import queries as matters
from styrfart.matters.models import Matter, MatterState
from styrfart.overview.queries.finding import FIND, Kind
from styrfart.people import queries as people
from styrfart.people.models import Person, Role, Team, TeamMember, TeamRole, Unit
from styrfart.people.models.name_key import fold
from styrfart.people.rules import can_see_organisation, can_see_team
from tests import make

pytestmark = pytest.mark.django_db
LIMIT = 5


@pytest.fixture(scope="module")
def readers(town: Town) -> list[Person]:
    """One or two of every sort: in teams, heads without a seat, each role, nobody in particular."""
    seats = [
        seat.person
        for role in ("chair", "secretary", "member", "adjunct")
        for seat in TeamMember.objects.filter(role=role, valid_to=None).select_related("person")[:2]
    ]
    roles = [Person.objects.filter(role_assignments__role=role).first() for role in Role]
    free = Person.objects.filter(memberships=None, role_assignments=None, is_active=True)
    heads = free.filter(posts__is_head=True)[:2]
    return [*seats, *filter(None, roles), *heads, *free.filter(posts__is_head=False)[:2]]


@pytest.fixture(scope="module")
def texts(town: Town) -> list[str]:
    """Words out of everything that can be found, small letters and large, and what means something else."""
    chance = random.Random(11)  # noqa: S311  # words to try, no secret
    columns: list[tuple[type[Model], str]] = [
        (Person, "family_name"),
        (Unit, "name"),
        (Team, "name"),
        (Matter, "question"),
        (Matter, "why_us"),
        (Decision, "text"),
        (Decision, "reasons"),
        (Rule, "concerns"),
        (DelegationPoint, "text"),
        (DelegationPoint, "code"),
    ]
    found = [
        "vi",
        "år",
        "åäö",
        "ÖR",
        "%",
        "a_",
        "12",
        "١٢",
        "41:1",
        "3 beslut",
        "qqzzxx",
        "ska vi på",
        "3:1 och",
        "\\",
    ]
    for model, column in columns:
        rows = list(model._default_manager.exclude(**{column: ""}).values_list(column, flat=True))
        for text in chance.sample(rows, 1):
            words = text.split()
            word = chance.choice(words)
            found += [
                word[: chance.randint(2, 9)],
                word.swapcase(),
                " ".join(chance.sample(words, min(3, len(words)))),
            ]
    return found


def holding(found: QuerySet[Any], words: Sequence[str], *columns: str) -> QuerySet[Any]:
    """Every word stands in one of the columns, by expression alone."""
    for word in words:
        somewhere = Q()
        for column in columns:
            somewhere |= Q(**{f"{column}__iregex": re.escape(word)})
        found = found.filter(somewhere)
    return found


def compared(readers: list[Person], texts: list[str], both: Callable[[Person, str], tuple[Any, Any]]) -> None:
    """The two answers are the same for everybody; and there was something to find."""
    hits = 0
    for reader in readers:
        for text in texts:
            found, expected = both(reader, text)
            assert found == expected, (reader, text)
            hits += len(found)
    assert hits > len(readers)


def test_matters(readers: list[Person], texts: list[str]) -> None:
    def both(reader: Person, text: str) -> tuple[list[Matter], list[Matter]]:
        seen = Matter.objects.visible_to(reader).exclude(state=MatterState.DRAFT)
        expected = list(holding(seen, text.split()[:6], "question", "why_us")[:LIMIT])
        if text.isascii() and text.isdecimal():  # the matter with that number comes first
            numbered = list(seen.filter(pk=int(text)))
            expected = [*numbered, *(matter for matter in expected if matter not in numbered)][:LIMIT]
        return matters.search(reader, text, limit=LIMIT), expected

    compared(readers, texts, both)


def test_decisions(readers: list[Person], texts: list[str]) -> None:
    def both(reader: Person, text: str) -> tuple[list[Decision], list[Decision]]:
        seen = Decision.objects.visible_to(reader).filter(withdrawn_at=None)
        words = text.split()
        for word in [word for word in words if re.fullmatch(r"\d{1,2}:\d{1,4}", word)]:
            week, sequence = word.split(":")
            seen = seen.filter(week=week, sequence=sequence)
            words.remove(word)
        expected = holding(seen, words, "text", "reasons", "effect_question").order_by("-decided_at", "-pk")
        return decisions.search(reader, text, limit=LIMIT), list(expected[:LIMIT])

    compared(readers, texts, both)


def test_people(readers: list[Person], texts: list[str]) -> None:
    def both(reader: Person, text: str) -> tuple[list[Person], list[Person]]:
        found = [hit.person for hit in people.search_people(reader, text, limit=LIMIT)]
        words = fold(text).split()[:6]
        if not words or len(text) < 2 or not can_see_organisation(reader):
            return found, []
        named = [
            person
            for person in Person.objects.filter(is_active=True).order_by("name_key", "pk")
            if is_named(person, words)
        ]
        return found, named[:LIMIT]

    compared(readers[:4], texts, both)


def is_named(person: Person, words: list[str]) -> bool:
    """Some word begins a key; of several, every one begins some part of the name."""
    keys = (person.name_key, person.given_key, person.last_key)
    begins = any(key.startswith(word) for key in keys for word in words)
    return begins and (len(words) == 1 or all(f" {word}" in f" {person.name_key}" for word in words))


def test_units(readers: list[Person], texts: list[str]) -> None:
    def both(reader: Person, text: str) -> tuple[list[Unit], list[Unit]]:
        found = people.search_units(reader, text, limit=LIMIT)
        words = fold(text).split()
        if not words or len(text) < 2 or not can_see_organisation(reader):
            return found, []
        units = Unit.objects.on(timezone.localdate()).order_by("name_key", "pk")
        named = [
            unit
            for unit in units
            if unit.code == text or all(f" {word}" in f" {unit.name_key}" for word in words)
        ]
        return found, named[:LIMIT]

    codes = list(Unit.objects.values_list("code", flat=True)[:3])
    compared(readers, [*texts, *codes], both)


def titles(reader: Person, text: str, kind: Kind) -> list[str]:
    return [hit.title for hit in FIND[kind](reader, text, LIMIT)] if is_asked(reader, text) else []


def test_teams(readers: list[Person], texts: list[str]) -> None:
    def both(reader: Person, text: str) -> tuple[list[str], list[str]]:
        teams = Team.objects.on(timezone.localdate())
        expected = holding(teams, text.split()[:6], "name", "unit__name")[:LIMIT]
        return titles(reader, text, Kind.TEAMS), [team.name for team in expected if is_asked(reader, text)]

    compared(readers, texts, both)


def test_rules(readers: list[Person], texts: list[str]) -> None:
    def both(reader: Person, text: str) -> tuple[list[str], list[str]]:
        rules = holding(Rule.objects.all(), text.split()[:6], "concerns").filter(
            mandate__state=MandateState.ADOPTED
        )
        rules = rules.select_related("mandate__team__unit").order_by("mandate__team", "number")
        seen = [rule.concerns for rule in rules if can_see_team(reader, rule.mandate.team)]
        return titles(reader, text, Kind.RULES), seen[:LIMIT] if is_asked(reader, text) else []

    compared(readers, texts, both)


def test_points(readers: list[Person], texts: list[str]) -> None:
    def both(reader: Person, text: str) -> tuple[list[str], list[str]]:
        today = timezone.localdate()
        points = holding(DelegationPoint.objects.all(), text.split()[:6], "text", "heading", "code")
        points = points.select_related("scheme").order_by("scheme", "position")
        valid = [point.text for point in points if point.scheme.is_valid_on(today)]
        return titles(reader, text, Kind.POINTS), valid[:LIMIT] if is_asked(reader, text) else []

    compared(readers[::4], texts, both)


def is_asked(reader: Person, text: str) -> bool:
    """Whether the search answers at all."""
    return len(text) > 1 and can_see_organisation(reader)


def test_a_number_finds_the_matter_with_it_first_and_those_whose_words_hold_it() -> None:
    chair = make.member(make.team(), role=TeamRole.CHAIR)
    first = make.matter(chair.team, "Ska vi måla?")
    about = make.matter(chair.team, f"Ska budgeten för 20{first.pk:02} ändras?")
    make.matter(chair.team, "Ska vi flytta?")
    found = matters.search(chair.person, str(first.pk))
    assert [matter.pk for matter in found] == [first.pk, about.pk]
