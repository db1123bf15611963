"""Pages on the case keys of members who have left or are to hold none."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members, with_fresh_proof
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases import leaving
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying


@require_GET
@for_members(Role.COORDINATOR)
def who_left(request: DeskRequest) -> HttpResponse:
    """Members of any organisation who have left and still hold keys of this organisation's cases."""
    return render(request, "cases/who_left.html", {"members": leaving.holders_who_left(request.actor)})


@require_http_methods(["GET", "POST"])
@for_members(Role.COORDINATOR)
@with_fresh_proof
def keys_of_member(request: DeskRequest, member_id: str) -> HttpResponse:
    """Which cases of this organisation a member can open, and the act that takes all of them away."""
    member = Member.objects.select_related("organisation").filter(pk=member_id).first()
    held = leaving.keys_held(member, request.actor) if member else None
    if member is None or held is None or not _is_concern_of(request, member, held):
        raise Http404
    if request.method == "POST" and member.id != request.actor.id:
        leaving.remove_from_all(member, request.actor, today=clock.today())
        return redirect_saying("grants-withdrawn", "cases:keys-of-member", member_id=member.id)
    page = {"member": member, "held": held, "is_own": member.id == request.actor.id}
    return render(request, "cases/keys_of_member.html", page)


def _is_concern_of(request: DeskRequest, member: Member, held: leaving.KeysHeld) -> bool:
    """Own members, and members of partners who hold keys here: nobody else's existence is told."""
    return member.organisation_id == request.actor.organisation or bool(held.within_reach or held.beyond_reach)
