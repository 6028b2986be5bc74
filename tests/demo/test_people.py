"""Nobody in the demonstration is, or is called as, a known person."""

import hashlib
import itertools
from pathlib import Path

from styrfart.demo import library
from styrfart.demo.people import (
    FAMILY,
    FAMILY_FROM_ELSEWHERE,
    FROM_ELSEWHERE,
    GIVEN,
    GIVEN_FROM_ELSEWHERE,
    MIXED,
    Name,
    Names,
    ascii_only,
)
from styrfart.demo.town import seeded

# The known people are kept as the beginnings of hashes, so that their names do not stand here.
KNOWN = set(Path(__file__).with_name("known_people.txt").read_text().split())


def fingerprint(name: str) -> str:
    return hashlib.sha256(name.casefold().encode()).hexdigest()[:10]


def test_the_fingerprints_find_a_known_person() -> None:
    assert fingerprint("Dag " + "Hammarskjöld") in KNOWN


def test_no_name_that_can_be_given_is_a_known_persons() -> None:
    pairs = itertools.product(GIVEN + GIVEN_FROM_ELSEWHERE, FAMILY + FAMILY_FROM_ELSEWHERE)
    assert [f"{given} {family}" for given, family in pairs if fingerprint(f"{given} {family}") in KNOWN] == []


def test_nobody_whom_the_story_names_is_a_known_person() -> None:
    text = library.organisation()
    names = [unit.head for unit in text.units if unit.head] + [person.name for person in text.people]
    assert len(names) > 15
    assert [name for name in names if fingerprint(name) in KNOWN] == []


def test_the_same_seed_gives_the_same_people() -> None:
    one, other, third = (Names(seeded(seed, "names")) for seed in (1, 1, 2))
    first = [one.next() for _ in range(300)]
    assert [other.next() for _ in range(300)] == first
    assert [third.next() for _ in range(300)] != first


def test_nobody_in_a_city_has_anothers_name_as_long_as_names_last() -> None:
    names = Names(seeded(1, "names"))
    names.keep(Name("Ingrid", "Hagenäs"))
    given = [names.next() for _ in range(5000)]
    assert len(set(given)) == 5000
    assert Name("Ingrid", "Hagenäs") not in given


def test_people_come_from_many_places() -> None:
    names = Names(seeded(1, "names"))
    given = [names.next() for _ in range(4000)]
    elsewhere = sum(name.family in set(FAMILY_FROM_ELSEWHERE) for name in given) / len(given)
    assert abs(elsewhere - FROM_ELSEWHERE - MIXED) < 0.03


def test_addresses_are_plain_letters_and_never_given_twice() -> None:
    names = Names(seeded(1, "names"))
    twins = [names.address(Name("Åsa-Li", "Dąbek"), "x.example") for _ in range(3)]
    assert twins == ["asa-li.dabek@x.example", "asa-li.dabek2@x.example", "asa-li.dabek3@x.example"]
    every = {ascii_only(name) for name in GIVEN + GIVEN_FROM_ELSEWHERE + FAMILY + FAMILY_FROM_ELSEWHERE}
    assert all(name and name.isascii() for name in every)
