"""SQLite whose writers stand in line.

SQLite lets a second writer sleep and try again, longer each time, so that under load some wait for a second while others
pass them. The desk is one process on SQLite: its threads can wait for one another in order instead, without sleeping.
"""

import threading
from collections import deque

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

_PATIENCE_S = 30.0


class Queue:
    """Whoever comes first goes first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._is_taken = False

    def enter(self, patience_s: float) -> bool:
        """Wait for one's turn; False where it did not come in time."""
        turn = threading.Lock()
        turn.acquire()
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                return True
            self._waiting.append(turn)
        if turn.acquire(timeout=patience_s):
            return True
        with self._lock:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return False
        # The turn came between giving up and saying so.
        return True

    def leave(self) -> None:
        """Let the next one in."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False


WRITERS = Queue()


class DatabaseWrapper(base.DatabaseWrapper):
    """One thread's connection."""

    _has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        if not self._has_turn:
            if not WRITERS.enter(_PATIENCE_S):
                raise OperationalError("database is locked")
            self._has_turn = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # not in the stubs
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # not in the stubs
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # not in the stubs
        finally:
            self._leave()

    def _leave(self) -> None:
        if self._has_turn:
            self._has_turn = False
            WRITERS.leave()
