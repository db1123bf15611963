"""The person acting in this request, with their keys unlocked."""

from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest

from safeconduct.desk.accounts.models import Member, Session
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.vault.identities import Owner
from safeconduct.desk.vault.keyholders import Keyholder, MemberKeys, SigningKey


@dataclass(frozen=True, kw_only=True, repr=False, eq=False)
class Actor(Keyholder):
    """A signed-in member: who they are, what they may do, and the keys to do it with."""

    member: Member
    keys: MemberKeys
    """The whole bundle, for sealing it anew (sessions, a changed passphrase)."""
    signing: SigningKey
    session: Session | None = field(default=None)

    def has_role(self, *roles: Role) -> bool:
        """Whether the member has one of these roles."""
        return self.member.has_role(*roles)

    def is_fresh(self, now: datetime) -> bool:
        """Whether this session has just proved who is sitting there; services without a session are always fresh."""
        return self.session is None or self.session.is_fresh(now)


class DeskRequest(HttpRequest):
    """A request that carries an actor."""

    actor: Actor


def actor_for(member: Member, keys: MemberKeys, session: Session | None = None) -> Actor:
    """The actor of a member whose keys were just unlocked."""
    return Actor(
        id=member.id,
        organisation=member.organisation_id,
        sealing=keys.sealing,
        keyring=keys.keyring,
        member=member,
        keys=keys,
        signing=keys.signing,
        session=session,
    )


def owner_of(member: Member) -> Owner:
    """Whose keys a member's sealed bundle is bound to."""
    return Owner(member=member.id, organisation=member.organisation_id)
