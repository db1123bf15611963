"""Reads of intake: conversations and the desk's inbox, typed and ready for a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from safeconduct.core.custody import Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.enrolment import desk_subject
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.services import opened_by_desk
from safeconduct.desk.vault import granting, opening
from safeconduct.desk.vault.keyholders import Keyholder

ROWS_PER_PAGE = 50


@dataclass(frozen=True, repr=False)
class Message:
    """One message of a conversation."""

    id: str
    is_from_desk: bool
    alias: str
    text: str
    day: date
    files: Sequence[dict[str, Any]]


@dataclass(frozen=True, repr=False)
class Conversation:
    """A request with everything written since."""

    filed: dict[str, Any]
    filed_on: date
    messages: Sequence[Message]

    def files(self) -> list[dict[str, Any]]:
        """Every file that was sent, in order; the desk asks for them by number, from 1. Any: vault.files.Reference."""
        return [*self.filed["files"], *(each for message in self.messages for each in message.files)]


@dataclass(frozen=True, repr=False)
class InboxRow:
    """One line of the inbox. Shows no content: what was written opens on the request's own page."""

    id: str
    state: str
    day: date
    waits_days: int
    awaits_desk: bool


@dataclass(frozen=True, repr=False)
class Inbox:
    """One page of a desk's requests."""

    rows: Sequence[InboxRow]
    page: int
    pages: int
    waiting: int


def inbox(actor: Actor, *, page: int, today: date) -> Inbox:
    """Requests of the actor's desk: those that wait for an answer first, the longest waiting on top."""
    requests = Request.objects.filter(organisation_id=actor.organisation)
    waiting = requests.filter(awaits_desk=True).count()
    pages = max(1, -(-requests.count() // ROWS_PER_PAGE))
    page = min(max(page, 1), pages)
    shown = requests.order_by("-awaits_desk", "day", "id")[(page - 1) * ROWS_PER_PAGE : page * ROWS_PER_PAGE]
    rows = [InboxRow(row.id, row.state, row.day, (today - row.day).days, row.awaits_desk) for row in shown]
    return Inbox(rows, page, pages, waiting)


def conversation_for_desk(request: Request, actor: Actor, *, today: date) -> Conversation:
    """What the person wrote and what was answered. NotGranted for members without the desk key."""
    with opened_by_desk(request, actor, Purpose.CONVERSATION, today=today) as file:
        return _conversation(file)


def conversation_for_applicant(request: Request, applicant: Keyholder, *, today: date) -> Conversation:
    """The same for the person; marks the desk's answers as seen."""
    with opening.opened(request.subject, holder=applicant, purpose=Purpose.APPLICANT, today=today) as file:
        found = _conversation(file)
        Request.objects.filter(pk=request.pk, awaits_applicant=True).update(awaits_applicant=False)
    return found


def holds_desk_key(actor: Actor) -> bool:
    """Whether the actor shares their desk's key."""
    return granting.holds_seed(desk_subject(actor.member.organisation), actor.id)


def _conversation(file: opening.OpenFile) -> Conversation:
    records = file.records()
    filed = next(record for record in records if record.kind == "request")
    messages = [
        Message(
            record.id,
            record.content["from"] == "desk",
            record.content["alias"],
            record.content["text"],
            record.day,
            record.content["files"],
        )
        for record in records
        if record.kind == "message"
    ]
    return Conversation(filed.content, filed.day, messages)
