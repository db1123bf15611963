"""Interpreters: one conversation for one period, and a place in the desk file for what they propose.

They are given the section of the conversation and, of the desk file, the section of proposals only: notes and the triage
sheet stay shut. When the period ends the keys of both files change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from safeconduct.core.custody import SYSTEM, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.custody import services as custody
from safeconduct.desk.inbox.desk_files import desk_file_if_any, opened_desk_file
from safeconduct.desk.inbox.errors import PeriodRefused
from safeconduct.desk.inbox.models import DeskSide, Interpreting
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.selectors import Conversation, conversation_in
from safeconduct.desk.intake.services import opened_by_desk
from safeconduct.desk.vault import granting, opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.keyholders import Subject
from safeconduct.desk.vault.opening import OpenFile
from safeconduct.desk.vault.sections import Section

LONGEST = timedelta(days=92)
PROPOSAL = "proposal"


@dataclass(frozen=True, repr=False)
class Proposal:
    """A translation that an interpreter proposes."""

    by: str
    text: str
    day: date


def give_thread(request: Request, actor: Actor, member: Member, *, until: date, today: date) -> None:
    """Let an interpreter read a conversation up to and including a day. PeriodRefused before writing."""
    fits = member.is_active and member.has_role(Role.INTERPRETER) and member.organisation_id == request.organisation_id
    if not fits or not today <= until <= today + LONGEST:
        raise PeriodRefused("an interpreter of this organisation, for a period of at most three months")
    with opened_by_desk(request, actor, Purpose.CONVERSATION, today=today) as thread:
        known = Interpreting.objects.filter(request=request, member=member).exists()
        Interpreting.objects.update_or_create(request=request, member=member, defaults={"since": today, "until": until})
        if known:
            return
        granting.grant(thread, member.id, [Section.THREAD])
        with opened_desk_file(request, actor, Purpose.CONVERSATION, today=today) as file:
            granting.grant(file, member.id, [Section.THREAD])


def end_thread(row: Interpreting, *, actor: str, today: date) -> None:
    """Take the conversation from an interpreter and change the keys; works with nobody signed in."""
    organisation = row.request.organisation_id
    with transaction.atomic():
        acts = granting.withdraw_unopened(row.request.subject, row.member_id)
        side = DeskSide.objects.filter(request=row.request).exclude(file="").first()
        if side is not None:
            acts += granting.withdraw_unopened(side.subject(organisation), row.member_id)
        row.delete()
        if acts:
            custody.write_all(organisation, acts, actor=actor, purpose=Purpose.CONVERSATION, today=today)


def end_what_is_over(today: date) -> int:
    """Take back every period that has ended, and those of members who left or are no interpreters any more."""
    ended = 0
    for row in Interpreting.objects.select_related("member", "request__organisation"):
        if row.until < today or not row.member.is_active or not row.member.has_role(Role.INTERPRETER):
            end_thread(row, actor=SYSTEM, today=today)
            ended += 1
    return ended


def threads_of(actor: Actor, *, today: date) -> list[Interpreting]:
    """The conversations that an interpreter may read now, those that end first on top."""
    rows = Interpreting.objects.filter(member=actor.member, until__gte=today, member__is_active=True)
    return list(rows.select_related("request__organisation").order_by("until", "id"))


def read_thread(row: Interpreting, actor: Actor, *, today: date) -> tuple[Conversation, Sequence[Proposal]]:
    """The conversation and what was proposed so far. NotGranted where the period is over or the keys were taken."""
    _require_time(row, actor, today)
    with opening.opened(row.request.subject, holder=actor, purpose=Purpose.CONVERSATION, today=today) as file:
        found = conversation_in(file)
    with opening.opened(_side_of(row), holder=actor, purpose=Purpose.CONVERSATION, today=today) as file:
        return found, _proposals(file)


def propose(row: Interpreting, actor: Actor, text: str, *, today: date) -> None:
    """Propose a translation to the desk. NotGranted as above."""
    _require_time(row, actor, today)
    with opening.opened(_side_of(row), holder=actor, purpose=Purpose.CONVERSATION, today=today) as file:
        file.write(Section.THREAD, PROPOSAL, {"by": actor.member.alias, "text": text})


def proposals_for_desk(request: Request, actor: Actor, *, today: date) -> Sequence[Proposal]:
    """What interpreters proposed, for the desk."""
    opened = desk_file_if_any(request, actor, Purpose.CONVERSATION, today=today)
    if opened is None:
        return []
    with opened as file:
        return _proposals(file)


def _proposals(file: OpenFile) -> list[Proposal]:
    return [Proposal(each.content["by"], each.content["text"], each.day) for each in file.records(kind=PROPOSAL)]


def _require_time(row: Interpreting, actor: Actor, today: date) -> None:
    if row.member_id != actor.id or row.until < today:
        raise NotGranted("the period is over")


def _side_of(row: Interpreting) -> Subject:
    return DeskSide.objects.get(request=row.request).subject(row.request.organisation_id)
