"""Reads of an organisation's members: typed rows ready for a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from safeconduct.desk.accounts.enrolment import desk_subject, keys_for, signing_subject
from safeconduct.desk.accounts.models import Invitation, Member, Organisation
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.vault import granting


@dataclass(frozen=True, repr=False)
class MemberRow:
    """One member as the organisation's page shows them."""

    member: Member
    lacks_keys: bool
    """A coordinator still has to give them the organisation's keys."""
    can_be_recovered: bool
    """Their keys are sealed to the recovery key that is in force."""
    is_evaluator: bool


def member_rows(organisation: Organisation, *, recovery_digest: str) -> Sequence[MemberRow]:
    """Members who have joined: active ones first, then by alias."""
    holders = {
        subject.id: granting.seed_holders(subject) for subject in (desk_subject(organisation), signing_subject(organisation))
    }
    members = Member.objects.select_related("organisation").filter(organisation=organisation, joined_on__isnull=False)
    return [
        MemberRow(
            member=member,
            lacks_keys=member.is_active and any(member.id not in holders[subject.id] for subject in keys_for(member)),
            can_be_recovered=bool(recovery_digest) and member.recovery_key_digest == recovery_digest,
            is_evaluator=member.is_active and member.has_role(Role.EVALUATOR),
        )
        for member in members.order_by("-is_active", "alias")
    ]


def open_invitations(organisation: Organisation, *, now: datetime) -> Sequence[Invitation]:
    """Invitations that can still be used, the oldest first."""
    return list(Invitation.objects.filter(organisation=organisation, expires_at__gt=now).order_by("expires_at"))
