"""Follow-up questions: the evaluator asks, the caseworker answers."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.access import case_for_reader
from safeconduct.desk.evaluations import followups, renewing
from safeconduct.desk.evaluations.access import assignment_for_evaluator
from safeconduct.desk.evaluations.errors import NotAsked, NotNeeded
from safeconduct.desk.evaluations.forms import AnswerForm, FactsForm, QuestionForm
from safeconduct.desk.vault.sections import Section
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying


@require_POST
@for_members(Role.EVALUATOR)
def ask(request: DeskRequest, assignment_id: str) -> HttpResponse:
    """Put the next numbered question into the record."""
    row = assignment_for_evaluator(request.actor, assignment_id)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return redirect_saying("not-saved", "evaluations:assignment", assignment_id=row.id)
    section, question = Section(form.cleaned_data["section"]), form.cleaned_data["question"]
    try:
        followups.ask(row, request.actor, section, question, today=clock.today())
    except NotNeeded:
        raise Http404 from None
    return redirect_saying("question-asked", "evaluations:assignment", assignment_id=row.id)


@require_http_methods(["GET", "POST"])
@for_members(Role.CASEWORKER, Role.COORDINATOR)
def of_case(request: DeskRequest, case_id: str) -> HttpResponse:
    """The questions of a case, and writing down what the person answered."""
    case = case_for_reader(request.actor, case_id)
    if case.organisation_id != request.actor.organisation:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number, text = form.cleaned_data["number"], form.cleaned_data["answer"]
        try:
            followups.answer(case, request.actor, number, text, today=clock.today())
        except NotAsked:
            raise Http404 from None
        return redirect_saying("question-answered", "evaluations:follow-ups", case_id=case.id)
    questions = followups.questions_of(case, request.actor, today=clock.today())
    page = {"case": case, "questions": questions, "form": form, "facts_form": FactsForm()}
    return render(request, "evaluations/follow_ups.html", page, status=422 if form.errors else 200)


@require_POST
@for_members(Role.CASEWORKER, Role.COORDINATOR)
def new_facts(request: DeskRequest, case_id: str) -> HttpResponse:
    """Record what came in later; what was signed before it no longer counts."""
    case = case_for_reader(request.actor, case_id)
    if case.organisation_id != request.actor.organisation:
        raise Http404
    form = FactsForm(request.POST)
    if not form.is_valid():
        return redirect_saying("not-saved", "evaluations:follow-ups", case_id=case.id)
    renewing.record_facts(case, request.actor, form.cleaned_data["facts"], today=clock.today())
    return redirect_saying("facts-recorded", "evaluations:follow-ups", case_id=case.id)
