"""The door to statements and claims: who works on a case writes, its evaluators read."""

from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.access import case_for_reader, plays, refuse
from safeconduct.desk.cases.models import Case, CasePart

ROLES = (Role.RESEARCHER, Role.CASEWORKER, Role.COORDINATOR, Role.EVALUATOR)
WRITERS = (CasePart.Part.CASEWORKER, CasePart.Part.INTERVIEWER, CasePart.Part.RESEARCHER, CasePart.Part.COORDINATOR)


def may_write(actor: Actor, case: Case) -> bool:
    """Whether the actor works on the case as one of `WRITERS`."""
    return plays(actor, case, *WRITERS)


def case_of_claims(actor: Actor, case_id: str) -> Case:
    """A case on which the actor works, or that they evaluate. Http404 for any other, and a custody entry."""
    case = case_for_reader(actor, case_id)
    if not plays(actor, case, *WRITERS, CasePart.Part.EVALUATOR):
        refuse(case, actor)
    return case


def case_for_writer(actor: Actor, case_id: str) -> Case:
    """A case on which the actor works as one of `WRITERS`. Http404 for any other, and a custody entry."""
    case = case_of_claims(actor, case_id)
    if not may_write(actor, case):
        refuse(case, actor)
    return case
