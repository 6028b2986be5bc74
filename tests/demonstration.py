"""The demonstration that tests only read: built once, and gone before a test that is not about it."""

from contextlib import ExitStack

from django.db import transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from styrfart.demo.build import Size, build
from styrfart.demo.town import Town

ROOMS = ("people", "mandates", "decisions", "matters", "meetings")


class Demonstration:
    """Demostad in office size, in a transaction that is never committed.

    Whatever is built again is the same to the last number (`tests/demo/test_same_rows.py`), so what a module
    keeps of it holds even if other tests came between.
    """

    def __init__(self, blocker: DjangoDbBlocker) -> None:
        self._blocker = blocker
        self._open: ExitStack | None = None
        self._day = timezone.localdate()

    def show(self) -> Town:
        """Build it, unless it stands."""
        if self._open is None:
            with self._blocker.unblock(), ExitStack() as stack:
                stack.enter_context(transaction.atomic())
                self._town = build(Size.OFFICE, seed=1, today=self._day)
                self._open = stack.pop_all()
        return self._town

    def end(self) -> None:
        """Take away every row of it."""
        if self._open is not None:
            with self._blocker.unblock(), self._open:
                transaction.set_rollback(True)
            self._open = None
