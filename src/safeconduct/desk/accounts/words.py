"""Refusals of the accounts room in words."""

from django.utils.translation import gettext_lazy, ngettext

from safeconduct.core.errors import SafeconductError
from safeconduct.desk.accounts.errors import LastCoordinator, NotAllowed, RolesDoNotFit, TooSoon

REFUSALS: dict[type[SafeconductError], object] = {
    NotAllowed: gettext_lazy("Roles that open cases are given by a coordinator who holds the organisation's keys."),
    RolesDoNotFit: gettext_lazy("An administrator or auditor cannot have a role that opens cases; choose one or the other."),
    LastCoordinator: gettext_lazy("This is the last coordinator who holds the organisation's keys. Make another one first."),
}


def wait(refused: TooSoon) -> str:
    """How long to wait."""
    words = ngettext("Wait %(n)s second and try again.", "Wait %(n)s seconds and try again.", refused.seconds)
    return words % {"n": refused.seconds}
