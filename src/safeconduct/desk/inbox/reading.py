"""Reads of one request: the conversation, and the desk's own side of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from safeconduct.core.custody import Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.inbox.desk_files import desk_file_if_any
from safeconduct.desk.inbox.interpreting import PROPOSAL, Proposal
from safeconduct.desk.inbox.services import NOTE, SHEET, mark_read
from safeconduct.desk.intake import filed_consents
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.own_consent import needs_own_consent
from safeconduct.desk.intake.selectors import Conversation, conversation_in
from safeconduct.desk.intake.services import opened_by_desk
from safeconduct.desk.vault import cards
from safeconduct.desk.vault.cards import CARD


@dataclass(frozen=True, repr=False)
class Note:
    """One note of a colleague."""

    by: str
    text: str
    day: date
    joined: str
    """The other request, where two were joined; else empty."""


@dataclass(frozen=True, kw_only=True, repr=False)
class DeskView:
    """A request as the desk sees it. Any: canonical values."""

    conversation: Conversation
    card: Mapping[str, Any]
    consents: Mapping[str, Any]
    awaits_own_consent: bool
    notes: Sequence[Note] = field(default=())
    sheet: Mapping[str, Any] = field(default_factory=dict)
    sheet_on: date | None = None
    proposals: Sequence[Proposal] = field(default=())


def request_for_reading(request: Request, actor: Actor, *, today: date) -> DeskView:
    """Everything the desk has on a request; it counts as read. NotGranted for members without the desk key."""
    with opened_by_desk(request, actor, Purpose.CONVERSATION, today=today) as file:
        found = conversation_in(file)
        card, consents = file.newest(CARD), file.newest(filed_consents.KIND)
        awaits = needs_own_consent(file)
        newest = cards.newest_number(request.id, ("request", "message"))
        mark_read(request, newest)
    own = _own_side(request, actor, today)
    return DeskView(
        conversation=found,
        card=card.content if card else {},
        consents=consents.content if consents else {},
        awaits_own_consent=awaits,
        **own,
    )


def _own_side(request: Request, actor: Actor, today: date) -> dict[str, Any]:
    opened = desk_file_if_any(request, actor, Purpose.CONVERSATION, today=today)
    if opened is None:
        return {}
    with opened as file:
        records = file.records()
    sheets = [record for record in records if record.kind == SHEET]
    return {
        "notes": [
            Note(each.content["by"], each.content["text"], each.day, each.content.get("joined", ""))
            for each in records
            if each.kind == NOTE
        ],
        "proposals": [Proposal(each.content["by"], each.content["text"], each.day) for each in records if each.kind == PROPOSAL],
        "sheet": sheets[-1].content if sheets else {},
        "sheet_on": sheets[-1].day if sheets else None,
    }
