"""The button with which a coordinator vouches for an evaluator's key."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from safeconduct.desk.accounts.access import member_for_steward
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members, with_fresh_proof
from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.dossiers.vouching import vouch_for
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying


@require_POST
@for_members(Role.COORDINATOR)
@with_fresh_proof
def vouch(request: DeskRequest, member_id: str) -> HttpResponse:
    """Sign that this key is the evaluator's, for two years."""
    member = member_for_steward(request.actor, member_id)
    if not member.is_active or not member.has_role(Role.EVALUATOR):
        raise Http404
    try:
        vouch_for(member, request.actor, today=clock.today())
    except (NotAllowed, NotGranted):
        # A coordinator by name only, whom nobody has given the organisation's keys yet; or a key that was withdrawn.
        raise Http404 from None
    return redirect_saying("vouched", "accounts:member", member_id=member.id)
