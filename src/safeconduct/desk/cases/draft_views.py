"""Where the interview's page keeps what is being typed, without looking at it."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from safeconduct import packs
from safeconduct.core.questionnaires import read_answers, sections_in_view
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases import selectors
from safeconduct.desk.cases.access import case_for_reader
from safeconduct.desk.vault import drafts
from safeconduct.desk.web import clock
from safeconduct.desk.web.asking import posted_values


@require_POST
@for_members(Role.CASEWORKER)
def keep_interview(request: DeskRequest, case_id: str, section: str) -> HttpResponse:
    """Seal one section of the interview, as far as it is typed, to its interviewer; answers nothing but that it is kept."""
    case = case_for_reader(request.actor, case_id)
    if case.organisation_id != request.actor.organisation:
        raise Http404
    pack, place = packs.questionnaire(packs.SCREENING), selectors.draft_place(case)
    values = drafts.load_draft(request.actor, place)
    if values is None:
        values = selectors.interview_values(case, request.actor, today=clock.today())
    views = sections_in_view(pack, read_answers(pack, values).answers)
    questions = next((view.questions for view in views if view.section.id == section), None)
    if questions is None:
        raise Http404
    asked = {question.id for question in questions}
    kept = {question: value for question, value in values.items() if question not in asked}
    drafts.save_draft(request.actor, place, kept | posted_values(questions, request.POST), today=clock.today())
    return HttpResponse(status=204)
