"""Pages about time: the clocks, one request's day, erasing, and the certificates."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct import packs
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members, with_fresh_proof
from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.accounts.roles import DESK_ROLES, Role
from safeconduct.desk.intake.access import request_for_desk
from safeconduct.desk.intake.models import Request
from safeconduct.desk.retention import cases, services
from safeconduct.desk.retention.errors import SecondPersonNeeded, StillKept
from safeconduct.desk.retention.forms import HoldForm
from safeconduct.desk.retention.models import Certificate, Hold
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying
from safeconduct.desk.web.paging import page_number

ROWS_PER_PAGE = 50
ENDING_SHOWN = 20


@require_GET
@for_members(*DESK_ROLES, Role.AUDITOR)
def overview(request: DeskRequest) -> HttpResponse:
    """The clocks and what they say, and everything that was erased."""
    language = get_language() or "en"
    pack = packs.retention(packs.RETENTION)
    rows = Certificate.objects.filter(organisation_id=request.actor.organisation).order_by("-erased_on", "id")
    pages = max(1, -(-rows.count() // ROWS_PER_PAGE))
    number = min(page_number(request), pages)
    names = {each.id: each.name.in_language(language) for each in pack.clocks}
    page = {
        "clocks": [(each.name.in_language(language), each.says.in_language(language)) for each in pack.clocks],
        "is_proposed": not pack.reviewed_by,
        "certificates": rows[(number - 1) * ROWS_PER_PAGE : number * ROWS_PER_PAGE],
        "number": number,
        "pages": pages,
        "reads_requests": request.actor.has_role(*DESK_ROLES),
        "ending": [(each, names[each.runs]) for each in cases.ending_next(request.actor.organisation, limit=ENDING_SHOWN)]
        if request.actor.has_role(Role.COORDINATOR)
        else (),
    }
    return render(request, "retention/overview.html", page)


@require_GET
@for_members(*DESK_ROLES, Role.AUDITOR)
def certificate(request: DeskRequest, certificate_id: str) -> HttpResponse:
    """One certificate: that something was erased, and nothing of what it was."""
    rows = Certificate.objects.select_related("organisation").filter(organisation_id=request.actor.organisation)
    row = rows.filter(pk=certificate_id).first()
    if row is None:
        raise Http404
    by = Member.objects.filter(pk=row.by).values_list("alias", flat=True).first()
    return render(request, "retention/certificate.html", {"row": row, "by": by})


@require_http_methods(["GET", "POST"])
@for_members(*DESK_ROLES)
def hold(request: DeskRequest, request_id: str) -> HttpResponse:
    """How long a request is kept, and a legal hold by two people."""
    row = request_for_desk(request.actor, request_id)
    act = request.POST.get("act", "")
    form = HoldForm(request.POST if act == "propose" else None)
    try:
        if act == "propose" and form.is_valid():
            services.propose_hold(row, request.actor, form.cleaned_data["reason"], today=clock.today())
        elif act == "confirm":
            services.confirm_hold(row, request.actor, today=clock.today())
        elif act == "lift":
            services.lift_hold(row, request.actor, today=clock.today())
        else:
            return _keeping_page(request, row, form)
    except SecondPersonNeeded:
        return redirect_saying("second-person", "retention:hold", request_id=row.id)
    return redirect_saying("saved", "retention:hold", request_id=row.id)


def _keeping_page(request: DeskRequest, row: Request, form: HoldForm) -> HttpResponse:
    placed = Hold.objects.filter(request=row).first()
    page = {
        "row": row,
        "hold": placed,
        "reason": services.reason_of_hold(row, request.actor, today=clock.today()) if placed else {},
        "is_own": placed is not None and placed.proposed_by == request.actor.id,
        "form": form,
    }
    return render(request, "retention/hold.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_members(*DESK_ROLES)
@with_fresh_proof
def erase(request: DeskRequest, request_id: str) -> HttpResponse:
    """Erase a request for good: conversation, files, notes, keys, code."""
    row = request_for_desk(request.actor, request_id)
    problem = ""
    if request.method == "POST":
        try:
            done = services.erase_now(row, request.actor, today=clock.today())
        except StillKept:
            problem = "kept"
        except NotAllowed:
            problem = "coordinator"
        else:
            return redirect_saying("erased", "retention:certificate", certificate_id=done.id)
    page = {"row": row, "problem": problem}
    return render(request, "retention/erase.html", page, status=422 if problem else 200)
