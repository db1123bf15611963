"""Reads of the inbox: one page of lines, in the order in which they should be answered."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.inbox.lines import Line, Shown, lines_of_desk

ROWS_PER_PAGE = 50


@dataclass(frozen=True, kw_only=True, repr=False)
class InboxRow:
    """One line of the inbox, on one day."""

    id: str
    state: str
    urgency: str
    risk: str
    language: str
    country: str
    waits_days: int
    """Since the person's last unanswered word; since their request where all is answered."""
    awaits_desk: bool
    is_unread: bool
    assigned: str
    is_alarm: bool
    deletion_due: date | None
    has_news: bool
    """A consent was changed, or a proof is asked for."""
    for_other: bool
    is_inside: bool
    vulnerable: bool
    stay_days: int | None
    """Days until the first stay limit; negative once it has passed."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Which requests to show: closed words of the address."""

    show: str = "open"
    language: str = ""


@dataclass(frozen=True, repr=False)
class Inbox:
    """One page of a desk's requests."""

    rows: Sequence[InboxRow]
    page: int
    pages: int
    counts: Mapping[str, int]
    total: int


SHOWN: Mapping[str, Shown] = {
    "open": Shown.ANY,
    "mine": Shown.MINE,
    "unassigned": Shown.UNASSIGNED,
    "waiting": Shown.WAITING,
    "unread": Shown.UNREAD,
    "alarm": Shown.ALARM,
    "deletion": Shown.DELETION,
    "new": Shown.NEW,
    "closed": Shown.CLOSED,
}


def inbox(actor: Actor, wish: Wish, *, page: int, now: datetime) -> Inbox:
    """The desk's requests: alarms, then the most urgent, then the longest waiting. NotGranted without the desk key."""
    closed = wish.show == "closed"
    lines = lines_of_desk(actor, closed=closed, now=now)
    wanted = int(SHOWN.get(wish.show, Shown.ANY))
    found = [line for line in lines if line.shown & wanted and (not wish.language or line.language == wish.language)]
    pages = max(1, -(-len(found) // ROWS_PER_PAGE))
    page = min(max(page, 1), pages)
    rows = [_row(line, now.date()) for line in found[(page - 1) * ROWS_PER_PAGE : page * ROWS_PER_PAGE]]
    return Inbox(rows, page, pages, {} if closed else _counts(lines), len(found))


def _counts(lines: Sequence[Line]) -> Mapping[str, int]:
    alike = Counter(line.shown for line in lines)
    return {
        name: sum(count for shown, count in alike.items() if shown & wanted)
        for name, wanted in SHOWN.items()
        if wanted is not Shown.CLOSED
    }


def _row(line: Line, today: date) -> InboxRow:
    card, own = line.card, line.own
    return InboxRow(
        id=line.id,
        state=line.state,
        urgency=line.urgency,
        risk=own.get("risk") or card.get("risk", "unknown"),
        language=line.language,
        country=own.get("country") or card.get("country", ""),
        waits_days=(today - line.since).days,
        awaits_desk=bool(line.shown & Shown.WAITING),
        is_unread=bool(line.shown & Shown.UNREAD),
        assigned=line.assigned,
        is_alarm=bool(line.shown & Shown.ALARM),
        deletion_due=line.deletion_due,
        has_news=line.has_news,
        for_other=bool(card.get("for_other")),
        is_inside=bool(card.get("inside")),
        vulnerable=bool(own.get("vulnerable")),
        stay_days=_days_to(own.get("stay_until") or card.get("deadline") or "", today),
    )


def _days_to(day: str, today: date) -> int | None:
    try:
        return (date.fromisoformat(day) - today).days
    except ValueError:
        # A month or a year alone, or nothing.
        return None
