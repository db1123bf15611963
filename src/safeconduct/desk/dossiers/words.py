"""Words of the dossier pages."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.concerns.words import HELD_BACK
from safeconduct.desk.dossiers.models import Dossier
from safeconduct.desk.evidence.forms import REVEAL_LABELS
from safeconduct.desk.vault.sections import Section

STATES = {
    Dossier.State.COMPOSED: _("Composed"),
    Dossier.State.RELEASED: _("Released"),
    Dossier.State.WITHDRAWN: _("Withdrawn"),
}
SECTION_REVEALS = {
    Section.ACCOUNT: _("proves service and, where it is told, presence at the front and desertion"),
    Section.CONVICTIONS: _("shows political or religious conviction"),
    Section.CONDUCT: _("tells of deployments, orders and conduct: read it for anything that accuses the person or others"),
}
EVALUATIONS_REVEAL = _("the evaluations prove service, and say what two organisations think of the account")
NOT_READY = {
    "stage": _("The case is not at the stage of a dossier."),
    "expired": _("Evaluations are too old, or from before new facts. Their authors are asked to look again."),
    "decision": _("The case has no decision “recommended”."),
    "consent": _("The person has not consented to this authority."),
    "interview": _("There is no interview yet."),
    "voucher": _("An evaluator’s organisation has not vouched for their key yet. Ask its coordinator to do so."),
    "uncleaned": _(
        "A chosen file cannot be freed of its traces (place, camera, author). Only photographs, PDF and plain text can leave: "
        "add the document once more as one of these."
    ),
    "held-back": HELD_BACK,
    "withdrawn": _("This dossier was withdrawn."),
    "key": _("You do not hold your organisation’s signing key yet. Another coordinator gives it to you on the page of members."),
    "released": _("This dossier is released already."),
    "release": _("This dossier is not released yet."),
    "changed": _(
        "Since this dossier was composed an evaluation changed, or more was covered for this authority. Compose a new version."
    ),
    "unread": _("Please read what each item shows, and tick each."),
    "attestations": _("Not every evaluator has attested it yet."),
}


def reveals_in_words(codes: Sequence[str], shows: str) -> str:
    """What an item tells about the person, as one line; where nobody has said, that."""
    words = [str(REVEAL_LABELS[code]) for code in codes if code in REVEAL_LABELS]
    if not words and not shows:
        return gettext("nobody has said what it shows: look at it")
    return "; ".join([*words, *([shows] if shows else [])])
