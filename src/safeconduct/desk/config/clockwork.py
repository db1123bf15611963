"""What the server does by itself: at each quarter of an hour it erases what has had its time and sends notices."""

import logging
import threading
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections

from safeconduct.core.errors import SafeconductError
from safeconduct.desk.notices.services import send_due
from safeconduct.desk.retention.services import sweep
from safeconduct.desk.web import clock

QUARTER = timedelta(minutes=15)
_log = logging.getLogger("safeconduct.clockwork")


def start() -> threading.Thread:
    """Begin in a thread of its own, which ends with the process."""
    thread = threading.Thread(target=_run, args=(threading.Event(),), name="clockwork", daemon=True)
    thread.start()
    return thread


def tick(now: datetime) -> None:
    """Everything that is due at a moment. What fails is tried again a quarter of an hour later."""
    for work in (sweep, send_due):
        try:
            work(now)
        except (DatabaseError, OSError, SafeconductError) as failed:
            # The kind alone: messages may quote what they failed on.
            _log.error("%s failed: %s", work.__name__, type(failed).__name__)
    close_old_connections()


def seconds_to_next(now: datetime) -> float:
    """Until the next quarter of an hour by the clock."""
    begun = now.replace(minute=now.minute - now.minute % 15, second=0, microsecond=0)
    return (begun + QUARTER - now).total_seconds()


def _run(never: threading.Event) -> None:
    while not never.wait(seconds_to_next(clock.now())):
        tick(clock.now())
