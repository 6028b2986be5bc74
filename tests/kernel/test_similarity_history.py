"""What history suggests, and when it is silent."""

import pytest

from styrfart.kernel.errors import KernelError
from styrfart.kernel.similarity import Caution, Hit, Silence, route_from_history


def hits(*settled: tuple[str | None, float]) -> list[Hit]:
    return [Hit(number, likeness, label) for number, (label, likeness) in enumerate(settled)]


AGREED = hits(("post", 0.6), ("post", 0.5), ("post", 0.3))


def test_history_speaks_when_enough_alike_went_the_same_way() -> None:
    history = route_from_history(AGREED, labelled=200)

    assert (history.label, history.share, history.silence) == ("post", 1.0, None)
    assert [hit.id for hit in history.evidence] == [0, 1, 2]


def test_history_is_silent_before_two_hundred_labels() -> None:
    history = route_from_history(AGREED, labelled=199)

    assert (history.label, history.silence) == (None, Silence.FEW_LABELS)


@pytest.mark.parametrize(
    ("neighbours", "silence"),
    [
        ([], Silence.NOTHING_ALIKE),
        (hits(("post", 0.19)), Silence.NOTHING_ALIKE),
        (hits((None, 0.9), (None, 0.8)), Silence.NOTHING_ALIKE),
        (hits(("post", 0.9), ("post", 0.8), ("post", 0.1)), Silence.FEW_ALIKE),
        (hits(("post", 0.5), ("meeting", 0.5), ("post", 0.4)), Silence.DISAGREEMENT),
    ],
)
def test_history_is_silent_about_what_it_has_hardly_seen(neighbours: list[Hit], silence: Silence) -> None:
    history = route_from_history(neighbours, labelled=500)

    assert (history.label, history.silence) == (None, silence)


def test_the_nearest_weigh_most() -> None:
    near = hits(("post", 0.9), ("post", 0.8), ("meeting", 0.3), ("meeting", 0.2))

    assert route_from_history(near, labelled=500).label == "post"


def test_only_the_nearest_are_asked_and_in_any_order() -> None:
    many = hits(*[("meeting", 0.2)] * 20, *[("post", 0.7)] * 10)

    assert route_from_history(many, labelled=500).label == "post"


def test_an_even_vote_is_no_agreement_whatever_caution_allows() -> None:
    even = hits(("post", 0.5), ("meeting", 0.5))
    history = route_from_history(even, labelled=1, caution=Caution(labels=0, alike=2, agreement=0.5))

    assert history.label == "post"
    assert history.share == 0.5


def test_caution_can_be_set() -> None:
    daring = Caution(labels=1, alike=1, likeness=0.0, agreement=0.5)

    assert route_from_history(hits(("line", 0.01)), labelled=1, caution=daring).label == "line"


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(KernelError):
        route_from_history(AGREED, labelled=-1)
