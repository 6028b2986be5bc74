"""Two at once: on a database where transactions really overlap."""

import threading
import time
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connections

from styrfart.climate import keys
from styrfart.climate.actions import cast, launching
from styrfart.climate.actions.conditions import set_span_limits
from styrfart.climate.actions.counting import close_round, count_round
from styrfart.climate.actions.instruments import begin_version, compose_instrument, make_instrument_ready
from styrfart.climate.actions.releasing import release_round
from styrfart.climate.attacks import attack
from styrfart.climate.instruments import plain, shipped
from styrfart.climate.models import Answer, Ballot, OwnInstrument, Release, SpanLimits
from styrfart.climate.models.conditions import Limits
from styrfart.shared.models import AuditEntry
from tests import make
from tests.climate.round_stage import Office, draft, launched
from tests.climate.test_together import Town

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connections["default"].vendor != "postgresql", reason="SQLite writes one at a time"),
]
NINE = "543254321"


def at_once(*works: Callable[[], object]) -> list[object]:
    """What each came to, or the exception, when all begin at the same time."""
    start, came = threading.Barrier(len(works)), dict[int, object]()

    def do(nr: int, work: Callable[[], object]) -> None:
        start.wait()
        try:
            came[nr] = work()
        except Exception as error:  # noqa: BLE001  # told as what came of it
            came[nr] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=each) for each in enumerate(works)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return [came[nr] for nr in range(len(works))]


def test_a_round_is_launched_and_prepared_once() -> None:
    office = Office()
    asked = draft(office)
    came = at_once(*[lambda: launching.launch_round(round=asked, revision=1, actor=office.developer)] * 3)
    assert sorted(type(each).__name__ for each in came) == ["Round", "RoundMovedOn", "RoundMovedOn"]
    assert asked.groups.count() == 3
    assert at_once(*[lambda: launching.prepare_round.func(asked.pk)] * 3) == [None] * 3
    assert asked.invitations.count() == 13
    asked.refresh_from_db()
    key = keys.read(asked.pk)
    assert bytes(asked.public_key or b"") == key.public
    assert {each.digest for each in asked.invitations.all()} == {
        keys.digest_of(key.link(each.pk)) for each in asked.invitations.all()
    }


def test_what_was_confirmed_while_it_closed_is_counted_once_and_released_once() -> None:
    asked = launched(Office())
    key = keys.read(asked.pk)
    links = [key.link(pk) for pk in asked.invitations.values_list("pk", flat=True)]
    works = [partial(cast, link=link, values=NINE, texts={}) for link in links]
    came = at_once(*works[:8], lambda: close_round(round_id=asked.pk), *works[8:])
    confirmed = came.count(asked)
    assert Ballot.objects.count() == confirmed
    assert at_once(*[lambda: count_round(round_id=asked.pk)] * 3) == [None] * 3
    assert sum(Answer.objects.values_list("number", flat=True)) == confirmed
    released = at_once(*[lambda: release_round(round_id=asked.pk)] * 3)
    assert len({each.pk for each in released if isinstance(each, Release)}) == 1
    assert [type(each) for each in released] == [Release] * 3
    assert AuditEntry.objects.filter(verb="climate.release_round").count() == 1


def test_two_clicks_begin_one_version(monkeypatch: pytest.MonkeyPatch) -> None:
    hr = make.person("Hanna", "Rask")
    spec = plain(shipped()["hme"]) | {"licence": "organisation"}
    own = compose_instrument(spec=spec, origin="own", text_owner="Kontoret", actor=hr)
    make_instrument_ready(draft=own, revision=1, actor=hr)
    # The first is not done when the others ask which version is the latest.
    monkeypatch.setattr("styrfart.shared.audit.record", lambda *_args, **_more: time.sleep(0.5))
    came = at_once(*[lambda: begin_version(own=own, actor=hr)] * 3)
    assert len(set(came)) == 1
    assert list(OwnInstrument.objects.values_list("version", flat=True)) == [2, 1]


def test_of_two_who_set_limits_the_second_is_told() -> None:
    office, hr = make.unit(), make.person("Hanna", "Rask")
    came = at_once(
        *[
            partial(set_span_limits, unit=office, revision=0, limits=Limits(note, 8, 10), actor=hr)
            for note in (3, 4)
        ]
    )
    assert sorted(type(each).__name__ for each in came) == ["LimitsMoved", "SpanLimits"]
    assert SpanLimits.objects.get().revision == 1


def test_of_two_pulses_that_are_shown_at_once_one_sees_the_other() -> None:
    for _ in range(3):
        town = Town()
        whole, one = town.pulse(town.top, town.one, town.two, week=0), town.pulse(town.one, week=4)
        came = at_once(partial(release_round, round_id=whole.pk), partial(release_round, round_id=one.pk))
        assert [type(each) for each in came] == [Release, Release]
        held = [each for each in attack() if each.attack == "pulses together"]
        assert held
        assert all(each.is_safe for each in held)
