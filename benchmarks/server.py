"""A server under load: started, loaded, measured from outside, ended."""

import http.client
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
CONNECTIONS = 8
SCRIPT = Path(__file__).with_name("wrk.lua")


@dataclass(frozen=True)
class Measured:
    """What one page did under load."""

    requests: int
    seconds: float
    p50: float  # ms
    p95: float
    bad: int
    cpu_ms: float  # of the server, a request
    foreign: float  # share of the machine that everything else took, the load generator included

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


@contextmanager
def granian(
    application: str, environment: Mapping[str, str], *, workers: int = 1
) -> Iterator[tuple[int, int]]:
    """Workers with one thread each, by default one of them; gives the server's port and its process."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    command += ["--workers", str(workers), "--blocking-threads", "1", "--no-log", application]
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, start_new_session=True, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(port, process)
        yield port, process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Until the server answers; RuntimeError when it ends or does not within half a minute."""
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def load(port: int, pid: int, path: str, cookie: str, seconds: float) -> Measured:
    """Eight connections for some seconds, after a short warm-up that is not counted."""
    _run(port, path, cookie, 1)
    busy, own = machine_busy(), group_cpu(pid)
    began = time.monotonic()
    requests, lasted, p50, p95, bad = _run(port, path, cookie, seconds)
    elapsed = time.monotonic() - began
    used = group_cpu(pid) - own
    foreign = (machine_busy() - busy - used) / elapsed / (os.cpu_count() or 1)
    return Measured(requests, lasted, p50, p95, bad, used / max(requests, 1) * 1000, max(foreign, 0.0))


def _run(port: int, path: str, cookie: str, seconds: float) -> tuple[int, float, float, float, int]:
    if not shutil.which("wrk"):
        return _run_here(port, path, cookie, seconds)
    command = [
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{max(1, round(seconds))}s",
        "--latency",
        "-s",
        str(SCRIPT),
    ]
    command += ["-H", f"Cookie: {cookie}", f"http://127.0.0.1:{port}{path}"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 30)
    line = next(row for row in answer.stdout.splitlines() if row.startswith("RESULT"))
    _word, requests, lasted, p50, p95, bad = line.split()
    return int(requests), float(lasted), float(p50), float(p95), int(bad)


def _run_here(port: int, path: str, cookie: str, seconds: float) -> tuple[int, float, float, float, int]:
    """Without wrk: threads of our own, which take more of the machine and so flatter nobody."""
    times: list[float] = []
    bad: list[int] = []
    until = time.monotonic() + seconds

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        while time.monotonic() < until:
            began = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            times.append((time.perf_counter() - began) * 1000)
            if answer.status >= 400:
                bad.append(answer.status)

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cuts = statistics.quantiles(times, n=20)
    return len(times), seconds, cuts[9], cuts[18], len(bad)


def group_cpu(leader: int) -> float:
    """Seconds of processor time that the server's process group has used so far."""
    used = 0
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[2]) == leader:
            used += int(fields[11]) + int(fields[12])
    return used / TICKS


def machine_busy() -> float:
    """Seconds that all processors together have been busy so far."""
    fields = [int(value) for value in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    return (sum(fields) - fields[3] - fields[4]) / TICKS
