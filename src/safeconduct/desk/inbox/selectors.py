"""Reads of the inbox: from sealed cards that this session has opened, sorted in memory; nothing of it is kept on the disk."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from safeconduct.core.custody import Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.inbox.desk_files import desk_of
from safeconduct.desk.inbox.models import DeskSide
from safeconduct.desk.intake.models import Request
from safeconduct.desk.vault import cards
from safeconduct.desk.vault.keyholders import Subject, SubjectKind

ROWS_PER_PAGE = 50
DECOY = "decoy"
"""On the card of a thread that only looks like a request (intake.pressure); no list shows it."""
_URGENCIES = {"urgent": 0, "soon": 1, "unknown": 2, "routine": 3}
_OPEN = Q(state__in=(Request.State.NEW, Request.State.OPEN)) | Q(awaits_desk=True) | ~Q(alarm_on=None) | ~Q(deletion_due_on=None)
_COLUMNS = (
    "id",
    "state",
    "day",
    "awaits_desk",
    "assigned_to_id",
    "assigned_to__alias",
    "alarm_on",
    "deletion_due_on",
    "consents_changed_on",
    "proof_asked_on",
)


# Not frozen: thousands are made for one page, and freezing doubles the price of each.
@dataclass(slots=True, kw_only=True, repr=False)
class InboxRow:
    """One line of the inbox."""

    id: str
    state: str
    urgency: str
    risk: str
    language: str
    country: str
    since: date
    """The day of the person's last unanswered word; of their request where all is answered."""
    waits_days: int
    awaits_desk: bool
    is_unread: bool
    assigned: str
    assigned_id: str
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


SHOWN: Mapping[str, Callable[[InboxRow, str], bool]] = {
    "open": lambda row, me: True,
    "mine": lambda row, me: row.assigned_id == me,
    "unassigned": lambda row, me: not row.assigned_id,
    "waiting": lambda row, me: row.awaits_desk,
    "unread": lambda row, me: row.is_unread,
    "alarm": lambda row, me: row.is_alarm,
    "deletion": lambda row, me: row.deletion_due is not None,
    "new": lambda row, me: row.state == Request.State.NEW,
    "closed": lambda row, me: row.state not in (Request.State.NEW, Request.State.OPEN),
}


def inbox(actor: Actor, wish: Wish, *, page: int, now: datetime) -> Inbox:
    """The desk's requests: alarms, then the most urgent, then the longest waiting. NotGranted without the desk key."""
    closed = wish.show == "closed"
    rows = _rows(actor, Q() if closed else _OPEN, now)
    counts = {name: sum(shown(row, actor.id) for row in rows) for name, shown in SHOWN.items() if name != "closed"}
    wanted = SHOWN.get(wish.show, SHOWN["open"])
    found = [row for row in rows if wanted(row, actor.id) and (not wish.language or row.language == wish.language)]
    found.sort(key=_rank)
    pages = max(1, -(-len(found) // ROWS_PER_PAGE))
    page = min(max(page, 1), pages)
    return Inbox(found[(page - 1) * ROWS_PER_PAGE : page * ROWS_PER_PAGE], page, pages, {} if closed else counts, len(found))


def _rank(row: InboxRow) -> tuple[bool, int, bool, date, str]:
    return (not row.is_alarm, _URGENCIES.get(row.urgency, 2), not row.awaits_desk, row.since, row.id)


def _rows(actor: Actor, which: Q, now: datetime) -> list[InboxRow]:
    today, organisation = now.date(), actor.organisation
    desk = desk_of(actor.member.organisation, actor, Purpose.LISTING, today=today)
    requests = Request.objects.filter(which, organisation_id=organisation)
    columns = list(requests.values_list(*_COLUMNS))
    sides = {
        request: (file, read_to)
        for request, file, read_to in DeskSide.objects.filter(request__organisation_id=organisation).values_list(
            "request_id", "file", "read_to"
        )
    }
    subjects = [Subject(row[0], organisation, SubjectKind.REQUEST) for row in columns]
    files = [Subject(file, organisation, SubjectKind.DESK_FILE) for file, _ in sides.values() if file]
    remembered = cards.MEMORY.of(actor.session.digest, now) if actor.session else None
    opened = cards.open_cards([*subjects, *files], holder=desk, purpose=Purpose.LISTING, today=today, remembered=remembered)
    newest = cards.newest_records(requests.filter(awaits_desk=True).values("id"), "message")
    found = []
    for row in columns:
        card: Mapping[str, Any] = opened.get(row[0], {})
        if DECOY not in card:
            file, read_to = sides.get(row[0], ("", 0))
            found.append(_row(row, card, opened.get(file, {}), read_to, newest.get(row[0]), today))
    return found


def _row(
    columns: tuple[Any, ...],  # Any: the columns of _COLUMNS
    card: Mapping[str, Any],
    own: Mapping[str, Any],
    read_to: int,
    newest: tuple[int, date] | None,
    today: date,
) -> InboxRow:
    id_, state, day, awaits, assigned, alias, alarm, deletion, consents, proof = columns
    since = newest[1] if awaits and newest else day
    until = own.get("stay_until") or card.get("deadline") or ""
    return InboxRow(
        id=id_,
        state=state,
        urgency=own.get("urgency") or card.get("urgency", "unknown"),
        risk=own.get("risk") or card.get("risk", "unknown"),
        language=own.get("language") or card.get("language", ""),
        country=own.get("country") or card.get("country", ""),
        since=since,
        waits_days=(today - since).days,
        awaits_desk=awaits,
        is_unread=awaits and (newest[0] > read_to if newest else read_to == 0),
        assigned=alias or "",
        assigned_id=assigned or "",
        is_alarm=alarm is not None,
        deletion_due=deletion,
        has_news=consents is not None or proof is not None,
        for_other=bool(card.get("for_other")),
        is_inside=bool(card.get("inside")),
        vulnerable=bool(own.get("vulnerable")),
        stay_days=_days_to(until, today),
    )


def _days_to(day: str, today: date) -> int | None:
    try:
        return (date.fromisoformat(day) - today).days
    except ValueError:
        # A month or a year alone, or nothing.
        return None
