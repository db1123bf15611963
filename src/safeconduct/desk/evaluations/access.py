"""The doors to assignments: an evaluator's own, and those of a case for its coordinators."""

from django.http import Http404

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.access import case_for_coordinator
from safeconduct.desk.custody import services as custody
from safeconduct.desk.evaluations.models import GONE, Assignment
from safeconduct.desk.web import clock


def assignment_for_evaluator(actor: Actor, assignment_id: str) -> Assignment:
    """The actor's own assignment. Http404 for any other, and a custody entry where there was one to hide."""
    row = Assignment.objects.select_related("case__organisation", "evaluator").filter(pk=assignment_id).first()
    if row is None:
        raise Http404
    if row.evaluator_id != actor.id or row.state in GONE:
        organisation = row.case.organisation_id
        refusal = [(Act.DOOR_REFUSED, row.id)]
        custody.write_all(organisation, refusal, actor=actor.id, purpose=Purpose.EVALUATION, today=clock.today())
        raise Http404
    return row


def assignment_of_case(actor: Actor, case_id: str, assignment_id: str) -> Assignment:
    """An assignment of a case that the actor coordinates. Http404 for any other."""
    case = case_for_coordinator(actor, case_id)
    row = case.assignments.select_related("case__organisation", "evaluator__organisation").filter(pk=assignment_id).first()
    if row is None or row.state in GONE:
        raise Http404
    return row
