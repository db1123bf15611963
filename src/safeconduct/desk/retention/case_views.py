"""Pages about the time of one case: its clocks, the end of the work on it, erasing it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from safeconduct import packs
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members, with_fresh_proof
from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases import clocks
from safeconduct.desk.cases.access import case_for_coordinator
from safeconduct.desk.cases.models import CaseClock
from safeconduct.desk.retention import cases
from safeconduct.desk.retention.errors import StillKept
from safeconduct.desk.retention.forms import EndForm
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying


@require_http_methods(["GET", "POST"])
@for_members(Role.COORDINATOR)
def keeping(request: DeskRequest, case_id: str) -> HttpResponse:
    """Which clocks run for a case and what they end; saying that work on it has ended, or goes on."""
    case, today = case_for_coordinator(request.actor, case_id), clock.today()
    act = request.POST.get("act", "")
    form = EndForm(request.POST if act == "end" else None, today=today)
    if act == "end" and form.is_valid():
        runs, day = CaseClock.Runs(form.cleaned_data["how"]), form.cleaned_data["day"]
        clocks.end_work(case, request.actor, runs, since=day, today=today)
        return redirect_saying("saved", "retention:case", case_id=case.id)
    if act == "go-on":
        clocks.go_on(case, request.actor, today=today)
        return redirect_saying("saved", "retention:case", case_id=case.id)
    language, pack = get_language() or "en", packs.retention(packs.RETENTION)
    running = [(row, pack.clock(row.runs)) for row in case.clocks.order_by("erase_on", "id")]
    page = {
        "case": case,
        "form": form,
        "running": [(row, each.name.in_language(language), each.says.in_language(language)) for row, each in running],
        "ends": any(row.runs in clocks.WHOLE for row, _ in running),
        "requests": case.requests.select_related("hold"),
    }
    return render(request, "retention/case.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_members(Role.COORDINATOR)
@with_fresh_proof
def erase(request: DeskRequest, case_id: str) -> HttpResponse:
    """Erase a whole case for good, because its person asks."""
    row = case_for_coordinator(request.actor, case_id)
    problem = ""
    if request.method == "POST":
        try:
            done = cases.erase_case(row, request.actor, today=clock.today())
        except StillKept:
            problem = gettext("A legal hold keeps it.")
        except NotAllowed:
            problem = gettext("The person has not asked for it.")
        else:
            return redirect_saying("erased", "retention:certificate", certificate_id=done.id)
    page = {"case": row, "is_asked": cases.is_asked_for(row), "problem": problem}
    return render(request, "retention/erase_case.html", page, status=422 if problem else 200)
