"""Child processes that are kept alive, and that end with their parent."""

import ctypes
import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import FrameType

logger = logging.getLogger("styrfart.processes")

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds before a dead process is started again
LONG_LIFE = 60.0  # after so many seconds an end is news, not a pattern
PATIENCE = 15.0  # seconds that a process has for ending by itself
_PR_SET_PDEATHSIG = 1


def _end_with_parent() -> None:
    # Run in the child before it becomes another program: if the parent is killed, the child is told to end.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Kept:
    """One process that is started again when it ends, after a pause that grows."""

    name: str
    command: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    pause: float = FIRST_PAUSE
    again_at: float = field(default=0.0)

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603  # our own commands, named in `serve`
            list(self.command),
            start_new_session=True,  # Ctrl-C reaches the parent only, which ends them in order
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509  # no threads yet
        )

    def look_after(self, now: float) -> None:
        """Start the process again if it has ended and its pause is over."""
        if self.process is not None:
            if self.process.poll() is None:
                return
            status, self.process = self.process.returncode, None
            self.pause = (
                FIRST_PAUSE if now - self.started_at > LONG_LIFE else min(self.pause * 2, LONGEST_PAUSE)
            )
            self.again_at = now + self.pause
            logger.warning(
                "process ended", extra={"worker": self.name, "status": status, "seconds": self.pause}
            )
        elif now >= self.again_at:
            self.start()

    def end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Supervisor:
    """Keeps processes alive until it is told to stop, then ends them all."""

    def __init__(self, kept: Sequence[Kept]) -> None:
        self.kept = kept
        self.stopping = threading.Event()

    def stop(self, _signum: int = 0, _frame: FrameType | None = None) -> None:
        self.stopping.set()

    def start(self) -> None:
        """Start every process, and end on Ctrl-C or when told to terminate."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        for one in self.kept:
            one.start()

    def watch(self) -> None:
        """Look after the processes until told to stop."""
        try:
            while not self.stopping.wait(0.5):
                for one in self.kept:
                    one.look_after(time.monotonic())
        finally:
            for one in self.kept:
                one.end()
            for one in self.kept:
                one.wait()
