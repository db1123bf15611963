"""The doors of security readers. To everybody else there is nothing here."""

from django.http import Http404

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.concerns.models import Canary, Concern
from safeconduct.desk.custody import services as custody
from safeconduct.desk.vault.models import Grant
from safeconduct.desk.web import clock


def concern_for_reader(actor: Actor, concern_id: str) -> Concern:
    """A concern of which the actor holds the key. Http404 for any other, and a custody entry where there was one to hide."""
    row = Concern.objects.select_related("organisation", "case", "request").filter(pk=concern_id).first()
    if row is None:
        raise Http404
    holds = Grant.objects.filter(subject=row.id, holder=actor.id).exists()
    if not (holds and actor.has_role(Role.SECURITY_READER) and actor.organisation == row.organisation_id):
        refusal = [(Act.DOOR_REFUSED, row.id)]
        custody.write_all(row.organisation_id, refusal, actor=actor.id, purpose=Purpose.SECURITY, today=clock.today())
        raise Http404
    return row


def canary_for_reader(actor: Actor, canary_id: str) -> Canary:
    """A canary in a case of the reader's organisation. Http404 for any other."""
    row = Canary.objects.select_related("case").filter(pk=canary_id, case__organisation_id=actor.organisation).first()
    if row is None or not actor.has_role(Role.SECURITY_READER):
        raise Http404
    return row
