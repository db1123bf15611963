"""The door to assignments: an evaluator's own, and nobody else's."""

from django.http import Http404

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.custody import services as custody
from safeconduct.desk.evaluations.models import Assignment
from safeconduct.desk.web import clock


def assignment_for_evaluator(actor: Actor, assignment_id: str) -> Assignment:
    """The actor's own assignment. Http404 for any other, and a custody entry where there was one to hide."""
    row = Assignment.objects.select_related("case__organisation", "evaluator").filter(pk=assignment_id).first()
    if row is None:
        raise Http404
    if row.evaluator_id != actor.id or row.state == Assignment.State.DECLINED:
        organisation = row.case.organisation_id
        refusal = [(Act.DOOR_REFUSED, row.id)]
        custody.write_all(organisation, refusal, actor=actor.id, purpose=Purpose.EVALUATION, today=clock.today())
        raise Http404
    return row
