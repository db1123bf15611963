"""Taking over what the person decided on their own page."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases import following
from safeconduct.desk.cases.access import case_for_reader
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying


@require_POST
@for_members(Role.CASEWORKER, Role.COORDINATOR)
def follow(request: DeskRequest, case_id: str) -> HttpResponse:
    """The case's consents become what the person last said."""
    case = case_for_reader(request.actor, case_id)
    if case.organisation_id != request.actor.organisation:
        raise Http404
    following.follow_person(case, request.actor, today=clock.today())
    return redirect_saying("saved", "cases:consents", case_id=case.id)
