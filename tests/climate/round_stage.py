"""An office with people, a pulse about it, and a clock that has done what waited."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from styrfart.climate.actions import launching, letters, rounds
from styrfart.climate.models import Round, RoundState
from styrfart.people.models import Person, Role, Unit
from tests import make

WORK = {
    each.func.__name__: each
    for each in (
        launching.prepare_round,
        letters.send_letters,
        letters.send_part,
        letters.send_reminders,
        letters.remind_part,
        letters.send_one,
    )
}


@dataclass
class Office:
    """An office with two units; the first has nine, the second three, the top its head."""

    top: Unit = field(default_factory=lambda: make.unit("Utvecklingskontoret"))
    head: Person = field(init=False)
    developer: Person = field(init=False)
    big: Unit = field(init=False)
    small: Unit = field(init=False)

    def __post_init__(self) -> None:
        self.head = make.post(in_unit=self.top, holder=make.person("Ingrid", "Hall")).person
        self.developer = make.role(Role.HR_DEVELOPER, make.person("Hanna", "Norén"))
        self.big = staffed(make.unit("Arkivet", parent=self.top), 9)
        self.small = staffed(make.unit("Växeln", parent=self.top), 3)


def staffed(unit: Unit, number: int, **fields: object) -> Unit:
    """So many employees in the unit."""
    for nr in range(number):
        make.post(in_unit=unit, is_head=False, holder=make.person(f"Bo{nr}", unit.name, **fields))
    return unit


def draft(office: Office, *, opens_in: int = 0, **fields: object) -> Round:
    """A draft of a pulse about the whole office."""
    today = timezone.localdate()
    wish = {
        "title": "Puls i november",
        "why": "Vi vill veta hur det går.",
        "instruments": ["hme"],
        "text_questions": [],
        "languages": ["sv"],
        "opens_on": today + dt.timedelta(days=opens_in),
        "closes_on": today + dt.timedelta(days=opens_in + 14),
        "report_on": today + dt.timedelta(days=opens_in + 18),
        "reminds_on": today + dt.timedelta(days=opens_in + 7),
        "units": [office.top],
        **fields,
    }
    return rounds.plan_round(wish=rounds.RoundWish(**wish), actor=office.developer)  # type: ignore[arg-type]  # as above


def launched(office: Office, **fields: object) -> Round:
    """A pulse that has been launched and prepared; open when it opens today. Its letters wait."""
    asked = draft(office, **fields)  # type: ignore[arg-type]  # as there
    launching.launch_round(round=asked, revision=1, actor=office.developer)
    DBTaskResult.objects.filter(task_path__endswith=".prepare_round").delete()
    launching.prepare_round.func(asked.pk)
    asked.refresh_from_db()
    assert asked.state in {RoundState.OPEN, RoundState.LAUNCHING}
    return asked


def work() -> list[str]:
    """Do what waits, and what comes of it; the names of what was done."""
    done: list[str] = []
    while waiting := list(DBTaskResult.objects.filter(status="READY").order_by("enqueued_at", "pk")):
        for each in waiting:
            name = each.task_path.rpartition(".")[2]
            args = each.args_kwargs["args"]
            each.delete()
            if name in WORK:
                done.append(name)
                WORK[name].func(*args)
    return done
