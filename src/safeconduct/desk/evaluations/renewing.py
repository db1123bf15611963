"""Later facts make a new version: the evaluations signed before them are out of date, and their authors look again."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.evaluation import rating_value
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.cases.selectors import NEW_FACTS
from safeconduct.desk.evaluations.errors import NotOutOfDate
from safeconduct.desk.evaluations.models import Assignment, HandedIn, standing
from safeconduct.desk.evaluations.selectors import draft_place, is_to_be_renewed, own_evaluation
from safeconduct.desk.vault import drafts, opening
from safeconduct.desk.vault.opening import OpenRecord
from safeconduct.desk.vault.sections import Section


@dataclass(frozen=True, repr=False)
class NewFacts:
    """What came in later, and when it was recorded."""

    what: str
    day: date


def facts_of(record: OpenRecord) -> NewFacts:
    """What a record of new facts holds."""
    return NewFacts(record.content["facts"], record.day)


def record_facts(case: Case, actor: Actor, what: str, *, today: date) -> None:
    """Record new facts, for the evaluators to read; every evaluation signed so far in this round no longer counts.

    A case that waits for its decision or its dossier goes back to the evaluators; one that was submitted stays where it is.
    """
    with opening.opened(case.subject, holder=actor, purpose=Purpose.INTERVIEW, today=today) as file:
        record = file.write(Section.ACCOUNT, NEW_FACTS, {"facts": what})
        file.note(Act.FACTS_RECORDED, record)
        if HandedIn.objects.filter(assignment__in=standing(case)).update(is_out_of_date=True):
            back = [Case.Stage.INTERVIEW, Case.Stage.DECISION, Case.Stage.DOSSIER]
            Case.objects.filter(pk=case.pk, stage__in=back).update(stage=Case.Stage.EVALUATION)


@transaction.atomic
def begin_again(assignment: Assignment, actor: Actor, *, today: date) -> None:
    """An evaluator begins a new version, from a draft of what they signed last. NotOutOfDate while that still counts."""
    signed = Assignment.objects.filter(pk=assignment.pk, state=Assignment.State.HANDED_IN)
    own = own_evaluation(assignment, actor)
    if own is None or not is_to_be_renewed(assignment, actor, today=today):
        raise NotOutOfDate("the evaluation still counts")
    if signed.update(state=Assignment.State.REVISING):
        content = {"ratings": [rating_value(rating) for rating in own.ratings]}
        drafts.save_draft(actor, draft_place(assignment), content, today=today)
