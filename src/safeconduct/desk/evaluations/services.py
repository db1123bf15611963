"""Writes of evaluations: assignment, declaration, signing under cross-locks, and the decision."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from safeconduct.core import canonical
from safeconduct.core.custody import Act, Purpose
from safeconduct.core.evaluation import (
    CriterionRating,
    Evaluation,
    IndependenceCode,
    IndependenceProblem,
    Outcome,
    Participant,
    encode_evaluation,
    gaps,
    independence_problems,
    possible_outcomes,
)
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.cases.services import require_partner_consent
from safeconduct.desk.custody import services as custody
from safeconduct.desk.evaluations.errors import Incomplete, NotIndependent, NotNeeded, OtherNotReady, OutcomeBarred
from safeconduct.desk.evaluations.models import Assignment, HandedIn
from safeconduct.desk.evaluations.selectors import are_in, compared
from safeconduct.desk.vault import granting, locks, opening, signing
from safeconduct.desk.vault.sections import Section
from safeconduct.packs import WAR_REFUSERS, criteria

EVALUATORS_READ = (
    Section.SUMMARY,
    Section.IDENTITY,
    Section.ACCOUNT,
    Section.CONDUCT,
    Section.CONVICTIONS,
    Section.EVIDENCE,
)
"""Contact, health, legal matters and other evaluations stay closed to evaluators."""
PAIR = (1, 2)


def assign(case: Case, actor: Actor, evaluator: Member, *, today: date) -> Assignment:
    """Ask a member of any organisation to evaluate; position 1, 2 or, after a disagreement, 3.

    Raises NotIndependent, naming why, NotNeeded or NotConsented, before writing. The file opens to the evaluator only after
    their declaration.
    """
    standing = list(case.assignments.exclude(state=Assignment.State.DECLINED).order_by("position").select_related("evaluator"))
    problems = [problem for problem in _independence(case, [*(row.evaluator for row in standing), evaluator]) if problem.bars]
    known = [problem for problem in problems if problem.code is not IndependenceCode.NOT_DECLARED_YET]
    if known or not evaluator.has_role(Role.EVALUATOR):
        raise NotIndependent(known)
    taken = {row.position for row in standing}
    position = next((number for number in (*PAIR, 3) if number not in taken), None)
    if position is None or (position not in PAIR and not are_in(case)):
        raise NotNeeded("no place to fill")
    with opening.opened(case.subject, holder=actor, purpose=Purpose.EVALUATION, today=today) as file:
        require_partner_consent(case, file, evaluator)
        granting.grant(file, evaluator.id, EVALUATORS_READ)
        assignment = Assignment.objects.create(case=case, evaluator=evaluator, position=position, assigned_on=today)
        CasePart.objects.get_or_create(case=case, member=evaluator, part=CasePart.Part.ASKED)
        file.note(Act.EVALUATION_ASSIGNED, assignment.id)
        if case.stage == Case.Stage.INTERVIEW:
            Case.objects.filter(pk=case.pk).update(stage=Case.Stage.EVALUATION)
    return assignment


@transaction.atomic
def declare(assignment: Assignment, actor: Actor, *, has_conflict: bool, today: date) -> None:
    """The evaluator's declaration, once. A conflict ends the assignment; none opens the file and makes the lock."""
    case, offered = assignment.case, Assignment.objects.filter(pk=assignment.pk, state=Assignment.State.OFFERED)
    asked = case.parts.filter(member=actor.member, part=CasePart.Part.ASKED)
    if has_conflict:
        if not offered.update(state=Assignment.State.DECLINED):
            return
        granting.take_sections(case.subject, actor.id)
        asked.delete()
    else:
        lock = locks.new_lock(case.subject, assignment.id, actor)
        if not offered.update(state=Assignment.State.ACCEPTED, lock_public=lock.public, lock_sealed=lock.sealed):
            return
        asked.update(part=CasePart.Part.EVALUATOR)
    custody.write(
        case.organisation_id,
        Act.EVALUATION_DECLARED,
        actor=actor.id,
        thing=assignment.id,
        purpose=Purpose.EVALUATION,
        today=today,
    )


@transaction.atomic
def hand_in(assignment: Assignment, actor: Actor, ratings: Sequence[CriterionRating], *, today: date) -> None:
    """Sign an evaluation and lock it. Raises Incomplete or OtherNotReady before writing; never to be changed after."""
    pack = criteria(WAR_REFUSERS)
    lacking = gaps(pack, tuple(ratings))
    if lacking:
        raise Incomplete(lacking)
    assignment = Assignment.objects.select_for_update().select_related("case").get(pk=assignment.pk)
    if assignment.state != Assignment.State.ACCEPTED:
        raise Incomplete(())
    evaluation = Evaluation(
        evaluator=Participant(actor.id, actor.organisation),
        pack=pack.stamp,
        version=1,
        signed_on=today,
        ratings=tuple(ratings),
    )
    _keep(assignment, actor, _signed(evaluation, actor), today)
    _move_on_when_all_are_in(assignment.case)


def decide(case: Case, actor: Actor, outcome: Outcome, reasons: str, *, today: date) -> str:
    """The coordinator's signed decision, once; gives its record's id. OutcomeBarred where the rules forbid it."""
    comparison = compared(case, actor, today=today)
    if outcome not in possible_outcomes(comparison.comparison).outcomes:
        raise OutcomeBarred("the rules do not allow this outcome now")
    body = canonical.encode(
        {
            "case": case.id,
            "outcome": outcome.value,
            "reasons": reasons,
            "evaluations": [opened.digest for opened in comparison.opened],
            "criteria": comparison.comparison.criteria.stamp.value(),
            "decided_by": actor.id,
            "decided_on": today.isoformat(),
        }
    )
    with opening.opened(case.subject, holder=actor, purpose=Purpose.DECISION, today=today) as file:
        undecided = Case.objects.filter(pk=case.pk, stage=Case.Stage.DECISION)
        if not undecided.update(stage=_STAGE_AFTER[outcome]):
            raise OutcomeBarred("the case is not at the stage of a decision")
        content = {"decision": body.decode(), "signature": signing.sign(actor.signing, signing.DECISION, body).hex()}
        record = file.write(Section.EVALUATIONS, "decision", content, replaces=file.newest("decision"))
        file.note(Act.DECISION_SIGNED, case.id)
    return record


_STAGE_AFTER = {
    Outcome.RECOMMENDED: Case.Stage.DOSSIER,
    Outcome.NOT_RECOMMENDED: Case.Stage.CLOSED,
    Outcome.INSUFFICIENT: Case.Stage.INTERVIEW,
}


def _independence(case: Case, evaluators: Sequence[Member]) -> Sequence[IndependenceProblem]:
    by_part: dict[str, list[Participant]] = {}
    for part in case.parts.select_related("member"):
        by_part.setdefault(part.part, []).append(Participant(part.member_id, part.member.organisation_id))
    declined = case.assignments.filter(state=Assignment.State.DECLINED).values_list("evaluator_id", flat=True)
    return independence_problems(
        [Participant(member.id, member.organisation_id) for member in evaluators],
        interviewers=by_part.get(CasePart.Part.INTERVIEWER, []),
        brought_in_by=by_part.get(CasePart.Part.BROUGHT, []),
        declared_conflict=frozenset(declined),
        declared_none=frozenset(member.id for member in evaluators) - frozenset(declined),
    )


def _signed(evaluation: Evaluation, actor: Actor) -> bytes:
    encoded = encode_evaluation(evaluation)
    signature = signing.sign(actor.signing, signing.EVALUATION, encoded)
    return canonical.encode({"evaluation": encoded.decode(), "signature": signature.hex()})


def _keep(assignment: Assignment, actor: Actor, content: bytes, today: date) -> None:
    case, other_lock = assignment.case, None
    if assignment.position in PAIR:
        other = (
            case.assignments.filter(position__in=PAIR).exclude(pk=assignment.pk).exclude(state=Assignment.State.DECLINED).first()
        )
        if other is None or other.lock_public is None:
            raise OtherNotReady("the other evaluator has not accepted yet")
        other_lock = bytes(other.lock_public)
    HandedIn.objects.create(
        assignment=assignment,
        day=today,
        sealed=locks.close(case.subject, assignment.id, content, reading_key=bytes(case.reading_key), other_lock=other_lock),
        is_cross_locked=other_lock is not None,
        own_copy=locks.seal_own_copy(case.subject, assignment.id, content, actor),
    )
    assert assignment.lock_sealed is not None
    published = locks.lock_key(case.subject, assignment.id, actor, bytes(assignment.lock_sealed))
    Assignment.objects.filter(pk=assignment.pk).update(state=Assignment.State.HANDED_IN, lock_published=published)
    custody.write(
        case.organisation_id,
        Act.EVALUATION_SIGNED,
        actor=actor.id,
        thing=assignment.id,
        purpose=Purpose.EVALUATION,
        today=today,
    )


def _move_on_when_all_are_in(case: Case) -> None:
    waiting = case.assignments.filter(state__in=[Assignment.State.OFFERED, Assignment.State.ACCEPTED])
    handed_in = case.assignments.filter(state=Assignment.State.HANDED_IN).count()
    if not waiting.exists() and handed_in >= len(PAIR):
        Case.objects.filter(pk=case.pk, stage=Case.Stage.EVALUATION).update(stage=Case.Stage.DECISION)
