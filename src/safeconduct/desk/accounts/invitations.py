"""Inviting: a link that works once, a spoken code, and a new member who makes their own keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts import sessions
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.enrolment import NewMember, make_member
from safeconduct.desk.accounts.errors import NameTaken
from safeconduct.desk.accounts.links import GivenLink, new_link, opened_link
from safeconduct.desk.accounts.membership import require_fitting, require_steward
from safeconduct.desk.accounts.models import Invitation
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.custody import services as custody
from safeconduct.desk.vault import granting
from safeconduct.desk.vault.secrets import Passphrase

VALID_FOR = timedelta(hours=72)


@dataclass(frozen=True, kw_only=True, repr=False)
class Joining:
    """What an invited person chose."""

    sign_in_name: str
    alias: str
    passphrase: Passphrase


@transaction.atomic
def invite(actor: Actor, *, alias: str, roles: Sequence[Role], language: str, now: datetime) -> tuple[Invitation, GivenLink]:
    """Ask somebody to join the actor's organisation. NotAllowed or RolesDoNotFit before writing.

    An administrator may name any roles: without a coordinator, who gives the keys, they open nothing.
    """
    require_steward(actor, actor.organisation)
    require_fitting(roles)
    given, fields = new_link()
    invitation = Invitation.objects.create(
        organisation_id=actor.organisation,
        invited_by=actor.id,
        alias=alias,
        roles=sorted(role.value for role in roles),
        language=language,
        expires_at=now + VALID_FOR,
        **fields,
    )
    _note(actor, Act.MEMBER_INVITED, invitation.id, now.date())
    return invitation, given


def join(token: str, code: str, joining: Joining, *, now: datetime) -> tuple[str, Actor]:
    """Make the invited member and their keys; gives the cookie of a session that opens only the second factor's page.

    Raises LinkUnusable, PassphraseTooWeak or NameTaken. With the same link joining can begin again until the second
    factor is confirmed; what was begun before is then forgotten.
    """
    rows = Invitation.objects.select_related("organisation", "member")
    invitation = opened_link(rows, token, code, now=now)
    new = NewMember(
        sign_in_name=joining.sign_in_name,
        alias=joining.alias,
        roles=[Role(role) for role in invitation.roles],
        passphrase=joining.passphrase,
        languages=invitation.language,
    )
    try:
        with transaction.atomic():
            forget_unfinished(invitation)
            member, keys, _ = make_member(invitation.organisation, new)
            Invitation.objects.filter(pk=invitation.pk).update(member=member)
            return sessions.open_session(member, keys, now=now)
    except IntegrityError:
        # The database decides who was first, so that two people who choose at once cannot get the same name.
        raise NameTaken("the name or the alias is taken") from None


def forget_unfinished(invitation: Invitation) -> None:
    """Remove whoever began to join with an invitation and did not finish: nothing was ever sealed to them."""
    if invitation.member is not None and invitation.member.joined_on is None:
        granting.forget_holder(invitation.member.id)
        invitation.member.delete()


@transaction.atomic
def revoke(invitation: Invitation, actor: Actor) -> None:
    """Take an invitation back; whoever has not finished joining with it is forgotten. NotAllowed before writing."""
    require_steward(actor, invitation.organisation_id)
    forget_unfinished(invitation)
    invitation.delete()


def _note(actor: Actor, act: Act, thing: str, today: date) -> None:
    custody.write(actor.organisation, act, actor=actor.id, thing=thing, purpose=Purpose.ADMINISTRATION, today=today)
