"""What a respondent leaves behind at a real server: nothing of link, person or session, in any file."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.climate.hands import Hand, answering, build, found, installed
from tests.climate.test_raw_files import written
from tests.installation import HAS_POSTGRESQL, Installation

WORDS = "Mer tid för eftertanke, sa uttern"
# Nobody else answers so: the cluster is shared with the tests that run at the same time.
SIGNS = "415243514"
SESSIONS = """
    import json
    from django.contrib.sessions.models import Session
    from styrfart.shared.models import AuditEntry
    from styrfart.people.models import Person
    print(json.dumps([
        sorted(map(str, Session.objects.values_list("session_key", "session_data", "expire_date"))),
        AuditEntry.objects.count(),
        sorted(map(str, Person.objects.values_list())),
    ]))
"""
CHECKPOINT = "from django.db import connection\nconnection.cursor().execute('CHECKPOINT')"


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=pytest.mark.skipif(not HAS_POSTGRESQL, reason="no PostgreSQL")),
    ]
)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    with installed(request.param, tmp_path) as made:
        yield made


def files(shop: Installation) -> dict[str, bytes]:
    """Every file that the installation and its database have written, but for the keys of rounds."""
    is_cluster = shop.env.get("STYRFART_DATABASE") == "postgresql"
    if is_cluster:
        shop.python(CHECKPOINT)
    outside = (shop.data / "keys", shop.data / "static")
    found = {
        str(file): file.read_bytes()
        for file in sorted(shop.folder.rglob("*"))
        if file.is_file() and not set(file.parents) & set(outside)
    }
    if is_cluster:
        found |= {str(file): content for file, content in written()}
    return found


def walk(hand: Hand) -> None:
    """The whole path, as somebody who also looks at a page twice and goes back."""
    assert hand.ask("GET", "")[0] == 200
    for number, sign in enumerate(SIGNS, start=1):
        assert hand.ask("GET", f"{number}/")[0] == 200
        assert hand.ask("POST", f"{number}/", answer=sign)[0] == 302
    assert hand.ask("POST", "ord/1/", text=WORDS)[0] == 302
    assert WORDS in hand.ask("GET", "kontroll/")[2]
    assert hand.send() == 302
    assert "Tack." in hand.ask("GET", "klart/")[2]
    assert "redan använd" in hand.ask("GET", "")[2]


def test_what_is_sent_leaves_no_trace_of_link_or_person_on_disk(shop: Installation) -> None:
    links = build(shop, 3)["links"]
    # Killed, so that nothing is tidied up: the write-ahead log is as it was.
    with answering(shop, signal.SIGKILL) as port:
        for link in links:
            walk(Hand(port, link))
        guess = Hand(port, "ingen-lank-som-finns-x")
        assert guess.ask("GET", "")[0] == 404
    assert found(shop)["texts"] == [WORDS] * 3
    held = files(shop)
    traces = [*links, "ingen-lank-som-finns-x", WORDS, SIGNS]
    assert {
        (name, trace) for name, content in held.items() for trace in traces if trace.encode() in content
    } == set()
    # The search would find: the log tells of the requests, and the database of the people.
    log = held[str(shop.folder / "log")].decode()
    assert log.count('"path": "/puls/*/skicka/"') == 3
    assert any(b"climate_ballot" in content for content in held.values())


def test_a_signed_in_person_who_answers_is_nobody(shop: Installation) -> None:
    known = build(shop, 2)
    name, session = known["session"]
    before = json.loads(shop.python(SESSIONS).splitlines()[-1])
    assert len(before[0]) == 1
    with answering(shop) as port:
        hand = Hand(port, known["links"][0], {name: session})
        walk(hand)
        assert hand.cookies[name] == session
    assert json.loads(shop.python(SESSIONS).splitlines()[-1]) == before
    assert session not in (shop.folder / "log").read_text()
