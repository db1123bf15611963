"""The doors to members and invitations: hidden and absent give the same answer."""

from django.http import Http404

from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.models import Invitation, Member


def member_for_steward(actor: Actor, member_id: str) -> Member:
    """A member of the actor's own organisation who has joined. Http404 for any other."""
    rows = Member.objects.select_related("organisation").filter(organisation_id=actor.organisation, joined_on__isnull=False)
    member = rows.filter(pk=member_id).first()
    if member is None:
        raise Http404
    return member


def invitation_for_steward(actor: Actor, invitation_id: str) -> Invitation:
    """An open invitation of the actor's own organisation. Http404 for any other."""
    rows = Invitation.objects.select_related("member").filter(organisation_id=actor.organisation)
    invitation = rows.filter(pk=invitation_id).first()
    if invitation is None:
        raise Http404
    return invitation
