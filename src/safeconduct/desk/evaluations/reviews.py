"""A negative result is reviewed by someone new: another coordinator opens it, a fresh pair evaluates, and another decides."""

from datetime import date

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.evaluation import Outcome
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases import clocks
from safeconduct.desk.cases.models import Case
from safeconduct.desk.evaluations.errors import NotNeeded
from safeconduct.desk.evaluations.models import Review, round_of
from safeconduct.desk.evaluations.selectors import deciders_before, decision_of
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.opening import OpenFile


def open_review(case: Case, actor: Actor, *, today: date) -> Review:
    """Open a fresh round for a case that was closed as not recommended.

    NotNeeded, before writing, for any other case and for whoever decided it in any round.
    """
    with opening.opened(case.subject, holder=actor, purpose=Purpose.EVALUATION, today=today) as file:
        if not may_review(file, actor):
            raise NotNeeded("only a negative result is reviewed, and by somebody who did not decide it")
        if not Case.objects.filter(pk=case.pk, stage=Case.Stage.CLOSED).update(stage=Case.Stage.EVALUATION):
            raise NotNeeded("the case is not closed")
        clocks.stop(case)
        review = Review.objects.create(case=case, round=round_of(case) + 1, opened_by=actor.member, opened_on=today)
        file.note(Act.REVIEW_OPENED, case.id)
    return review


def may_review(file: OpenFile, actor: Actor) -> bool:
    """Whether the newest decision is negative and this actor signed none of them."""
    decision = decision_of(file)
    if decision is None or decision["outcome"] != Outcome.NOT_RECOMMENDED.value:
        return False
    return actor.id not in deciders_before(file, decision.get("round", 1) + 1)
