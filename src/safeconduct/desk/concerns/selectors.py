"""Reads of security concerns, for those who hold their keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core.custody import Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.concerns import canaries
from safeconduct.desk.concerns.models import Concern
from safeconduct.desk.concerns.services import CONCERN, FINDING, NOTE
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.models import Grant


@dataclass(frozen=True, repr=False)
class Entry:
    """One thing that was written about a concern."""

    kind: str
    """concern, concern-note or finding."""
    day: date
    by: str
    text: str
    word: str
    """Kind of the concern, or state of the finding; empty for a note."""


def concerns_for(actor: Actor) -> Sequence[Concern]:
    """Concerns of the organisation that the actor can open: the unsettled first, then the newest."""
    held = Grant.objects.filter(holder=actor.id).values("subject")
    rows = Concern.objects.filter(organisation_id=actor.organisation, pk__in=held).select_related("case", "request")
    return sorted(rows, key=lambda row: (row.state != Concern.State.OPEN, -row.raised_on.toordinal(), row.id))


def entries_of(concern: Concern, actor: Actor, *, today: date) -> Sequence[Entry]:
    """Everything written about a concern, oldest first. NotGranted without its key."""
    with opening.opened(concern.subject, holder=actor, purpose=Purpose.SECURITY, today=today) as file:
        records = [record for record in file.records() if record.kind in (CONCERN, NOTE, FINDING)]
    return [
        Entry(
            record.kind,
            record.day,
            record.content["by"],
            record.content["text"],
            record.content.get("kind") or record.content.get("state", ""),
        )
        for record in records
    ]


@dataclass(frozen=True)
class SecurityDay:
    """What waits for a security reader."""

    open: int
    alarms: int


def security_day(actor: Actor) -> SecurityDay:
    """Open concerns that the actor can read, and alarms nobody has answered; none for anybody else."""
    if not actor.has_role(Role.SECURITY_READER):
        return SecurityDay(0, 0)
    unsettled = sum(row.state == Concern.State.OPEN for row in concerns_for(actor))
    return SecurityDay(unsettled, len(canaries.unanswered(actor.organisation)))
