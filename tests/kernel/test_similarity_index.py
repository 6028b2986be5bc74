"""The index of texts: what it finds, for whom, and that how it came about does not matter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.errors import KernelError
from styrfart.kernel.similarity import ALL, Document, Hit, Index, Remove, Weights
from styrfart.kernel.similarity import postings as levels
from styrfart.kernel.similarity.features import features

TEXTS = {
    1: "Hur löser vi sommarbemanningen på äldreboendet?",
    2: "Ny bemanningsplan för receptionen i jul",
    3: "Ska vi köpa in elcyklar till hemtjänsten?",
    4: "Remiss om ny översiktsplan för staden",
    5: "Hur svarar vi på remissen om kollektivtrafiken?",
}
INDEX = Index.of([Document(id_, text) for id_, text in TEXTS.items()])


def ids(hits: tuple[Hit, ...]) -> list[int | str]:
    return [hit.id for hit in hits]


# --- Finding ---


def test_compounds_that_share_no_word_are_alike() -> None:
    assert ids(INDEX.search("bemanning", allowed=ALL)) == [2, 1]


def test_other_forms_of_the_words_are_alike() -> None:
    assert ids(INDEX.search("remisser", allowed=ALL))[:2] in ([4, 5], [5, 4])


def test_a_text_is_as_like_itself_as_can_be() -> None:
    for id_, text in TEXTS.items():
        best = INDEX.search(text, allowed=ALL)[0]
        assert best.id == id_
        assert best.similarity == pytest.approx(1.0)


def test_what_shares_nothing_is_not_found() -> None:
    assert INDEX.search("xylofon", allowed=ALL) == ()
    assert INDEX.search("", allowed=ALL) == ()
    assert Index.empty().search("bemanning", allowed=ALL) == ()


def test_at_most_k_are_found_and_equals_come_in_order_of_id() -> None:
    same = Index.of([Document(id_, "lika text") for id_ in ("b", 10, "a", 9)])

    assert ids(same.search("lika text", allowed=ALL, k=3)) == [9, 10, "a"]


def test_rare_words_say_more_than_common_ones() -> None:
    common = [Document(number, "Ärende om avtal och annat") for number in range(30)]
    index = Index.of([*common, Document("sällsynt", "Ärende om väderkvarn")])

    assert ids(index.search("avtal för väderkvarn", allowed=ALL, k=1)) == ["sällsynt"]


def test_a_hit_says_how_the_matter_was_settled() -> None:
    index = Index.of([Document(1, "bemanning", "post"), Document(2, "bemanning i jul")])

    assert [hit.label for hit in index.search("bemanning", allowed=ALL)] == ["post", None]
    assert (index.labelled(ALL), index.labelled([2])) == (1, 0)


def test_no_k_is_refused() -> None:
    with pytest.raises(KernelError, match="k is 0"):
        INDEX.search("bemanning", allowed=ALL, k=0)


# --- Permissions ---


def test_what_the_reader_may_not_see_is_not_found() -> None:
    assert ids(INDEX.search("bemanning", allowed=[1, 4])) == [1]
    assert INDEX.search("bemanning", allowed=[]) == ()
    assert INDEX.search("bemanning", allowed=["okänd"]) == ()


def test_permissions_can_be_kept_for_many_searches_of_one_index() -> None:
    allowed = INDEX.allow({1, 4})

    assert INDEX.search("bemanning", allowed=allowed) == INDEX.search("bemanning", allowed=[1, 4])


def test_permissions_do_not_follow_to_a_changed_index() -> None:
    allowed = INDEX.allow({1})
    with pytest.raises(KernelError, match="another state"):
        INDEX.apply([Remove(2)]).search("bemanning", allowed=allowed)


VOCABULARY = (
    "bemanning",
    "sommarbemanning",
    "lokal",
    "lokaler",
    "avtal",
    "skola",
    "budget",
    "och",
    "på",
    "it-stöd",
)
texts = st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join)
stores = st.dictionaries(st.integers(0, 15), texts, max_size=12)
calm = settings(deadline=None, max_examples=150)


@calm
@given(stores, st.sets(st.integers(0, 15)), texts)
def test_a_search_answers_exactly_as_if_what_is_forbidden_did_not_exist(
    store: dict[int, str], allowed: set[int], query: str
) -> None:
    whole = Index.of([Document(id_, text) for id_, text in store.items()])
    alone = Index.of([Document(id_, text) for id_, text in store.items() if id_ in allowed])

    assert whole.search(query, allowed=allowed, k=20) == alone.search(query, allowed=ALL, k=20)


# --- Changing ---


def test_adding_replacing_and_removing_give_new_indexes_and_leave_the_old() -> None:
    added = INDEX.apply([Document(6, "Bemanning i växeln")])
    replaced = added.apply([Document(1, "Något helt annat")])
    removed = replaced.apply([Remove(6)])

    assert [ids(index.search("bemanning", allowed=ALL)) for index in (INDEX, added, replaced, removed)] == [
        [2, 1],
        [6, 2, 1],
        [6, 2],
        [2],
    ]
    assert [len(index) for index in (INDEX, added, replaced, removed)] == [5, 6, 6, 5]
    assert (6 in added, 6 in removed) == (True, False)


def test_changes_may_be_applied_twice() -> None:
    changes: list[Document | Remove] = [Document(6, "Bemanning i växeln"), Remove(2)]

    once = INDEX.apply(changes)

    assert once.apply(changes).search("bemanning", allowed=ALL) == once.search("bemanning", allowed=ALL)


def test_the_mark_says_how_far_the_index_has_read_and_never_goes_back() -> None:
    assert INDEX.apply([], mark=17).mark == 17
    with pytest.raises(KernelError, match="lower than 17"):
        INDEX.apply([], mark=17).apply([], mark=16)


@calm
@given(
    st.lists(st.tuples(st.integers(0, 9), st.none() | texts), max_size=40),
    st.integers(1, 60),
    texts,
    st.booleans(),
)
def test_how_an_index_came_about_does_not_matter(
    steps: list[tuple[int, str | None]], late: int, query: str, compact: bool
) -> None:
    """Added, replaced and removed in any order, in small levels or large: as if built from what is left."""
    usual, levels.LATE_ENTRIES = levels.LATE_ENTRIES, late
    try:
        index, store = Index.empty(), dict[int, str]()
        for id_, text in steps:
            index = index.apply([Remove(id_) if text is None else Document(id_, text)])
            store.pop(id_, None)
            if text is not None:
                store[id_] = text
        index = index.compacted() if compact else index
    finally:
        levels.LATE_ENTRIES = usual

    built = Index.of([Document(id_, text) for id_, text in store.items()])

    assert len(index) == len(store)
    assert index.search(query, allowed=ALL, k=20) == built.search(query, allowed=ALL, k=20)


def test_removed_rows_are_cleared_away_when_they_are_many() -> None:
    index = Index.of([Document(number, f"text {number}") for number in range(100)])

    left = index.apply([Remove(number) for number in range(40)])

    assert len(left.ids) == 60
    assert ids(left.search("text 50", allowed=ALL, k=1)) == [50]


# --- Odd texts ---


@calm
@given(st.lists(st.text(st.characters()), max_size=5), st.text(st.characters()))
def test_any_text_can_be_kept_and_sought(documents: list[str], query: str) -> None:
    index = Index.of([Document(number, text) for number, text in enumerate(documents)])

    for hit in index.search(query, allowed=ALL):
        assert 0 < hit.similarity <= 1


def test_a_word_said_often_is_counted_and_a_book_is_read_so_far() -> None:
    index = Index.of(
        [Document(1, "bemanning " * 400), Document(2, "x " * 2_000_000), Document(3, "bemanning")]
    )

    assert set(ids(index.search("bemanning", allowed=ALL))) == {1, 3}


def test_words_of_two_texts_never_meet() -> None:
    made = features(["ab", "cd"])

    assert sorted(made.letters.rows.tolist()) == [0, 1]
    assert made.letters.keys[0] == (32 << 24) | (ord("a") << 16) | (ord("b") << 8) | 32


def test_the_weights_can_be_set() -> None:
    words_only = Index.of([Document(1, "sommarbemanning")], weights=Weights(stems=1.0))

    assert words_only.search("bemanning", allowed=ALL) == ()
