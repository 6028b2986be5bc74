"""Words and stems of Swedish text: what triage and similarity read.

The stem is Snowball's (M. F. Porter's algorithm for Swedish) with additions of our own, each because
administrative Swedish needs it: the definite forms in -an and -n ("skolan" meets "skolor", "policyn" meets
"policy"), the noun in -ning or -ing ("anställning" meets "anställa") and a final double m or n ("programmet"
meets "program").
"""

import functools
import re
import unicodedata

import snowballstemmer

LONGEST_WORD = 60
"""Longer runs of letters are no words; they are left out."""

_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_VOWELS = frozenset("aeiouyåäöéü")
_AN_STAYS = re.compile(r"(?:plan|organ|[^m]man|kran|gran|roman|slogan|span)$")
_VOWEL_N = re.compile(r"[iyöåé]n$")
_snowball = snowballstemmer.stemmer("swedish")


def fold(text: str, limit: int = 20_000) -> str:
    """The text in one form: composed, without invisible characters, casefolded.

    At most `limit` characters are read, so that a pasted book costs no more than a long letter. Any string is
    accepted, also with NUL, lone surrogates or right-to-left marks.
    """
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text[:limit])).casefold()


def words(text: str, limit: int = 20_000) -> list[str]:
    """The words of `text` in order, folded: runs of letters and digits, at most `LONGEST_WORD` long.

    A hyphen parts words: "IT-system" is "it", "system".
    """
    return [word for word in _WORD.findall(fold(text, limit)) if len(word) <= LONGEST_WORD]


def has_vowel(word: str) -> bool:
    """Whether the word can be spoken: no Swedish word of two letters or more lacks a vowel."""
    return not _VOWELS.isdisjoint(word)


@functools.lru_cache(maxsize=1 << 17)
def snowball(word: str) -> str:
    """Snowball's Swedish stem of one folded word."""
    return str(_snowball.stemWord(word))


@functools.lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The stem of one folded word: Snowball's, then the endings that it leaves in Swedish.

    "bemanning" and "bemanna" give "beman", "skolan" and "skolor" give "skol", "policyn" gives "policy".
    What is left must be long enough to be a stem: "ledning" and "bokning" stay, and so does "plan" in
    "arbetsplan".
    """
    short = word.find("ighet")
    if 0 <= short < 4:  # "ledighet" must not become "led"
        return word[: short + 5]
    root = snowball(word)
    if word.endswith(("an", "ans")) and not _AN_STAYS.search(root) and _can_lose(root, "an"):
        root = root[:-2]
    elif root.endswith(("mmet", "nnet")):
        root = root[:-3]
    elif len(root) >= 5 and _VOWEL_N.search(root):
        root = root[:-1]
    if root.endswith("ning"):
        root = root[:-4] if len(root) >= 8 else root
    elif root.endswith("ing") and len(root) >= 7:
        root = root[:-3]
    if len(root) >= 5 and root.endswith(("mm", "nn")):
        root = root[:-1]
    return root


def _can_lose(root: str, ending: str) -> bool:
    rest = root.removesuffix(ending)
    return rest != root and len(rest) >= 3 and rest[-1] not in _VOWELS and has_vowel(rest)
