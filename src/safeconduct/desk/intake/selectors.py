"""Reads of intake: conversations, typed and ready for a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from safeconduct.core.custody import Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.enrolment import desk_subject
from safeconduct.desk.accounts.models import Organisation
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.services import opened_by_desk
from safeconduct.desk.vault import granting, opening
from safeconduct.desk.vault.keyholders import Keyholder


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


def conversation_for_desk(request: Request, actor: Actor, *, today: date) -> Conversation:
    """What the person wrote and what was answered. NotGranted for members without the desk key."""
    with opened_by_desk(request, actor, Purpose.CONVERSATION, today=today) as file:
        return conversation_in(file)


def conversation_for_applicant(request: Request, applicant: Keyholder, *, today: date) -> Conversation:
    """The same for the person; marks the desk's answers as seen."""
    with opening.opened(request.subject, holder=applicant, purpose=Purpose.APPLICANT, today=today) as file:
        found = conversation_in(file)
        Request.objects.filter(pk=request.pk, awaits_applicant=True).update(awaits_applicant=False)
    return found


def holds_desk_key(actor: Actor) -> bool:
    """Whether the actor shares their desk's key."""
    return granting.holds_seed(desk_subject(actor.member.organisation), actor.id)


def conversation_in(file: opening.OpenFile) -> Conversation:
    """The conversation of an open request."""
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


def unread(organisation: Organisation) -> int:
    """How many requests of a desk nobody has read yet."""
    return Request.objects.filter(organisation=organisation, state=Request.State.NEW).count()
