"""When an evaluator drops out: their lock dies unpublished, and whoever had signed already seals to the replacement's lock.

Nothing is lost, because the author's own copy stays; nothing opens early, because the lock of the one who left is destroyed
and what was sealed to it is deleted (docs/adr/0003-cross-locked-evaluations.md).
"""

from datetime import date

from django.db import transaction

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.cases.models import Case
from safeconduct.desk.custody import services as custody
from safeconduct.desk.evaluations.errors import AlreadySigned
from safeconduct.desk.evaluations.models import BEFORE_SIGNING, PAIR, Assignment, HandedIn, standing
from safeconduct.desk.evaluations.selectors import draft_place, own_content
from safeconduct.desk.evaluations.services import lock_of_other, take_everything
from safeconduct.desk.vault import drafts, locks


@transaction.atomic
def step_back(assignment: Assignment, actor: Actor, *, has_conflict: bool, today: date) -> None:
    """An evaluator leaves before signing, or a coordinator takes them off; their place is free again.

    `has_conflict`: they found out later that they know the person. Keys, names, lock and draft of the one who leaves are
    destroyed and the case's keys change. AlreadySigned, before writing, once they have handed in.
    """
    case = assignment.case
    custody.queue(case.organisation_id)
    left = Assignment.State.DECLINED if has_conflict else Assignment.State.STEPPED_BACK
    leaving = Assignment.objects.filter(pk=assignment.pk, state__in=BEFORE_SIGNING)
    if not leaving.update(state=left, lock_public=None, lock_sealed=None, teaser=None, names=None):
        raise AlreadySigned("whoever has signed does not step back")
    drafts.drop_draft_of(assignment.evaluator_id, draft_place(assignment))
    take_everything(case, assignment.evaluator_id, actor=actor, today=today)
    if assignment.position in PAIR:
        # Sealed to a lock that will never be published: not even a kept copy of that lock's key is to open anything here.
        others = standing(case).filter(position__in=PAIR).exclude(pk=assignment.pk)
        HandedIn.objects.filter(assignment__in=others, is_cross_locked=True).update(sealed=None)
    custody.write(
        case.organisation_id,
        Act.EVALUATION_WITHDRAWN,
        actor=actor.id,
        thing=assignment.id,
        purpose=Purpose.EVALUATION,
        today=today,
    )


def on_taken_off(*, case: Case, member: Member, actor: Actor, today: date, **_signal: object) -> None:
    """Somebody taken off a case before signing leaves its evaluation, whichever page they were taken off from."""
    for row in Assignment.objects.select_related("case").filter(case=case, evaluator=member, state__in=BEFORE_SIGNING):
        step_back(row, actor, has_conflict=False, today=today)


@transaction.atomic
def seal_anew(assignment: Assignment, actor: Actor, *, today: date) -> None:
    """The author seals what they signed, unchanged, to the lock of the evaluator who replaces the other one.

    OtherNotReady, before writing, while nobody has taken the place and declared. Once sealed, a second call changes nothing.
    """
    case = assignment.case
    custody.queue(case.organisation_id)
    waiting = list(HandedIn.objects.filter(assignment=assignment, sealed=None))
    if not waiting:
        return
    lock = lock_of_other(assignment)
    case.refresh_from_db(fields=["reading_key"])
    for row in waiting:
        content = own_content(row, assignment, actor)
        row.sealed = locks.close(case.subject, assignment.id, content, reading_key=bytes(case.reading_key), other_lock=lock)
        row.save(update_fields=["sealed"])
    custody.write(
        case.organisation_id,
        Act.EVALUATION_RESEALED,
        actor=actor.id,
        thing=assignment.id,
        purpose=Purpose.EVALUATION,
        today=today,
    )
