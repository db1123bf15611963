"""The doors to exports."""

from django.http import Http404

from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.access import case_for_coordinator
from safeconduct.desk.exports.models import Export


def export_for_coordinator(actor: Actor, export_id: str) -> Export:
    """An export of a case that the actor coordinates. Http404 for any other."""
    export = Export.objects.select_related("case__organisation", "asked_by", "approved_by").filter(pk=export_id).first()
    if export is None:
        raise Http404
    case_for_coordinator(actor, export.case_id)
    return export
