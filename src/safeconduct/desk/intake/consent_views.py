"""What the desk records for a person: their own consent where another wrote for them, and the proof that they asked for."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.roles import DESK_ROLES, Role
from safeconduct.desk.intake import own_consent, proofs
from safeconduct.desk.intake.access import request_for_desk
from safeconduct.desk.intake.forms import OwnConsentForm
from safeconduct.desk.intake.models import Request
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying


@require_http_methods(["GET", "POST"])
@for_members(*DESK_ROLES)
def own_consent_page(request: DeskRequest, request_id: str) -> HttpResponse:
    """Record how and in which words a person agreed for whom somebody else had written."""
    row = request_for_desk(request.actor, request_id)
    if row.state not in (Request.State.NEW, Request.State.OPEN):
        raise Http404
    form = OwnConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        own_consent.record_own_consent(row, request.actor, today=clock.today(), **form.cleaned_data)
        return redirect_saying("saved", "cases:triage", request_id=row.id)
    return render(request, "intake/own_consent.html", {"row": row, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_members(Role.COORDINATOR)
def sign_proof(request: DeskRequest, request_id: str) -> HttpResponse:
    """Sign the proof of filing that the person asked for."""
    row = request_for_desk(request.actor, request_id)
    if row.proof_asked_on is None:
        raise Http404
    if request.method == "POST":
        proofs.sign_proof(row, request.actor, today=clock.today())
        return redirect_saying("saved", "inbox:request", request_id=row.id)
    return render(request, "intake/sign_proof.html", {"row": row})
