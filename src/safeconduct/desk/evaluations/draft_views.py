"""Where the evaluation's page keeps what is being typed, without looking at it."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from safeconduct.core.evaluation import rating_value
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.evaluations import teasers
from safeconduct.desk.evaluations.access import assignment_for_evaluator
from safeconduct.desk.evaluations.forms import posted_ratings
from safeconduct.desk.evaluations.models import Assignment
from safeconduct.desk.evaluations.selectors import draft_place
from safeconduct.desk.vault import drafts
from safeconduct.desk.web import clock


@require_POST
@for_members(Role.EVALUATOR)
def keep_evaluation(request: DeskRequest, assignment_id: str) -> HttpResponse:
    """Seal the ratings, as far as they are typed, to their evaluator; nothing of a signed evaluation changes."""
    row = assignment_for_evaluator(request.actor, assignment_id)
    if row.state != Assignment.State.ACCEPTED:
        raise Http404
    ratings = posted_ratings(teasers.criteria_for(row, request.actor), request.POST)
    content = {"ratings": [rating_value(rating) for rating in ratings]}
    drafts.save_draft(request.actor, draft_place(row), content, today=clock.today())
    return HttpResponse(status=204)
