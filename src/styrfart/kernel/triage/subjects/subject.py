"""What a subject is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: by what a rule names it, and how else it is spoken of."""

    names: tuple[str, ...]
    sure: tuple[str, ...]
    """Acts and objects that are seldom spoken of in anything else."""
    loose: tuple[str, ...] = ()
    """Participants, places and words of several meanings: they need company."""


def subject(names: str, sure: str, loose: str = "") -> Subject:
    """The subject; words and phrases are parted by commas."""
    return Subject(_phrases(names), _phrases(sure), _phrases(loose))


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())
