"""The log as an auditor reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core import custody as log
from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.auditing.words import ACTS, PURPOSES
from safeconduct.desk.custody import selectors, services
from safeconduct.desk.custody.models import Checkpoint

ROWS_PER_PAGE = 50
_CHECKPOINTS_SHOWN = 10


@dataclass(frozen=True)
class LogRow:
    """One entry; words stand beside codes, and aliases beside the identifiers of members."""

    entry: log.Entry
    act: str
    purpose: str
    actor: str
    object: str


@dataclass(frozen=True)
class LogPage:
    """Entries, newest first, and below which position the next page begins (None: this is the last)."""

    rows: Sequence[LogRow]
    below: int | None
    checkpoints: Sequence[Checkpoint]


def log_page(actor: Actor, *, before: int | None, act: Act | None, thing: str, today: date) -> LogPage:
    """A page of the log of the actor's own organisation. Reading it is an entry of it."""
    organisation = actor.organisation
    found = selectors.entries_of(organisation, before=before, count=ROWS_PER_PAGE + 1, act=act, thing=thing)
    shown = found[:ROWS_PER_PAGE]
    aliases = _aliases({name for entry in shown for name in (entry.actor, entry.object)})
    services.write(organisation, Act.LOG_READ, actor=actor.id, thing=log.NO_OBJECT, purpose=Purpose.AUDIT, today=today)
    checkpoints = Checkpoint.objects.filter(organisation=organisation).order_by("-size")[:_CHECKPOINTS_SHOWN]
    rows = [_row(entry, aliases) for entry in shown]
    return LogPage(rows, shown[-1].index if len(found) > ROWS_PER_PAGE else None, list(checkpoints))


def _row(entry: log.Entry, aliases: Mapping[str, str]) -> LogRow:
    return LogRow(
        entry=entry,
        act=str(ACTS[entry.act]),
        purpose=str(PURPOSES[entry.purpose]),
        actor=aliases.get(entry.actor, ""),
        object=aliases.get(entry.object, ""),
    )


def _aliases(ids: set[str]) -> dict[str, str]:
    return dict(Member.objects.filter(pk__in=ids).values_list("id", "alias"))
