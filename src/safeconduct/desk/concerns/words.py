"""Words of the pages about concerns."""

from django.utils.translation import gettext_lazy as _

from safeconduct.desk.concerns.links import Reason
from safeconduct.desk.concerns.models import Concern

KINDS = {
    "services": _("Ties to a security service"),
    "identity": _("Somebody else’s identity"),
    "coached": _("An account learned by heart"),
    "prying": _("Asks about us, our people or other applicants"),
    "colleague": _("Something about a colleague"),
    "other": _("Something else"),
}
STATES = {
    Concern.State.OPEN: _("Open"),
    Concern.State.CLEARED: _("Cleared"),
    Concern.State.CONFIRMED: _("Confirmed"),
}
REASONS = {
    Reason.FILE: _("the same file"),
    Reason.ACCOUNT: _("nearly the same account"),
    Reason.DEVICE: _("pictures from one device"),
    Reason.MODEL: _("pictures from a rare model"),
}
HELD_BACK = _("Wait: this goes no further for now. Ask your organisation’s security reader, in person.")
