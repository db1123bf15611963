"""The organisation's page: who belongs to it and as what. For administrators and coordinators."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safeconduct.desk.accounts import enrolment, invitations, membership, selectors, words
from safeconduct.desk.accounts.access import invitation_for_steward, member_for_steward
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members, with_fresh_proof
from safeconduct.desk.accounts.errors import LastCoordinator, NotAllowed, RolesDoNotFit
from safeconduct.desk.accounts.forms import InviteForm, RolesForm
from safeconduct.desk.accounts.membership import STEWARDS
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.vault.recovery import digest_of
from safeconduct.desk.web import clock
from safeconduct.desk.web.links import public_link
from safeconduct.desk.web.notices import redirect_saying


@require_GET
@for_members(*STEWARDS)
def organisation(request: DeskRequest) -> HttpResponse:
    """Members, open invitations and the state of recovery."""
    row = request.actor.member.organisation
    digest = digest_of(bytes(row.recovery_public_key)) if row.recovery_public_key else ""
    page = {
        "organisation": row,
        "rows": selectors.member_rows(row, recovery_digest=digest),
        "invitations": selectors.open_invitations(row, now=clock.now()),
        "gives_keys": membership.gives_keys(request.actor),
        "coordinates": request.actor.has_role(Role.COORDINATOR),
    }
    return render(request, "accounts/organisation.html", page)


@require_http_methods(["GET", "POST"])
@for_members(*STEWARDS)
@with_fresh_proof
def invite(request: DeskRequest) -> HttpResponse:
    """Invite somebody; link and spoken code are shown once."""
    form = InviteForm(request.POST if request.method == "POST" else None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            invitation, given = invitations.invite(
                request.actor, alias=typed["alias"], roles=form.chosen(), language=typed["language"], now=clock.now()
            )
        except RolesDoNotFit as refused:
            form.say_refused(refused)
        else:
            link = public_link("accounts:join", token=given.token)
            return render(request, "accounts/invited.html", {"invitation": invitation, "link": link, "code": given.code})
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@for_members(*STEWARDS)
def revoke(request: DeskRequest, invitation_id: str) -> HttpResponse:
    """Take an invitation back."""
    invitations.revoke(invitation_for_steward(request.actor, invitation_id), request.actor)
    return redirect_saying("invitation-revoked", "accounts:organisation")


@require_http_methods(["GET", "POST"])
@for_members(*STEWARDS)
@with_fresh_proof
def member(request: DeskRequest, member_id: str) -> HttpResponse:
    """One member: their roles, and what can be done for them or about them."""
    row = member_for_steward(request.actor, member_id)
    form = RolesForm(request.POST if request.method == "POST" else None, initial={"roles": row.roles})
    if request.method == "POST" and form.is_valid():
        try:
            membership.change_roles(row, form.chosen(), actor=request.actor, today=clock.today())
        except (NotAllowed, RolesDoNotFit, LastCoordinator) as refused:
            form.say_refused(refused)
        else:
            return redirect_saying("saved", "accounts:member", member_id=row.id)
    return _member_page(request, row, form)


@require_POST
@for_members(*STEWARDS)
@with_fresh_proof
def deactivate(request: DeskRequest, member_id: str) -> HttpResponse:
    """Let a member go."""
    row = member_for_steward(request.actor, member_id)
    try:
        membership.deactivate(row, actor=request.actor, today=clock.today())
    except (NotAllowed, LastCoordinator) as refused:
        return _member_page(request, row, RolesForm(initial={"roles": row.roles}), refusal=str(words.REFUSALS[type(refused)]))
    return redirect_saying("member-deactivated", "accounts:member", member_id=row.id)


@require_POST
@for_members(Role.COORDINATOR)
@with_fresh_proof
def let_back_in(request: DeskRequest, member_id: str) -> HttpResponseBase:
    """Let a member sign in again."""
    row = member_for_steward(request.actor, member_id)
    try:
        membership.let_back_in(row, actor=request.actor, today=clock.today())
    except NotAllowed:
        return redirect("accounts:member", member_id=row.id)
    return redirect_saying("saved", "accounts:member", member_id=row.id)


@require_POST
@for_members(Role.COORDINATOR)
@with_fresh_proof
def give_keys(request: DeskRequest, member_id: str) -> HttpResponseBase:
    """Seal the organisation's keys to a member, as far as their roles need them."""
    row = member_for_steward(request.actor, member_id)
    try:
        enrolment.welcome(row, actor=request.actor, today=clock.today())
    except NotAllowed as refused:
        return _member_page(request, row, RolesForm(initial={"roles": row.roles}), refusal=str(words.REFUSALS[type(refused)]))
    return redirect_saying("keys-given", "accounts:member", member_id=row.id)


def _member_page(request: DeskRequest, row: Member, form: RolesForm, refusal: str = "") -> HttpResponse:
    page = {
        "row": row,
        "form": form,
        "refusal": refusal,
        "lacks_keys": row.is_active and enrolment.lacks_keys(row),
        "gives_keys": membership.gives_keys(request.actor),
        "is_own": row.id == request.actor.id,
        "is_evaluator": row.is_active and row.has_role(Role.EVALUATOR),
        "coordinates": request.actor.has_role(Role.COORDINATOR),
    }
    return render(request, "accounts/member.html", page, status=422 if form.errors or refusal else 200)
