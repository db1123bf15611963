"""What a member may be; doors ask for roles, keys decide what is readable."""

from enum import StrEnum

from django.utils.translation import gettext_lazy


class Role(StrEnum):
    """The roles of a desk. An administrator holds no case key; an auditor reads the custody log only."""

    CASEWORKER = "caseworker"
    EVALUATOR = "evaluator"
    RESEARCHER = "researcher"
    COORDINATOR = "coordinator"
    LIAISON = "liaison"
    PUBLISHER = "publisher"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    SECURITY_READER = "security-reader"
    """Reads the security concerns of the organisation, which nobody else opens."""
    INTERPRETER = "interpreter"
    """Opens nothing by this role alone: a desk gives them one thread for one period."""


ROLE_LABELS = {
    Role.CASEWORKER: gettext_lazy("Caseworker"),
    Role.EVALUATOR: gettext_lazy("Evaluator"),
    Role.RESEARCHER: gettext_lazy("Researcher"),
    Role.COORDINATOR: gettext_lazy("Coordinator"),
    Role.LIAISON: gettext_lazy("Liaison"),
    Role.PUBLISHER: gettext_lazy("Publisher"),
    Role.ADMINISTRATOR: gettext_lazy("Administrator"),
    Role.AUDITOR: gettext_lazy("Auditor"),
    Role.SECURITY_READER: gettext_lazy("Security reader"),
    Role.INTERPRETER: gettext_lazy("Interpreter"),
}

KEYLESS_ROLES = frozenset({Role.ADMINISTRATOR, Role.AUDITOR, Role.PUBLISHER})
"""Roles that never receive a desk or case key."""
KEY_ROLES = frozenset(Role) - KEYLESS_ROLES
"""Roles whose work needs keys; only a coordinator gives them."""
APART_ROLES = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
"""Roles that never go together with one that needs keys."""
DESK_ROLES = frozenset({Role.CASEWORKER, Role.COORDINATOR})
"""Roles that share their organisation's desk key and so read new requests."""
