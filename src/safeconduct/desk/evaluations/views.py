"""The coordinator's pages of evaluation: whom to ask, by which criteria, and who leaves."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safeconduct import packs
from safeconduct.core.evaluation import Criteria
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.access import case_for_coordinator
from safeconduct.desk.cases.errors import NotConsented
from safeconduct.desk.cases.models import Case
from safeconduct.desk.cases.words import NOT_CONSENTED
from safeconduct.desk.evaluations import replacing, selectors, services, words
from safeconduct.desk.evaluations.access import assignment_of_case
from safeconduct.desk.evaluations.errors import AlreadySigned, NotIndependent, NotNeeded
from safeconduct.desk.evaluations.forms import AssignForm
from safeconduct.desk.evaluations.models import GONE, Assignment, standing
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying


@require_GET
@for_members(Role.EVALUATOR)
def own_list(request: DeskRequest) -> HttpResponse:
    """Evaluations that this member was asked for."""
    rows = request.actor.member.assignments.exclude(state__in=GONE).select_related("case__organisation")
    shown = [(row, words.STATES[Assignment.State(row.state)]) for row in rows.order_by("state", "assigned_on", "id")]
    return render(request, "evaluations/list.html", {"assignments": shown})


@require_http_methods(["GET", "POST"])
@for_members(Role.COORDINATOR)
def of_case(request: DeskRequest, case_id: str) -> HttpResponse:
    """The evaluators of a case, and asking one more."""
    case = case_for_coordinator(request.actor, case_id)
    here = list(standing(case))
    members = [member for member in Member.objects.filter(is_active=True) if member.has_role(Role.EVALUATOR)]
    usable, refused = packs.criteria_at_hand()
    language = get_language() or "en"
    offered = [(_name(pack), pack.title.in_language(language)) for pack in usable] if not here else []
    form = AssignForm(request.POST or None, members=members, criteria=offered)
    if request.method == "POST" and form.is_valid() and _assign(request, case, form):
        return redirect_saying("assigned", "evaluations:of-case", case_id=case.id)
    may_compare = selectors.are_in(case)
    rows = case.assignments.select_related("evaluator__organisation").order_by("round", "position", "assigned_on")
    page = {
        "case": case,
        "assignments": [(row, words.STATES[Assignment.State(row.state)]) for row in rows],
        "form": form,
        "refused_packs": refused if not here else [],
        "may_assign": case.stage != Case.Stage.CLOSED and len(here) < (3 if may_compare else 2),
        "may_compare": may_compare,
    }
    return render(request, "evaluations/of_case.html", page, status=422 if form.errors else 200)


def _assign(request: DeskRequest, case: Case, form: AssignForm) -> bool:
    """Ask the chosen member; refusals go into the form."""
    evaluator, name = form.cleaned_data["evaluator"], form.cleaned_data.get("criteria") or packs.WAR_REFUSERS
    try:
        services.assign(case, request.actor, evaluator, today=clock.today(), criteria_name=name)
    except NotIndependent as refused:
        for problem in refused.problems:
            form.add_error("evaluator", f"{evaluator.alias} {words.INDEPENDENCE.get(problem.code, problem.code.value)}.")
        if not refused.problems:
            form.add_error("evaluator", gettext("This member is not an evaluator."))
    except NotConsented:
        form.add_error("evaluator", str(NOT_CONSENTED))
    except NotNeeded:
        form.add_error("evaluator", gettext("A third evaluator is asked once both evaluations are in, and no fourth."))
    else:
        return True
    return False


def _name(pack: Criteria) -> str:
    return f"{pack.stamp.id}-v{pack.stamp.version}"


@require_POST
@for_members(Role.COORDINATOR)
def open_file(request: DeskRequest, case_id: str, assignment_id: str) -> HttpResponse:
    """Give the file to an evaluator who declared no conflict."""
    row = assignment_of_case(request.actor, case_id, assignment_id)
    try:
        services.open_file(row, request.actor, today=clock.today())
    except (NotIndependent, NotConsented, NotNeeded):
        return redirect_saying("not-opened", "evaluations:of-case", case_id=case_id)
    return redirect_saying("file-opened", "evaluations:of-case", case_id=case_id)


@require_POST
@for_members(Role.COORDINATOR)
def take_off(request: DeskRequest, case_id: str, assignment_id: str) -> HttpResponse:
    """Take an evaluator off who has not signed; somebody else can be asked."""
    row = assignment_of_case(request.actor, case_id, assignment_id)
    try:
        replacing.step_back(row, request.actor, has_conflict=False, today=clock.today())
    except AlreadySigned:
        raise Http404 from None
    return redirect_saying("taken-off", "evaluations:of-case", case_id=case_id)
