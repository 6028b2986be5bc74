"""The real server, killed while answers arrive and clicked at twice: what was confirmed is there once."""

import http.client
import json
import random
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from styrfart.climate import keys
from tests.climate.hands import Hand, answering, build, found, installed, signs_of
from tests.installation import HAS_POSTGRESQL, Installation

HANDS, ROUNDS, ENOUGH = 6, 3, 40
COUNT = """
    import json
    from styrfart.climate.actions import close_round, count_round
    from styrfart.climate.models import Answer, Round
    pk = Round.objects.get().pk
    close_round(round_id=pk)
    count_round(round_id=pk)
    print(json.dumps(dict(Answer.objects.values_list("values", "number"))))
"""


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=pytest.mark.skipif(not HAS_POSTGRESQL, reason="no PostgreSQL")),
    ]
)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    with installed(request.param, tmp_path) as made:
        made.env["STYRFART_LOG_LEVEL"] = "ERROR"
        yield made


class Sender(threading.Thread):
    """Sends one answer after the other until the server is gone; remembers which were confirmed."""

    def __init__(self, port: int, links: Iterator[tuple[int, str]]) -> None:
        super().__init__(daemon=True)
        self.port, self.links = port, links
        self.confirmed: list[int] = []
        self.refused: list[int] = []

    def run(self) -> None:
        try:
            for number, link in self.links:
                hand = Hand(self.port, link, {"answers": signs_of(number)})
                status = hand.send()
                (self.confirmed if status == 302 else self.refused).append(number)
        except (OSError, http.client.HTTPException):
            return


class Shared(Iterator[tuple[int, str]]):
    """Links given out one by one to several senders."""

    def __init__(self, links: list[tuple[int, str]]) -> None:
        self.links, self.lock = links, threading.Lock()

    def __next__(self) -> tuple[int, str]:
        with self.lock:
            if not self.links:
                raise StopIteration
            return self.links.pop()


def test_every_confirmed_answer_is_there_exactly_once_after_kills(shop: Installation) -> None:
    links = build(shop, 600)["links"]
    left = list(enumerate(links))
    chance = random.Random(5)  # noqa: S311  # when to strike, not a secret
    confirmed: set[int] = set()
    for round_ in range(1, ROUNDS + 1):
        shared = Shared(left)
        with answering(shop, signal.SIGKILL) as port:
            senders = [Sender(port, shared) for _ in range(HANDS)]
            for sender in senders:
                sender.start()
            until = time.monotonic() + 60
            while sum(len(each.confirmed) for each in senders) < ENOUGH and time.monotonic() < until:
                time.sleep(0.002)
            time.sleep(chance.random() * 0.05)
            assert all(each.is_alive() for each in senders), "answers arrive when it strikes"
        for sender in senders:
            sender.join(timeout=35)
            assert sender.refused == []
            confirmed.update(sender.confirmed)
        assert len(confirmed) >= round_ * ENOUGH
        there = found(shop)
        assert there["values"] == sorted(set(there["values"])), "each once"
        assert len(there["used"]) == len(there["values"]), "none by halves"
        assert {signs_of(number) for number in confirmed} <= set(there["values"])
        assert {str(keys.used_id(links[number])) for number in confirmed} <= set(there["used"])
        # At most one of each sender was stored and not yet confirmed when it struck.
        assert len(there["values"]) - len(confirmed) <= HANDS * round_

    # Whoever lost the connection clicks again, and so does everybody else: nobody is counted twice.
    again = sorted(confirmed)[:50] + [number for number in range(len(links)) if number not in confirmed][:50]
    with answering(shop) as port:
        assert [Hand(port, links[nr], {"answers": signs_of(nr)}).send() for nr in again] == [302] * 100
    counted: dict[str, int] = json.loads(shop.python(COUNT).splitlines()[-1])
    assert set(counted.values()) == {1}
    assert {signs_of(number) for number in confirmed | set(again)} <= set(counted)


def test_clicks_at_the_same_moment_give_one_answer_and_all_get_the_receipt(shop: Installation) -> None:
    links = build(shop, 20)["links"]
    with answering(shop) as port:
        for number, link in enumerate(links):
            hands = [Hand(port, link, {"answers": signs_of(number)}) for _ in range(5)]
            start, got = threading.Barrier(len(hands)), list[int]()

            def click(hand: Hand, start: threading.Barrier = start, got: list[int] = got) -> None:
                start.wait(timeout=30)
                got.append(hand.send())

            threads = [threading.Thread(target=click, args=[hand]) for hand in hands]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(timeout=60)
            assert got == [302] * len(hands)
            assert all("Tack. Rapporten delas med dig" in hand.ask("GET", "klart/")[2] for hand in hands)
    there = found(shop)
    assert there["values"] == sorted(signs_of(number) for number in range(len(links)))
    assert len(there["used"]) == len(links)
