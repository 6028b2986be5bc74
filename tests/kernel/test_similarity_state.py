"""An index as bytes: the same answers, and damaged bytes are refused."""

import numpy as np
import pytest

from styrfart.kernel.errors import KernelError
from styrfart.kernel.similarity import ALL, Document, Index, Remove, Weights, from_bytes, to_bytes

TEXTS = ("Sommarbemanningen på boendet", "Ny bemanningsplan", "Elcyklar till hemtjänsten", "", "Å\x00 😀 אבג")
QUERIES = ("bemanning", "cyklar", "å", "😀")


def built() -> Index:
    documents = [Document(number, text, "post" if number % 2 else None) for number, text in enumerate(TEXTS)]
    index = Index.of(
        [*documents, Document("sist", "Bemanning i växeln")], weights=Weights(stems=0.4), mark=12
    )
    return index.apply([Remove(1), Document(2, "Elsparkcyklar i staden", "meeting")])


def test_an_index_read_back_answers_alike() -> None:
    index = built()
    again = from_bytes(to_bytes(index))

    for query in QUERIES:
        assert again.search(query, allowed=ALL) == index.search(query, allowed=ALL)
        assert again.search(query, allowed=[2, "sist"]) == index.search(query, allowed=[2, "sist"])
    assert (len(again), again.mark, again.weights) == (len(index), 12, Weights(stems=0.4))


def test_an_index_read_back_can_be_changed() -> None:
    change: list[Document | Remove] = [Document(9, "Cyklar"), Remove(2)]
    index = built()

    assert from_bytes(to_bytes(index)).apply(change).search("cyklar", allowed=ALL) == index.apply(
        change
    ).search("cyklar", allowed=ALL)


def test_an_empty_index_can_be_kept() -> None:
    assert len(from_bytes(to_bytes(Index.empty(mark=3)))) == 0


def test_the_same_index_gives_the_same_bytes() -> None:
    assert to_bytes(built()) == to_bytes(built())


def test_damaged_bytes_are_refused() -> None:
    whole = to_bytes(built())
    noise = np.random.default_rng(7)
    for _ in range(300):
        spoiled = bytearray(whole)
        spoiled[int(noise.integers(len(whole)))] ^= int(noise.integers(1, 256))
        with pytest.raises(KernelError):
            from_bytes(bytes(spoiled))


@pytest.mark.parametrize("cut", [0, 1, 4, 5, 20, -1])
def test_cut_bytes_are_refused(cut: int) -> None:
    with pytest.raises(KernelError):
        from_bytes(to_bytes(built())[:cut])


def test_foreign_bytes_are_refused() -> None:
    with pytest.raises(KernelError, match="no index of this version"):
        from_bytes(b"\x80\x04pickle")
