"""Words of the dossier pages."""

from django.utils.translation import gettext_lazy as _

from safeconduct.desk.dossiers.models import Dossier

STATES = {
    Dossier.State.COMPOSED: _("Composed"),
    Dossier.State.RELEASED: _("Released"),
    Dossier.State.WITHDRAWN: _("Withdrawn"),
}
NOT_READY = {
    "stage": _("The case is not at the stage of a dossier."),
    "decision": _("The case has no decision “recommended”."),
    "consent": _("The person has not consented to this authority."),
    "interview": _("There is no interview yet."),
    "voucher": _("An evaluator’s organisation has not vouched for their key yet. Ask its coordinator to do so."),
    "uncleaned": _(
        "A chosen file cannot be freed of its traces (place, camera, author). Only photographs, PDF and plain text can leave: "
        "add the document once more as one of these."
    ),
    "withdrawn": _("This dossier was withdrawn."),
    "released": _("This dossier is released already."),
    "attestations": _("Not every evaluator has attested it yet."),
}
