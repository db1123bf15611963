"""The door to incidents: those who work on a case. Evaluators read them beside the file they evaluate."""

from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.access import case_for_reader, plays, refuse
from safeconduct.desk.cases.models import Case, CasePart

ROLES = (Role.RESEARCHER, Role.CASEWORKER, Role.COORDINATOR)
PARTS = (CasePart.Part.CASEWORKER, CasePart.Part.INTERVIEWER, CasePart.Part.RESEARCHER, CasePart.Part.COORDINATOR)


def case_for_researcher(actor: Actor, case_id: str) -> Case:
    """A case on which the actor works as one of `PARTS`.

    Http404 for any other, and a custody entry where there was one to hide.
    """
    case = case_for_reader(actor, case_id)
    if not plays(actor, case, *PARTS):
        refuse(case, actor)
    return case
