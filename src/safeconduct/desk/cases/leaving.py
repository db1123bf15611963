"""Taking a member's keys of every case at once: when they have left, or are not to work on cases any more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.models import Case
from safeconduct.desk.cases.services import remove_member
from safeconduct.desk.vault.models import Grant


@dataclass(frozen=True, repr=False)
class KeysHeld:
    """Cases of the coordinator's organisation of which a member holds keys."""

    within_reach: Sequence[Case]
    """Those whose keys the coordinator holds too, and can change."""
    beyond_reach: Sequence[Case]
    """Those that another coordinator has to see to."""


def keys_held(member: Member, actor: Actor) -> KeysHeld:
    """What a member, of whatever organisation, can still open in the actor's organisation."""
    theirs = Grant.objects.filter(holder=member.id).values("subject")
    own = set(Grant.objects.filter(holder=actor.id).values_list("subject", flat=True))
    cases = list(Case.objects.filter(organisation_id=actor.organisation, pk__in=theirs).order_by("reference"))
    return KeysHeld([case for case in cases if case.id in own], [case for case in cases if case.id not in own])


def holders_who_left(actor: Actor) -> Sequence[Member]:
    """Members of any organisation who have left theirs and still hold keys of the actor's organisation's cases."""
    cases = Case.objects.filter(organisation_id=actor.organisation).values("pk")
    holders = Grant.objects.filter(subject__in=cases).values("holder")
    return list(Member.objects.select_related("organisation").filter(pk__in=holders, is_active=False).order_by("alias"))


def remove_from_all(member: Member, actor: Actor, *, today: date) -> int:
    """Take every key that the actor can reach from a member, with new keys for each case; how many cases that were.

    Each case is a transaction of its own: an interruption leaves whole cases done or untouched. NotAllowed before writing.
    """
    if not actor.has_role(Role.COORDINATOR) or member.id == actor.id:
        raise NotAllowed("a coordinator takes keys away, and not their own")
    cases = keys_held(member, actor).within_reach
    for case in cases:
        remove_member(case, actor, member, today=today)
    return len(cases)
