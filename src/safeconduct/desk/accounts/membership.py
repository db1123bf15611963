"""Who belongs to an organisation and as what: roles given and taken, members let go and let back in."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts import enrolment
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.errors import LastCoordinator, NotAllowed, RolesDoNotFit
from safeconduct.desk.accounts.models import Member, RecoverySession
from safeconduct.desk.accounts.roles import APART_ROLES, KEY_ROLES, Role
from safeconduct.desk.custody import services as custody
from safeconduct.desk.vault import cards

STEWARDS = (Role.ADMINISTRATOR, Role.COORDINATOR)
"""Who looks after members."""


def require_steward(actor: Actor, organisation: str) -> None:
    """Return for an administrator or coordinator of this organisation; NotAllowed for anybody else."""
    if actor.organisation != organisation or not actor.has_role(*STEWARDS):
        raise NotAllowed("an administrator or coordinator of the organisation does this")


def require_fitting(roles: Collection[Role]) -> None:
    """Return for roles that one person may have; RolesDoNotFit for none, and for keys beside administration or audit."""
    if not roles or (APART_ROLES.intersection(roles) and KEY_ROLES.intersection(roles)):
        raise RolesDoNotFit("no role, or roles that do not go together")


def gives_keys(actor: Actor) -> bool:
    """Whether the actor is a coordinator who holds the organisation's keys, not just one by name."""
    return actor.has_role(Role.COORDINATOR) and not enrolment.lacks_keys(actor.member)


@transaction.atomic
def change_roles(member: Member, roles: Sequence[Role], *, actor: Actor, today: date) -> None:
    """Give and take roles. NotAllowed, RolesDoNotFit or LastCoordinator before writing.

    A role that needs keys is given by a coordinator who holds them; an administrator cannot, least of all to themselves.
    """
    require_steward(actor, member.organisation_id)
    require_fitting(roles)
    before, after = {Role(role) for role in member.roles}, set(roles)
    given, taken = after - before, before - after
    if KEY_ROLES & given and not gives_keys(actor):
        raise NotAllowed("a coordinator gives roles that need keys")
    if Role.COORDINATOR in taken:
        _require_another_coordinator(member)
    member.roles = sorted(role.value for role in after)
    member.save(update_fields=["roles"])
    enrolment.take_keys(member)
    for act, some in ((Act.ROLE_GIVEN, given), (Act.ROLE_WITHDRAWN, taken)):
        if some:
            _note(member, act, actor, today)


@transaction.atomic
def deactivate(member: Member, *, actor: Actor, today: date) -> None:
    """Let a member go: every session ends, signing in stops, the organisation's keys are taken. NotAllowed before writing.

    Grants on cases stay until a coordinator takes them away with new keys for each case (cases.services.remove_from_all).
    """
    require_steward(actor, member.organisation_id)
    if member.id == actor.id or not member.is_active:
        raise NotAllowed("nobody lets themselves go, nor somebody who has left")
    if member.has_role(Role.COORDINATOR):
        _require_another_coordinator(member)
    member.is_active = False
    member.save(update_fields=["is_active"])
    for digest in member.sessions.values_list("pk", flat=True):
        cards.MEMORY.forget(digest)
    member.sessions.all().delete()
    member.ceremonies.all().delete()
    RecoverySession.objects.filter(member=member).delete()
    enrolment.take_keys(member)
    _note(member, Act.MEMBER_REMOVED, actor, today)


@transaction.atomic
def let_back_in(member: Member, *, actor: Actor, today: date) -> None:
    """Let a member sign in again; a coordinator decides, and gives keys separately. NotAllowed before writing."""
    if actor.organisation != member.organisation_id or not gives_keys(actor) or member.is_active:
        raise NotAllowed("a coordinator lets back in who has left")
    member.is_active = True
    member.save(update_fields=["is_active"])
    _note(member, Act.MEMBER_JOINED, actor, today)


def _require_another_coordinator(member: Member) -> None:
    others = Member.objects.filter(organisation=member.organisation_id, is_active=True).exclude(pk=member.pk)
    if not any(other.has_role(Role.COORDINATOR) and not enrolment.lacks_keys(other) for other in others):
        raise LastCoordinator("nobody else could give keys")


def _note(member: Member, act: Act, actor: Actor, today: date) -> None:
    custody.write(member.organisation_id, act, actor=actor.id, thing=member.id, purpose=Purpose.ADMINISTRATION, today=today)
