"""Comparing two versions."""

from hypothesis import given
from hypothesis import strategies as st

from styrfart.mandates.comparing import Kind, Pair, Piece, compare_rows, compare_texts


def test_a_changed_word_is_shown_as_gone_and_new_among_what_stays() -> None:
    assert compare_texts("Vi väger behov", "Vi väger resurser") == [
        Piece(Kind.SAME, "Vi väger "),
        Piece(Kind.GONE, "behov"),
        Piece(Kind.NEW, "resurser"),
    ]


def test_equal_texts_are_one_piece_and_empty_ones_none() -> None:
    assert compare_texts("Lika", "Lika") == [Piece(Kind.SAME, "Lika")]
    assert compare_texts("", "") == []


def test_very_long_texts_stand_one_after_the_other() -> None:
    before, after = "a b " * 1000, "b a " * 1000
    assert compare_texts(before, after) == [Piece(Kind.GONE, before), Piece(Kind.NEW, after)]


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
def test_both_texts_can_be_read_from_the_comparison(before: str, after: str) -> None:
    pieces = compare_texts(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != Kind.NEW) == before
    assert "".join(piece.text for piece in pieces if piece.kind != Kind.GONE) == after


def test_a_rule_put_in_above_does_not_move_the_others() -> None:
    assert compare_rows({"a": "A", "b": "B"}, {"x": "X", "a": "A", "b": "B"}) == [
        Pair(None, "X"),
        Pair("A", "A"),
        Pair("B", "B"),
    ]


def test_a_removed_rule_stands_where_it_stood() -> None:
    assert compare_rows({"a": "A", "b": "B", "c": "C"}, {"a": "A", "c": "C"}) == [
        Pair("A", "A"),
        Pair("B", None),
        Pair("C", "C"),
    ]


def test_the_one_rule_that_moved_is_the_one_said_to_have_moved() -> None:
    before = {"a": "A", "b": "B", "c": "C", "d": "D"}
    after = {"d": "D", "a": "A", "b": "B2", "c": "C"}
    assert compare_rows(before, after) == [
        Pair("D", "D", has_moved=True),
        Pair("A", "A"),
        Pair("B", "B2"),
        Pair("C", "C"),
    ]


keys = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(keys, keys)
def test_every_row_appears_once_and_the_new_order_is_kept(before: list[str], after: list[str]) -> None:
    pairs = compare_rows({key: key for key in before}, {key: key for key in after})
    assert [pair.after for pair in pairs if pair.after] == after
    assert sorted(pair.before for pair in pairs if pair.before) == sorted(before)
    if sorted(before) == before and sorted(after) == after:
        assert not any(pair.has_moved for pair in pairs)
