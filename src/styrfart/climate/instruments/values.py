"""What an instrument is, as values; read from TOML and JSON alike, and refused when it is not whole."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

LANGUAGES = ("sv", "en")
_KEY = re.compile(r"[a-z][a-z0-9-]{0,39}")
MOST_STEPS, MOST_ITEMS = 11, 60


class InstrumentError(ValueError):
    """An instrument that cannot be used, and why, for the one who writes the file."""


class Licence(Enum):
    """By what right the text stands here. There is no value for "we found it somewhere"."""

    OWN = "own"  # written for this product
    ORGANISATION = "organisation"  # composed in the interface by those who use it
    SKR_FREE = "skr-free"  # municipalities and regions may use it free of charge, with its source
    CC_BY = "cc-by"  # with attribution


class Answering(Enum):
    """Who is asked about what, and so by which thresholds it is shown."""

    WORKPLACE = "workplace"  # those who work in a unit
    TEAM = "team"  # the members of a management team
    MANAGER = "manager"  # those who lead units, about the conditions of their posts


@dataclass(frozen=True)
class Words:
    """A text in the languages that it exists in. `is_original`: which of them its author wrote."""

    texts: Mapping[str, str]

    def to(self, language: str) -> str:
        """The text in that language, else in one that it has: a question is never left out."""
        return self.texts.get(language) or next(iter(self.texts.values()), "")

    def __bool__(self) -> bool:
        return any(self.texts.values())


@dataclass(frozen=True)
class Item:
    key: str
    text: Words
    is_reversed: bool = False


@dataclass(frozen=True)
class SubIndex:
    key: str
    name: Words
    items: tuple[str, ...]


@dataclass(frozen=True)
class Instrument:
    """A questionnaire on one scale of `len(steps)` steps; each answer becomes an index from 0 to 100.

    `key` and `version` name it for ever: another wording is another version. `steps`: what each step is
    called, the lowest first. `original`: the language it was written and, if so, validated in; what exists
    in others is a translation. `kolada`: the national database's indicator for a measure ("total", a
    sub-index, an item), where the measure is computed exactly as there.
    """

    key: str
    version: int
    title: Words
    about: Words
    licence: Licence
    source: str
    original: str
    is_validated: bool
    validation: Words
    answering: Answering
    steps: tuple[Words, ...]
    items: tuple[Item, ...]
    sub_indices: tuple[SubIndex, ...]
    total: Words  # what the index of all items is called; empty: it is not shown
    higher_is_better: bool | None
    kolada: Mapping[str, str]

    @property
    def name(self) -> str:
        """Key and version: "hme@1"."""
        return f"{self.key}@{self.version}"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that every question and step exists in."""
        every = [*(item.text for item in self.items), *self.steps]
        return tuple(each for each in LANGUAGES if all(words.texts.get(each) for words in every))

    @property
    def measures(self) -> dict[str, Words]:
        """What is shown as an index, in the order of the page: sub-indices, total, items."""
        parts = {part.key: part.name for part in self.sub_indices}
        whole = {"total": self.total} if self.total else {}
        return parts | whole | {item.key: item.text for item in self.items}


def instrument_of(data: Mapping[str, Any]) -> Instrument:
    """Read an instrument; raises `InstrumentError` for anything missing, unknown or at odds with itself."""
    try:
        made = Instrument(
            key=_key(data["key"]),
            version=int(data["version"]),
            title=_words(data["title"]),
            about=_words(data.get("about", {})),
            licence=Licence(data["licence"]),
            source=str(data["source"]).strip(),
            original=data["original"],
            is_validated=bool(data["is_validated"]),
            validation=_words(data["validation"]),
            answering=Answering(data.get("answering", "workplace")),
            steps=tuple(_words(each) for each in data["steps"]),
            items=tuple(
                Item(_key(each["key"]), _words(each["text"]), bool(each.get("is_reversed", False)))
                for each in data["items"]
            ),
            sub_indices=tuple(
                SubIndex(_key(each["key"]), _words(each["name"]), tuple(each["items"]))
                for each in data.get("sub_indices", [])
            ),
            total=_words(data.get("total", {})),
            higher_is_better=data.get("higher_is_better", True),
            kolada=dict(data.get("kolada", {})),
        )
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, InstrumentError):
            raise
        raise InstrumentError(f"{data.get('key', '?')}: {error!r}") from error
    _check(made)
    return made


def plain(instrument: Instrument) -> dict[str, Any]:
    """The instrument as JSON, for the copy that a round keeps; `instrument_of` reads it back."""
    return {
        "key": instrument.key,
        "version": instrument.version,
        "title": dict(instrument.title.texts),
        "about": dict(instrument.about.texts),
        "licence": instrument.licence.value,
        "source": instrument.source,
        "original": instrument.original,
        "is_validated": instrument.is_validated,
        "validation": dict(instrument.validation.texts),
        "answering": instrument.answering.value,
        "steps": [dict(each.texts) for each in instrument.steps],
        "items": [
            {"key": item.key, "text": dict(item.text.texts), "is_reversed": item.is_reversed}
            for item in instrument.items
        ],
        "sub_indices": [
            {"key": part.key, "name": dict(part.name.texts), "items": list(part.items)}
            for part in instrument.sub_indices
        ],
        "total": dict(instrument.total.texts),
        "higher_is_better": instrument.higher_is_better,
        "kolada": dict(instrument.kolada),
    }


def _key(value: Any) -> str:
    if not isinstance(value, str) or not _KEY.fullmatch(value):
        raise InstrumentError(f"{value!r} is no key: small letters, digits and hyphens")
    return value


def _words(value: Any) -> Words:
    if not isinstance(value, Mapping) or not set(value) <= set(LANGUAGES):
        raise InstrumentError(f"{value!r} is no text by language")
    return Words({each: str(value[each]).strip() for each in LANGUAGES if str(value.get(each, "")).strip()})


def _check(made: Instrument) -> None:
    """What must hold of every instrument."""
    keys = [item.key for item in made.items]
    every = [*keys, *(part.key for part in made.sub_indices), "total"]
    faults = {
        "it has no source": not made.source,
        "its original language is not one of ours": made.original not in LANGUAGES,
        "it does not say whether it is validated": not made.validation,
        "it has no title": not made.title,
        "it has 2 to 11 steps": not 2 <= len(made.steps) <= MOST_STEPS,
        "it has 1 to 60 items": not 1 <= len(keys) <= MOST_ITEMS,
        "two things have the same key": len(set(every)) != len(every),
        "a sub-index names an item that is not there": any(
            not part.items or not set(part.items) <= set(keys) for part in made.sub_indices
        ),
        "a text is not written in the original language": any(
            not words.texts.get(made.original) for words in [*(item.text for item in made.items), *made.steps]
        ),
        "an indicator is named for a measure that is not there": not set(made.kolada) <= set(every),
    }
    for fault, is_so in faults.items():
        if is_so:
            raise InstrumentError(f"{made.key}: {fault}")
