"""Who may file now. A calm desk asks nothing; a busy one asks for a little work or a little patience, never for a name.

A flood meets, one after the other: the calm bucket; then a ticket that costs the sender's processor or a wait, with a bucket
for each of the two ways; then the length of the queue. What stands in the inbox already is never touched by it.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.core import signing

from safeconduct.core.errors import SafeconductError
from safeconduct.desk.limits.buckets import Size, take
from safeconduct.desk.vault.secrets import new_token
from safeconduct.desk.web import once

WAIT_S = 60
"""How long somebody waits who has no script to work for them."""
WORK_BITS = 16
"""Leading zero bits that a worked ticket shows: about 65,000 hashes, a second or two on a telephone."""
_TICKET_LIVES = timedelta(hours=2)
_WORKED = Size(most=60, each_second=1 / 5)
_WAITED = Size(most=20, each_second=1 / 30)
_BYTES_DAY = 24 * 3600
_SALT = "safeconduct.intake.ticket"
_LONGEST_WORK = 40


class Lane(StrEnum):
    """How a request came in."""

    CALM = "calm"
    WORKED = "worked"
    WAITED = "waited"


class MustWait(SafeconductError):
    """Nothing was kept. With the ticket, worked or old enough, the same form is taken."""

    def __init__(self, ticket: str, seconds: int) -> None:
        super().__init__("the desk is busy")
        self.ticket = ticket
        self.seconds = seconds


class QueueFull(SafeconductError):
    """So many requests wait unread that no more are taken; nothing was kept."""


@dataclass(frozen=True, repr=False)
class Proof:
    """What came with the form: a ticket that was given out before, and the work done on it."""

    ticket: str = ""
    work: str = ""


def admit(desk: str, proof: Proof, *, unread: Callable[[], int], now: datetime) -> Lane:
    """Let one request in, and say by which way. MustWait or QueueFull where it is not let in.

    `unread` counts the requests that wait; a calm desk is not asked for it.
    """
    if take(f"calm {desk}", _calm(), now=now):
        return Lane.CALM
    if unread() >= settings.LONGEST_QUEUE:
        raise QueueFull("the queue is full")
    issued = _issued(desk, proof.ticket, now)
    if issued is None:
        raise MustWait(_ticket(desk, now), WAIT_S)
    if is_worked(proof.ticket, proof.work) and take(f"worked {desk}", _WORKED, now=now):
        return _spend(proof.ticket, Lane.WORKED, desk, now)
    left = WAIT_S - int((now - issued).total_seconds())
    if left <= 0 and take(f"waited {desk}", _WAITED, now=now):
        return _spend(proof.ticket, Lane.WAITED, desk, now)
    raise MustWait(proof.ticket, max(left, 10))


def admit_bytes(desk: str, count: int, *, now: datetime) -> bool:
    """Whether a desk takes so many bytes of files today; a flood of files does not fill the disk past this."""
    most = settings.UPLOAD_BYTES_A_DAY
    return count == 0 or take(f"bytes {desk}", Size(most, most / _BYTES_DAY), now=now, amount=count)


def admit_message(request: str, *, now: datetime) -> bool:
    """Whether one more message comes in on a conversation now."""
    return take(f"messages {request}", Size(most=20, each_second=1 / 60), now=now)


def is_worked(ticket: str, work: str) -> bool:
    """Whether SHA-256 of ticket, a colon and work begins with WORK_BITS zero bits."""
    if not work or len(work) > _LONGEST_WORK:
        return False
    digest = hashlib.sha256(f"{ticket}:{work}".encode()).digest()
    return int.from_bytes(digest, "big") >> (len(digest) * 8 - WORK_BITS) == 0


def _calm() -> Size:
    return Size(most=settings.CALM_REQUESTS, each_second=settings.CALM_REQUESTS / 600)


def _ticket(desk: str, now: datetime) -> str:
    return signing.dumps([desk, int(now.timestamp()), new_token().text()], salt=_SALT)


def _issued(desk: str, ticket: str, now: datetime) -> datetime | None:
    try:
        whose, moment, _ = signing.loads(ticket, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    issued = datetime.fromtimestamp(moment, tz=now.tzinfo)
    return issued if whose == desk and timedelta(0) <= now - issued <= _TICKET_LIVES else None


def _spend(ticket: str, lane: Lane, desk: str, now: datetime) -> Lane:
    if not once.take(ticket):
        raise MustWait(_ticket(desk, now), WAIT_S)
    return lane
