"""Similar matters: how well and how fast, beside its own parts, TF-IDF of letters and SQLite FTS5, in one
run.

    .venv/bin/python benchmarks/similarity.py [matters, 20000 unless told otherwise]

Quality is measured on the development part of SweFAQ (SuperLim-2, Språkbanken Text, CC BY 4.0), found in
STYRFART_SWEFAQ or in ../shared/data beside the project; without it that table is left out. Speed is CPU
time on invented matters of about 80 words. The limits are the design's: 10 ms a search, 5 ms to add one, 5
s to build.
"""

import bisect
import itertools
import math
import random
import re
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from styrfart.kernel import swedish  # noqa: E402  # after the path is set
from styrfart.kernel.similarity import (  # noqa: E402  # after the path is set
    ALL,
    Document,
    Index,
    Remove,
    Weights,
    from_bytes,
    to_bytes,
)
from styrfart.kernel.triage.lexicon import PARTS  # noqa: E402  # after the path is set
from tests.kernel.test_similarity_swefaq import FILE, Score, measured, read  # noqa: E402  # after the path is set

WORDS, SEED, ROUNDS = 80, 1, 25
Rank = Callable[[str, list[str]], list[str]]


# --- How well ---


def ours(weights: Weights) -> Rank:
    """Our index with these weights."""
    _, answers, _ = read()
    index = Index.of([Document(id_, text) for id_, text in answers.items()], weights=weights)
    return lambda query, among: [str(hit.id) for hit in index.search(query, allowed=among, k=len(among))]


def tfidf_of_letters() -> Rank:
    """TF-IDF of three to five letters within words, logarithmic counts, cosine: char_wb by hand."""
    _, answers, _ = read()
    counted = {id_: Counter(letters(text)) for id_, text in answers.items()}
    spread = Counter(letter for counts in counted.values() for letter in counts)

    def vector(counts: Counter[str]) -> dict[str, float]:
        weights = {
            letter: (1 + math.log(count)) * (math.log((1 + len(counted)) / (1 + spread[letter])) + 1)
            for letter, count in counts.items()
        }
        norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {letter: weight / norm for letter, weight in weights.items()}

    vectors = {id_: vector(counts) for id_, counts in counted.items()}

    def rank(query: str, among: list[str]) -> list[str]:
        asked = vector(Counter(letters(query)))
        likeness = {
            id_: sum(weight * vectors[id_].get(letter, 0.0) for letter, weight in asked.items())
            for id_ in among
        }
        return sorted((id_ for id_ in among if likeness[id_] > 0), key=lambda id_: (-likeness[id_], id_))

    return rank


def letters(text: str) -> list[str]:
    """Three to five letters in a row of each word, with the space before and after it."""
    return [
        f" {word} "[at : at + size]
        for word in swedish.words(text)
        for size in (3, 4, 5)
        for at in range(max(1, len(word) + 3 - size))
    ]


def fts5() -> Rank:
    """SQLite's full-text index over three letters in a row, ranked by its own BM25."""
    _, answers, _ = read()
    store = trigram_store(answers)

    def rank(query: str, among: list[str]) -> list[str]:
        allowed = set(among)
        return [id_ for (id_,) in store.execute(TRIGRAM_QUERY, (trigrams(query), -1)) if id_ in allowed]

    return rank


TRIGRAM_QUERY = "SELECT id FROM matter WHERE matter MATCH ? ORDER BY bm25(matter) LIMIT ?"


def trigram_store(texts: dict[str, str]) -> sqlite3.Connection:
    """The texts in an index of their own, in memory."""
    store = sqlite3.connect(":memory:")
    store.execute("CREATE VIRTUAL TABLE matter USING fts5(id UNINDEXED, text, tokenize='trigram')")
    store.executemany("INSERT INTO matter VALUES (?, ?)", texts.items())
    return store


def trigrams(query: str) -> str:
    """Any three letters in a row of the query's words."""
    said = re.findall(r"\w{3,}", query.lower())
    return " OR ".join(
        dict.fromkeys(f'"{word[at : at + 3]}"' for word in said for at in range(len(word) - 2))
    )


def print_quality() -> None:
    """The table of how well."""
    if not FILE.is_file():
        print("SweFAQ is not here: quality is left out.\n")
        return
    rows: dict[str, Rank] = {
        "stems and letters (ours)": ours(Weights()),
        "stems alone, BM25": ours(Weights(stems=1.0)),
        "letters alone, BM25 of 4": ours(Weights(stems=0.0)),
        "letters alone, TF-IDF of 3-5": tfidf_of_letters(),
        "SQLite FTS5 trigram": fts5(),
    }
    print(f"SweFAQ development part, {len(read()[0])} questions   MRR@10   right in category   above chance")
    for name, rank in rows.items():
        score: Score = measured(rank)
        print(f"  {name:40s} {score.mrr:8.3f} {score.accuracy:19.3f} {score.alpha:14.3f}")
    print()


# --- How fast ---


def invented_matters(count: int) -> list[str]:
    """Texts of words that are as unevenly common as words are, two thirds of the rarer ones compounds."""
    chance = random.Random(SEED)  # noqa: S311  # invented texts, no secrets
    parts = sorted(part for part in PARTS if len(part) > 3)
    compounds = [
        a + b for a, b in zip(chance.choices(parts, k=60_000), chance.choices(parts, k=60_000), strict=True)
    ]
    chance.shuffle(parts)
    vocabulary = list(dict.fromkeys([*sorted(swedish.FUNCTION_WORDS), *parts, *compounds]))
    shares = list(itertools.accumulate(1 / (place + 2.7) for place in range(len(vocabulary))))
    return [
        " ".join(vocabulary[bisect.bisect(shares, chance.random() * shares[-1])] for _ in range(WORDS))
        for _ in range(count)
    ]


def print_speed(count: int) -> None:
    """The table of how fast."""
    texts = invented_matters(count)
    titles = [" ".join(text.split()[:12]) for text in texts]
    mean = sum(map(len, texts)) / count
    print(f"{count} invented matters of {WORDS} words, {mean:.0f} letters each; CPU time")
    start = time.process_time()
    index = Index.of([Document(number, text) for number, text in enumerate(texts)])
    print(f"  build {time.process_time() - start:.2f} s (limit 5 s)")
    entries = index.letters.size + index.stems.size
    print(f"  {entries / count:.0f} entries a matter, {5 * entries / 1e6:.0f} MB in all")
    kept = to_bytes(index)
    print(f"  {len(kept) / 1e6:.1f} MB as bytes")

    half, few = index.allow(range(0, count, 2)), index.allow(range(0, count, 100))
    row("search, 12 words, all", lambda n: index.search(titles[n], allowed=ALL), 10)
    row("search, 80 words, all", lambda n: index.search(texts[n], allowed=ALL), 10)
    row("search, 12 words, every second allowed", lambda n: index.search(titles[n], allowed=half), 10)
    row("search, 80 words, every second allowed", lambda n: index.search(texts[n], allowed=half), 10)
    row("search, 80 words, every hundredth allowed", lambda n: index.search(texts[n], allowed=few), 10)
    row("permissions of every second", lambda n: index.allow(range(n % 2, count, 2)))
    row("add one", lambda n: index.apply([Document("ny", texts[n])]), 5)
    row("replace one", lambda n: index.apply([Document(n, texts[n + 1])]), 5)
    row("remove one", lambda n: index.apply([Remove(n)]), 5)
    row("add 2 000, each on top of the last", adding(index, texts), 5, rounds=2_000)
    row("to bytes", lambda _: to_bytes(index), rounds=3)
    row("from bytes", lambda _: from_bytes(kept), rounds=3)
    print_peer_speed(texts, titles)


def row(
    name: str, work: Callable[[int], object], limit: float | None = None, *, rounds: int = ROUNDS
) -> None:
    """One line: median and longest CPU time of a piece of work."""
    took = []
    for number in range(rounds):
        start = time.process_time()
        work(number)
        took.append(1000 * (time.process_time() - start))
    took.sort()
    told = f"{took[len(took) // 2]:8.1f} ms   longest {took[-1]:8.1f} ms"
    print(f"  {name:44s}{told}" + (f"   limit {limit:.0f} ms" if limit else ""))


def print_peer_speed(texts: list[str], titles: list[str]) -> None:
    """The same of SQLite's full-text index."""
    start = time.process_time()
    store = trigram_store({str(number): text for number, text in enumerate(texts)})
    print(f"  SQLite FTS5 trigram: build {time.process_time() - start:.2f} s")
    for name, queries in (("12", titles), ("80", texts)):
        row(f"SQLite FTS5 trigram: search, {name} words, all", searching(store, queries), rounds=5)


def searching(store: sqlite3.Connection, queries: list[str]) -> Callable[[int], object]:
    """The ten best of the peer for each query."""
    return lambda n: store.execute(TRIGRAM_QUERY, (trigrams(queries[n]), 10)).fetchall()


def adding(index: Index, texts: list[str]) -> Callable[[int], object]:
    """Each addition on top of the last, so that the second level is folded into the first on the way."""
    grown = [index]
    return lambda n: grown.append(grown.pop().apply([Document(f"ny {n}", texts[n % len(texts)])]))


def main() -> None:
    """Both tables."""
    print_quality()
    print_speed(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)


if __name__ == "__main__":
    main()
