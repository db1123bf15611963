"""The doors to requests. Hidden and absent give the same answer."""

from django.http import Http404

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.models import Organisation
from safeconduct.desk.custody import services as custody
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.selectors import holds_desk_key
from safeconduct.desk.web import clock


def request_for_desk(actor: Actor, request_id: str) -> Request:
    """A request to the actor's own desk. Http404 for any other, and a custody entry where there was one to hide."""
    request = Request.objects.select_related("organisation", "case").filter(pk=request_id).first()
    if request is None:
        raise Http404
    if request.organisation_id != actor.organisation or not holds_desk_key(actor):
        refusal = [(Act.DOOR_REFUSED, request.id)]
        custody.write_all(request.organisation_id, refusal, actor=actor.id, purpose=Purpose.TRIAGE, today=clock.today())
        raise Http404
    return request


def desk_for_public(slug: str) -> Organisation:
    """An organisation that takes requests, by its public name."""
    organisation = Organisation.objects.filter(pk=slug).first()
    if organisation is None:
        raise Http404
    return organisation
