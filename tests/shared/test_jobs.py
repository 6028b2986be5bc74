"""Jobs run after commit, once in spite of many workers, again when their worker dies, and not for ever."""

import datetime as dt
import signal
import subprocess
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import connection, connections, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from styrfart.shared import jobs, worker
from styrfart.shared.models import Tick, WorkerPulse
from tests.installation import PREAMBLE, Installation, on_sqlite

done: list[object] = []
SOMEBODY = "anna.ek@demo.example"


class Refused(Exception):
    """What the failing job raises; its text names somebody."""


@jobs.job()
def note(value: object) -> None:
    done.append(value)


@jobs.job(attempts=3)
def refuse() -> None:
    raise Refused(SOMEBODY)


@pytest.fixture(autouse=True)
def _nothing_done() -> Iterator[None]:
    done.clear()
    with patch.dict(jobs.SCHEDULE, clear=True):
        yield


def the_job() -> worker.Row:
    return DBTaskResult.objects.get()


def make_due() -> None:
    DBTaskResult.objects.update(run_after=timezone.now() - dt.timedelta(seconds=1))


@pytest.mark.django_db
def test_a_job_runs_with_its_arguments_and_is_marked_done() -> None:
    jobs.enqueue(note, "hej")
    assert worker.run_all() == 1
    assert done == ["hej"]
    assert the_job().status == TaskResultStatus.SUCCESSFUL


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_deed_that_is_undone_never_runs() -> None:
    class Undone(Exception):
        pass

    def deed() -> None:
        with transaction.atomic():
            jobs.enqueue(note, "ångrat")
            raise Undone

    with pytest.raises(Undone):
        deed()
    assert worker.run_all() == 0
    assert done == []


@pytest.mark.django_db
def test_a_job_for_later_waits() -> None:
    jobs.enqueue(note, "sen", after=dt.timedelta(hours=1))
    assert worker.run_all() == 0
    make_due()
    assert worker.run_all() == 1


@pytest.mark.django_db
def test_a_failing_job_is_tried_again_later_and_then_fails_for_good() -> None:
    jobs.enqueue(refuse)
    for attempt in (1, 2):
        before = timezone.now()
        assert worker.run_all() == 1
        assert the_job().status == TaskResultStatus.READY
        pause = jobs.pause_before(attempt + 1)
        assert before + pause <= the_job().run_after <= timezone.now() + pause
        make_due()
    assert worker.run_all() == 1
    assert the_job().status == TaskResultStatus.FAILED
    assert the_job().exception_class_path.endswith("test_jobs.Refused")
    assert worker.run_all() == 0
    assert list(worker.failed_jobs()) == [the_job()]


@pytest.mark.django_db
def test_a_failed_job_tells_where_and_not_what() -> None:
    jobs.enqueue(refuse)
    worker.run_all()
    assert "in refuse" in the_job().traceback
    assert SOMEBODY not in the_job().traceback


@pytest.mark.django_db
def test_a_job_that_this_version_does_not_know_fails_at_once() -> None:
    jobs.enqueue(note, 1)
    DBTaskResult.objects.update(task_path="styrfart.shared.gone.note")
    assert worker.run_all() == 1
    assert the_job().status == TaskResultStatus.FAILED


def test_pauses_grow_and_end_at_two_hours() -> None:
    seconds = [jobs.pause_before(attempt).total_seconds() for attempt in range(2, 9)]
    assert seconds == [30, 120, 480, 1920, 7200, 7200, 7200]


@pytest.mark.django_db
def test_the_job_of_a_silent_worker_is_taken_over_and_that_of_a_living_one_is_not() -> None:
    jobs.enqueue(note, "en")
    worker.pulse("silent")
    assert worker.claim("silent") is not None
    assert worker.reap(timezone.now()) == 0
    assert worker.reap(timezone.now() + worker.SILENT_AFTER * 2) == 1
    assert worker.run_all() == 1
    assert done == ["en"]


@pytest.mark.django_db
def test_a_worker_thought_dead_does_not_overwrite_the_one_that_took_over() -> None:
    jobs.enqueue(note, "två")
    slow = worker.claim("slow")
    assert slow is not None
    worker.reap(timezone.now())
    worker.pulse("quick")
    assert worker.claim("quick") is not None
    worker.run(slow)
    assert the_job().status == TaskResultStatus.RUNNING
    assert the_job().worker_ids == ["slow", "quick"]


@pytest.mark.django_db
def test_a_job_that_kills_its_worker_every_time_fails_in_the_end() -> None:
    jobs.enqueue(refuse)
    for name in ("a", "b", "c"):
        assert worker.claim(name) is not None
        assert worker.reap(timezone.now()) == 1
    assert the_job().status == TaskResultStatus.FAILED
    assert the_job().exception_class_path.endswith("WorkerDied")


# --- The clock ---------------------------------------------------------------------------------------


NOW = dt.datetime(2026, 10, 5, 7, 30, tzinfo=ZoneInfo("Europe/Stockholm"))  # a Monday


def seen_before(name: str, now: dt.datetime) -> None:
    Tick.objects.create(job=name, slot=now - dt.timedelta(days=30))


@pytest.mark.django_db
def test_a_planned_run_is_queued_once_however_often_it_is_asked_for() -> None:
    jobs.schedule("test.weekly", note, jobs.Daily(hour=7, weekday=0))
    seen_before("test.weekly", NOW)
    assert jobs.tick(NOW) == ["test.weekly"]
    assert jobs.tick(NOW) == []
    assert jobs.tick(NOW + dt.timedelta(days=6)) == []
    assert jobs.tick(NOW + dt.timedelta(days=7)) == ["test.weekly"]
    assert DBTaskResult.objects.count() == 2


@pytest.mark.django_db
def test_a_new_installation_does_not_make_up_for_the_past() -> None:
    jobs.schedule("test.daily", note, jobs.Daily(hour=7))
    assert jobs.tick(NOW) == []
    assert jobs.tick(NOW + dt.timedelta(days=1)) == ["test.daily"]


@pytest.mark.django_db
@pytest.mark.parametrize(("hours_late", "runs"), [(1, ["test.daily"]), (13, [])])
def test_a_run_missed_while_the_machine_slept_is_made_up_for_the_same_day(
    hours_late: int, runs: list[str]
) -> None:
    jobs.schedule("test.daily", note, jobs.Daily(hour=7))
    seen_before("test.daily", NOW)
    late = NOW.replace(hour=7, minute=0) + dt.timedelta(hours=hours_late)
    assert jobs.tick(late) == runs


def test_two_jobs_cannot_share_a_name() -> None:
    jobs.schedule("test.same", note, jobs.Every(minutes=5))
    with pytest.raises(ValueError, match=r"test\.same"):
        jobs.schedule("test.same", refuse, jobs.Every(minutes=5))


@given(
    st.datetimes(
        dt.datetime(2024, 1, 1),  # noqa: DTZ001  # the strategy adds the zone
        dt.datetime(2030, 1, 1),  # noqa: DTZ001  # as above
        timezones=st.just(dt.UTC),
    ),
    st.sampled_from(
        [jobs.Every(5), jobs.Every(60), jobs.Daily(2, 30), jobs.Daily(7), jobs.Daily(23, 59, weekday=6)]
    ),
)
def test_the_latest_moment_is_never_later_than_now_and_never_goes_backwards(
    now: dt.datetime, plan: Any
) -> None:
    latest = plan.latest(now)
    assert latest <= now
    assert plan.latest(latest) == latest
    assert plan.latest(now + dt.timedelta(minutes=61)) >= latest


@pytest.mark.parametrize(
    ("day", "utc_hour"), [(dt.date(2026, 1, 15), 6), (dt.date(2026, 7, 15), 5)], ids=["winter", "summer"]
)
def test_seven_o_clock_is_seven_o_clock_here_all_year(day: dt.date, utc_hour: int) -> None:
    noon = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
    assert jobs.Daily(7).latest(noon) == dt.datetime.combine(day, dt.time(utc_hour), tzinfo=dt.UTC)


@pytest.mark.django_db(transaction=True)
def test_three_schedulers_in_threads_queue_each_run_once() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("an in-memory database is one connection; processes prove it on a file, below")
    jobs.schedule("test.minute", note, jobs.Every(minutes=1))
    seen_before("test.minute", NOW)
    slots = [NOW + dt.timedelta(minutes=minute) for minute in range(40)]
    start = threading.Barrier(3)

    def scheduler() -> None:
        start.wait(timeout=20)
        for slot in slots:
            jobs.tick(slot)
        connections.close_all()

    threads = [threading.Thread(target=scheduler) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert DBTaskResult.objects.count() == 40


# --- Keeping house -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_pruning_forgets_what_is_done_and_keeps_what_failed_and_what_waits() -> None:
    now = timezone.now()
    long_ago = now - dt.timedelta(days=8)
    for status in (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED, TaskResultStatus.READY):
        jobs.enqueue(note, status)
        DBTaskResult.objects.filter(status=TaskResultStatus.READY, finished_at=None).update(
            status=status, finished_at=None if status == TaskResultStatus.READY else long_ago
        )
    Tick.objects.create(job="a", slot=long_ago - dt.timedelta(days=7))
    Tick.objects.create(job="a", slot=long_ago)
    Tick.objects.create(job="b", slot=now)
    WorkerPulse.objects.create(worker="old", started_at=long_ago, seen_at=long_ago)
    AccessAttempt.objects.create(username="gammal@demo.example", failures_since_start=1)
    AccessAttempt.objects.update(attempt_time=now - dt.timedelta(days=31))
    AccessAttempt.objects.create(username="ny@demo.example", failures_since_start=1)
    Session.objects.create(session_key="slut", session_data="", expire_date=long_ago)
    Session.objects.create(session_key="kvar", session_data="", expire_date=now + dt.timedelta(hours=1))
    worker.prune.func()
    assert [attempt.username for attempt in AccessAttempt.objects.all()] == ["ny@demo.example"]
    assert [session.session_key for session in Session.objects.all()] == ["kvar"]
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"FAILED", "READY"}
    assert sorted(Tick.objects.values_list("job", "slot")) == [("a", long_ago), ("b", now)]
    assert not WorkerPulse.objects.exists()


# --- Real processes ----------------------------------------------------------------------------------

JOBS_MODULE = """
    import pathlib, time
    from styrfart.shared import jobs
    from styrfart.shared.models import AuditEntry

    @jobs.job()
    def slow(name, seconds):
        with pathlib.Path(name).open("a") as file:
            file.write("began\\n")
        time.sleep(seconds)
        with pathlib.Path(name).open("a") as file:
            file.write("done\\n")

    @jobs.job()
    def mark(number):
        AuditEntry.objects.create(verb="test", object_type="t", object_id=str(number), object_label="")
"""


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    (tmp_path / "worktest.py").write_text(textwrap.dedent(JOBS_MODULE))
    return on_sqlite(tmp_path)


def start_worker(installation: Installation) -> "subprocess.Popen[bytes]":
    # As the command does it, with a shorter patience: a minute of silence becomes a second and a half.
    code = (
        "import django, datetime; django.setup()\n"
        "from styrfart.shared import worker\n"
        "worker.PULSE_EVERY, worker.SILENT_AFTER = 0.3, datetime.timedelta(seconds=1.5)\n"
        "worker.Worker(idle=0.05).start()"
    )
    return installation.start(["-c", code])


def wait_until(path: Path, content: str, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if path.exists() and content in path.read_text():
            return
        time.sleep(0.05)
    raise AssertionError(f"{content!r} never came: {path.read_text() if path.exists() else 'nothing'}")


def test_the_job_of_a_killed_worker_runs_again(installation: Installation) -> None:
    log = installation.folder / "trail"
    installation.python(
        f"import worktest; from styrfart.shared.jobs import enqueue\nenqueue(worktest.slow, {str(log)!r}, 1)"
    )
    first = start_worker(installation)
    wait_until(log, "began")
    first.send_signal(signal.SIGKILL)
    first.wait(timeout=10)
    assert log.read_text() == "began\n"
    second = start_worker(installation)
    try:
        wait_until(log, "done")
    finally:
        second.terminate()
        assert second.wait(timeout=20) == 0
    assert log.read_text() == "began\nbegan\ndone\n"


def test_three_workers_do_each_job_once(installation: Installation) -> None:
    installation.python("""
        import worktest
        from styrfart.shared.jobs import enqueue
        for number in range(60):
            enqueue(worktest.mark, number)
    """)
    workers = [start_worker(installation) for _ in range(3)]
    left = """
        from django_tasks_db.models import DBTaskResult
        print(DBTaskResult.objects.exclude(status="SUCCESSFUL").count())
    """
    until = time.monotonic() + 40
    while installation.python(left) != "0" and time.monotonic() < until:
        time.sleep(0.2)
    for process in workers:
        process.terminate()
    assert [process.wait(timeout=20) for process in workers] == [0, 0, 0]
    marks = installation.python("""
        from styrfart.shared.models import AuditEntry
        numbers = list(AuditEntry.objects.values_list("object_id", flat=True))
        print(len(numbers), len(set(numbers)))
    """)
    assert marks == "60 60"


def test_three_schedulers_at_once_queue_each_run_once(installation: Installation) -> None:
    tick = """
        import datetime as dt, sys, time, worktest
        from styrfart.shared import jobs
        from styrfart.shared.models import Tick
        jobs.SCHEDULE.clear()  # whatever the rooms have planned
        jobs.schedule("test.minute", worktest.mark, jobs.Every(minutes=1))
        first = dt.datetime(2026, 10, 5, 7, 0, tzinfo=dt.UTC)
        Tick.objects.get_or_create(job="test.minute", slot=first - dt.timedelta(days=30))
        time.sleep(max(0, {start} - time.time()))
        for minute in range(30):
            jobs.tick(first + dt.timedelta(minutes=minute))
    """
    code = PREAMBLE + textwrap.dedent(tick).format(start=time.time() + 2)
    schedulers = [installation.start(["-c", code]) for _ in range(3)]
    assert [process.wait(timeout=60) for process in schedulers] == [0, 0, 0]
    queued = "from django_tasks_db.models import DBTaskResult as R; print(R.objects.count())"
    assert installation.python(queued) == "30"


@jobs.job(attempts=1, leaves_trace=False)
def whisper(value: int) -> None:
    done.append(value)
    if value < 0:
        raise Refused(SOMEBODY)


@pytest.mark.django_db
def test_of_a_job_that_is_to_leave_no_trace_none_is_left() -> None:
    for value in (1, -1):
        jobs.enqueue(whisper, value)
    assert worker.run_all() == 2
    assert done == [1, -1]
    assert not DBTaskResult.objects.exists()
