"""The doors to dossiers and attestations."""

from django.http import Http404

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.access import case_for_reader, plays, refuse
from safeconduct.desk.cases.models import CasePart
from safeconduct.desk.custody import services as custody
from safeconduct.desk.dossiers.models import Attestation, Dossier
from safeconduct.desk.web import clock


def dossier_for_releaser(actor: Actor, dossier_id: str) -> Dossier:
    """A dossier of a case that the actor coordinates. Http404 for any other."""
    dossier = Dossier.objects.select_related("case__organisation", "composed_by", "released_by").filter(pk=dossier_id).first()
    if dossier is None:
        raise Http404
    case = case_for_reader(actor, dossier.case_id)
    if case.organisation_id != actor.organisation or not plays(actor, case, CasePart.Part.COORDINATOR, CasePart.Part.LIAISON):
        refuse(case, actor)
    return dossier


def attestation_for_evaluator(actor: Actor, attestation_id: str) -> Attestation:
    """An attestation that the actor is asked for. Http404 for any other, and a custody entry where there was one to hide."""
    if not attestation_id.isdigit():
        raise Http404
    row = Attestation.objects.select_related("dossier__case__organisation", "evaluator").filter(pk=int(attestation_id)).first()
    if row is None:
        raise Http404
    if row.evaluator_id != actor.id:
        organisation = row.dossier.case.organisation_id
        refusal = [(Act.DOOR_REFUSED, row.dossier_id)]
        custody.write_all(organisation, refusal, actor=actor.id, purpose=Purpose.DOSSIER, today=clock.today())
        raise Http404
    return row
