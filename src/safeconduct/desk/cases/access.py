"""The doors to cases: the only way a view gets one. Hidden and absent give the same answer."""

from typing import NoReturn

from django.db.models import QuerySet
from django.http import Http404

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.custody import services as custody
from safeconduct.desk.vault.models import Grant
from safeconduct.desk.web import clock


def case_for_reader(actor: Actor, case_id: str) -> Case:
    """A case of which the actor holds some key. Http404 for any other, and a custody entry where there was one to hide.

    Whoever was asked to evaluate it and has not declared that there is no conflict of interest is no reader yet.
    """
    case = Case.objects.select_related("organisation").filter(pk=case_id).first()
    if case is None:
        raise Http404
    if not Grant.objects.filter(subject=case_id, holder=actor.id).exists() or _has_to_declare_first(actor, case):
        refuse(case, actor)
    return case


def case_for_coordinator(actor: Actor, case_id: str) -> Case:
    """A case of the coordinator's own organisation. Http404 for any other."""
    case = case_for_reader(actor, case_id)
    if case.organisation_id != actor.organisation or not plays(actor, case, CasePart.Part.COORDINATOR):
        refuse(case, actor)
    return case


def plays(actor: Actor, case: Case, *parts: str) -> bool:
    """Whether the actor has one of these parts; coordinators of the case's organisation coordinate without a row."""
    if CasePart.Part.COORDINATOR in parts and actor.has_role(Role.COORDINATOR) and actor.organisation == case.organisation_id:
        return True
    return case.parts.filter(member=actor.member, part__in=parts).exists()


def _has_to_declare_first(actor: Actor, case: Case) -> bool:
    return plays(actor, case, CasePart.Part.ASKED) and not plays(actor, case, CasePart.Part.COORDINATOR)


def readable_cases(actor: Actor) -> QuerySet[Case]:
    """Every case of which the actor holds some key."""
    granted = Grant.objects.filter(holder=actor.id).values("subject")
    return Case.objects.filter(pk__in=granted).select_related("organisation")


def refuse(case: Case, actor: Actor) -> NoReturn:
    """Write the refusal down and answer as if there were no such case. Always raises Http404."""
    refusal = [(Act.DOOR_REFUSED, case.id)]
    custody.write_all(case.organisation_id, refusal, actor=actor.id, purpose=Purpose.HANDLING, today=clock.today())
    raise Http404
