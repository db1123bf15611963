"""The coordinator's pages of evaluation: assign, compare, decide."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safeconduct.core.evaluation import Outcome, possible_outcomes
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members, with_fresh_proof
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.access import case_for_coordinator
from safeconduct.desk.cases.errors import NotConsented
from safeconduct.desk.cases.models import Case
from safeconduct.desk.cases.words import NOT_CONSENTED
from safeconduct.desk.evaluations import replacing, selectors, services, words
from safeconduct.desk.evaluations.access import assignment_of_case
from safeconduct.desk.evaluations.errors import AlreadySigned, NotIndependent, NotNeeded, NotYetOpen, OutcomeBarred
from safeconduct.desk.evaluations.forms import AssignForm, DecisionForm
from safeconduct.desk.evaluations.models import GONE, Assignment
from safeconduct.desk.evaluations.selectors import Compared
from safeconduct.desk.vault import drafts
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
    members = [member for member in Member.objects.filter(is_active=True) if member.has_role(Role.EVALUATOR)]
    form = AssignForm(request.POST or None, members=members)
    if request.method == "POST" and form.is_valid():
        evaluator = form.cleaned_data["evaluator"]
        try:
            services.assign(case, request.actor, evaluator, today=clock.today())
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
            return redirect_saying("assigned", "evaluations:of-case", case_id=case.id)
    rows = case.assignments.select_related("evaluator__organisation").order_by("position", "assigned_on")
    are_in = selectors.are_in(case)
    page = {
        "case": case,
        "assignments": [(row, words.STATES[Assignment.State(row.state)]) for row in rows],
        "form": form,
        "may_assign": rows.exclude(state__in=GONE).count() < (3 if are_in else 2),
        "may_compare": are_in,
    }
    return render(request, "evaluations/of_case.html", page, status=422 if form.errors else 200)


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


@require_http_methods(["GET", "POST"])
@for_members(Role.COORDINATOR)
def compare(request: DeskRequest, case_id: str) -> HttpResponseBase:
    """The evaluations side by side, and the decision."""
    case = case_for_coordinator(request.actor, case_id)
    try:
        found = selectors.compared(case, request.actor, today=clock.today())
    except NotYetOpen:
        return render(request, "evaluations/not_yet.html", {"case": case})
    return _decide(request, case, found)


@with_fresh_proof
def _sign(request: DeskRequest, case: Case, form: DecisionForm) -> HttpResponse:
    outcome = Outcome(form.cleaned_data["outcome"])
    try:
        services.decide(case, request.actor, outcome, form.cleaned_data["reasons"], today=clock.today())
    except OutcomeBarred:
        return redirect_saying("not-decided", "evaluations:compare", case_id=case.id)
    drafts.drop_draft(request.actor, selectors.decision_place(case))
    return redirect_saying("decided", "cases:case", case_id=case.id)


def _decide(request: DeskRequest, case: Case, found: Compared) -> HttpResponseBase:
    language = get_language() or "en"
    criteria, possible = found.comparison.criteria, possible_outcomes(found.comparison)
    outcomes = [(outcome, str(words.OUTCOMES[outcome])) for outcome in Outcome if outcome in possible.outcomes]
    typed = drafts.load_draft(request.actor, selectors.decision_place(case)) or {}
    form = DecisionForm(request.POST or None, outcomes=outcomes, initial=typed)
    if request.method == "POST" and form.is_valid():
        # Kept, because a fresh proof may have to come between typing and signing.
        drafts.save_draft(request.actor, selectors.decision_place(case), form.cleaned_data, today=clock.today())
        return _sign(request, case, form)
    page = {
        "case": case,
        "rows": _rows(found, language),
        "bars": sorted({words.bar_in_words(bar, criteria, language) for bar in possible.bars}),
        "third_needed": found.comparison.third_needed,
        "urgent": found.comparison.urgent,
        "form": form,
        "may_decide": bool(outcomes) and case.stage == Case.Stage.DECISION,
    }
    return render(request, "evaluations/compare.html", page, status=422 if form.errors else 200)


def _rows(found: Compared, language: str) -> list[dict[str, Any]]:  # Any: the component's variables
    return [
        {
            "name": row.criterion.name.in_language(language),
            "question": row.criterion.question.in_language(language),
            "agreement": row.agreement.value,
            "sides": [_side(opened, row.criterion.id, found, language) for opened in found.opened],
        }
        for row in found.comparison.rows
    ]


def _side(opened: selectors.OpenedEvaluation, criterion_id: str, found: Compared, language: str) -> dict[str, Any]:
    rating = opened.evaluation.rating_of(criterion_id)
    assert rating is not None
    criterion = found.comparison.row(criterion_id).criterion
    anchor = criterion.anchors.get(rating.rating)
    return {
        "who": f"{opened.evaluator.alias} ({opened.evaluator.organisation.name})",
        "rating": criterion.scale.rating(rating.rating).label.in_language(language),
        "anchor": anchor.in_language(language) if anchor else "",
        "reason": rating.reason,
        "cited": [{"label": item, "url": ""} for item in rating.cited],
        "no_evidence_because": rating.no_evidence_because,
        "would_change_my_mind": rating.would_change_my_mind,
    }
