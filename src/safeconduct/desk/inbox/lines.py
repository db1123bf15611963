"""The lines of a desk's inbox: worked out from sealed cards that a session has opened, and kept in its memory with them.

Looking again reads of each request what the server sees of it, as one text, and the numbers of its newest records. Only where one
of them differs from what the session remembers is the line worked out anew. Nothing of it is kept on the disk.
"""

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Func, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from safeconduct.core.custody import NO_OBJECT, Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.custody import services as custody
from safeconduct.desk.inbox.desk_files import desk_of
from safeconduct.desk.intake.models import Request
from safeconduct.desk.vault import cards
from safeconduct.desk.vault.keyholders import Keyholder, Subject, SubjectKind

DECOY = "decoy"
"""On the card of a thread that only looks like a request (intake.pressure); no list shows it."""
_URGENCIES = {"urgent": 0, "soon": 1, "unknown": 2, "routine": 3}
_STILL_OPEN = (Request.State.NEW, Request.State.OPEN)
_OPEN = Q(state__in=_STILL_OPEN) | Q(awaits_desk=True) | ~Q(alarm_on=None) | ~Q(deletion_due_on=None)
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
    "desk_side__file",
    "desk_side__read_to",
)
_NAMED_IN_ONE_QUERY = 900
_Stand = tuple[str, int, int]
_Rank = tuple[bool, int, bool, date, str]


class _AsOneText(Func):
    """Columns as one text: to make dates of thousands of days that nobody looks at would cost more than all the rest."""

    template = "(%(expressions)s)"
    arg_joiner = " || ' ' || "


_AS_ONE_TEXT = _AsOneText(
    *(Coalesce(Cast(name, CharField()), Value("-"), output_field=CharField()) for name in _COLUMNS[1:]),
    output_field=CharField(),
)


class Shown(enum.IntFlag):
    """The choices of the inbox under which a line stands."""

    ANY = enum.auto()
    MINE = enum.auto()
    UNASSIGNED = enum.auto()
    WAITING = enum.auto()
    UNREAD = enum.auto()
    ALARM = enum.auto()
    DELETION = enum.auto()
    NEW = enum.auto()
    CLOSED = enum.auto()


@dataclass(slots=True, kw_only=True, repr=False)
class Line:
    """One request as the inbox compares it."""

    id: str
    stand: _Stand
    """What it was worked out from: the visible columns as one text, and the newest record of both files."""
    shown: int
    """Flags of `Shown`."""
    rank: _Rank
    state: str
    urgency: str
    language: str
    since: date
    """The day of the person's last unanswered word; of their request where all is answered."""
    assigned: str
    deletion_due: date | None
    has_news: bool
    is_decoy: bool
    card: Mapping[str, Any]  # Any: what intake and triage keep on their cards
    own: Mapping[str, Any]


@dataclass(repr=False)
class _Table:
    lines: dict[str, Line] = field(default_factory=dict)
    ordered: Sequence[Line] = ()


def lines_of_desk(actor: Actor, *, closed: bool, now: datetime) -> Sequence[Line]:
    """The requests of the actor's desk in the order of the list: all, or the open ones. NotGranted without the desk key."""
    today, organisation = now.date(), actor.organisation
    desk = desk_of(actor.member.organisation, actor, Purpose.LISTING, today=today)
    requests = Request.objects.filter(Q() if closed else _OPEN, organisation_id=organisation)
    remembered = cards.MEMORY.of(actor.session.digest, now) if actor.session else cards.Opened()
    stands = _stands(requests, remembered)
    name = "inbox, closed" if closed else "inbox"
    table: _Table = remembered.derived.get(name) or _Table()
    known = table.lines
    stale = [id_ for id_, stand in stands.items() if (line := known.get(id_)) is None or line.stand != stand]
    if not stale and len(stands) == len(known):
        custody.write(organisation, Act.CASE_LISTED, actor=desk.logged_as, thing=NO_OBJECT, purpose=Purpose.LISTING, today=today)
        return table.ordered
    kept = {id_: known[id_] for id_ in stands.keys() - set(stale)}
    for line in _worked_out(requests, stale, stands, desk, actor, remembered, today):
        kept[line.id] = line
    # A new table takes the old one's place whole: a colleague's second window may be reading the old one.
    ordered = sorted((line for line in kept.values() if not line.is_decoy), key=_rank)
    remembered.derived[name] = _Table(kept, ordered)
    return ordered


def _rank(line: Line) -> _Rank:
    return line.rank


def _stands(requests: QuerySet[Request], remembered: cards.Opened) -> dict[str, _Stand]:
    rows = requests.values_list("id", "desk_side__file", _AS_ONE_TEXT)
    written = remembered.newest_numbers()
    return {id_: (visible, written.get(id_, 0), written.get(file or "", 0)) for id_, file, visible in rows}


def _worked_out(
    requests: QuerySet[Request],
    stale: Sequence[str],
    stands: Mapping[str, _Stand],
    desk: Keyholder,
    actor: Actor,
    remembered: cards.Opened,
    today: date,
) -> Iterable[Line]:
    organisation, wanted = actor.organisation, set(stale)
    if len(stale) <= _NAMED_IN_ONE_QUERY:
        requests = requests.filter(pk__in=stale)
    columns = [row for row in requests.values_list(*_COLUMNS) if row[0] in wanted]
    subjects = [Subject(row[0], organisation, SubjectKind.REQUEST) for row in columns]
    subjects += [Subject(row[-2], organisation, SubjectKind.DESK_FILE) for row in columns if row[-2]]
    opened = cards.open_cards(subjects, holder=desk, purpose=Purpose.LISTING, today=today, remembered=remembered)
    newest = cards.newest_records(requests.filter(awaits_desk=True).values("id"), "message")
    for row in columns:
        yield _line(row, stands[row[0]], opened.get(row[0], {}), opened.get(row[-2], {}), newest.get(row[0]), actor.id)


def _line(
    columns: tuple[Any, ...],  # Any: the columns of _COLUMNS
    stand: _Stand,
    card: Mapping[str, Any],
    own: Mapping[str, Any],
    newest: tuple[int, date] | None,
    me: str,
) -> Line:
    id_, state, day, awaits, assigned, alias, alarm, deletion, consents, proof, _, read_to = columns
    since = newest[1] if awaits and newest else day
    urgency = own.get("urgency") or card.get("urgency", "unknown")
    unread = awaits and (newest[0] > (read_to or 0) if newest else not read_to)
    flags = {
        Shown.MINE: assigned == me,
        Shown.UNASSIGNED: not assigned,
        Shown.WAITING: awaits,
        Shown.UNREAD: unread,
        Shown.ALARM: alarm is not None,
        Shown.DELETION: deletion is not None,
        Shown.NEW: state == Request.State.NEW,
        Shown.CLOSED: state not in _STILL_OPEN,
    }
    return Line(
        id=id_,
        stand=stand,
        shown=sum(int(flag) for flag, applies in flags.items() if applies) + int(Shown.ANY),
        rank=(alarm is None, _URGENCIES.get(urgency, 2), not awaits, since, id_),
        state=state,
        urgency=urgency,
        language=own.get("language") or card.get("language", ""),
        since=since,
        assigned=alias or "",
        deletion_due=deletion,
        has_news=consents is not None or proof is not None,
        is_decoy=DECOY in card,
        card=card,
        own=own,
    )
