"""Writes of evaluations: assignment, declaration, signing under cross-locks, and the decision."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from safeconduct.core import canonical
from safeconduct.core.custody import Act, Purpose
from safeconduct.core.evaluation import (
    CriterionRating,
    Evaluation,
    Outcome,
    Participant,
    encode_evaluation,
    gaps,
    independence_problems,
    possible_outcomes,
)
from safeconduct.core.packtext import PackStamp
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases import clocks
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.cases.services import require_partner_consent
from safeconduct.desk.concerns.services import require_not_held_back
from safeconduct.desk.custody import services as custody
from safeconduct.desk.evaluations import teasers, telling
from safeconduct.desk.evaluations.errors import (
    Incomplete,
    NamesNotRead,
    NotIndependent,
    NotNeeded,
    OtherNotReady,
    OutcomeBarred,
)
from safeconduct.desk.evaluations.models import BEFORE_SIGNING, PAIR, Assignment, HandedIn, round_of, standing
from safeconduct.desk.evaluations.selectors import DECISION, are_in, compared, deciders_before
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


def assign(case: Case, actor: Actor, evaluator: Member, *, today: date, criteria_name: str = WAR_REFUSERS) -> Assignment:
    """Ask a member of any organisation to evaluate; position 1, 2 or, after a disagreement, 3.

    They get a teaser and, on asking, names, and no key. The first who is asked settles the criteria for all of the round;
    `criteria_name` counts then only. Raises NotIndependent, naming why, NotNeeded, NotConsented, PackMissing or PackRefused,
    before writing.
    """
    here, number = list(standing(case)), round_of(case)
    _require_independent(case, [*(row.evaluator for row in here), evaluator])
    if not evaluator.has_role(Role.EVALUATOR):
        raise NotIndependent([])
    taken = {row.position for row in here}
    position = next((number for number in (*PAIR, 3) if number not in taken), None)
    if position is None or (position not in PAIR and not are_in(case)):
        raise NotNeeded("no place to fill")
    with opening.opened(case.subject, holder=actor, purpose=Purpose.EVALUATION, today=today) as file:
        require_partner_consent(case, file, evaluator)
        stamp = criteria_of_round(file, number) if here else _settle_criteria(file, number, criteria_name)
        assignment = Assignment.objects.create(case=case, evaluator=evaluator, round=number, position=position, assigned_on=today)
        teasers.write_notes(assignment, file, evaluator, stamp)
        CasePart.objects.get_or_create(case=case, member=evaluator, part=CasePart.Part.ASKED)
        file.note(Act.EVALUATION_ASSIGNED, assignment.id)
        if case.stage == Case.Stage.INTERVIEW:
            Case.objects.filter(pk=case.pk).update(stage=Case.Stage.EVALUATION)
    return assignment


@transaction.atomic
def declare(assignment: Assignment, actor: Actor, *, has_conflict: bool, today: date) -> None:
    """The evaluator's declaration, once. A conflict ends the assignment; none makes the lock and asks for the file.

    NamesNotRead, before writing, for a declaration of no conflict by somebody who has not looked at the names.
    """
    case, offered = assignment.case, Assignment.objects.filter(pk=assignment.pk, state=Assignment.State.OFFERED)
    if has_conflict:
        if not offered.update(state=Assignment.State.DECLINED, teaser=None, names=None):
            return
        take_everything(case, actor.id, actor=actor, today=today)
    else:
        if offered.filter(names_shown=False).exclude(names=None).exists():
            raise NamesNotRead("the names come before the declaration")
        lock = locks.new_lock(case.subject, assignment.id, actor)
        if not offered.update(state=Assignment.State.DECLARED, lock_public=lock.public, lock_sealed=lock.sealed):
            return
    custody.write(
        case.organisation_id,
        Act.EVALUATION_DECLARED,
        actor=actor.id,
        thing=assignment.id,
        purpose=Purpose.EVALUATION,
        today=today,
    )


def open_file(assignment: Assignment, actor: Actor, *, today: date) -> None:
    """A coordinator gives somebody who declared no conflict the keys of what evaluators read.

    Checks once more what may have changed since they were asked: NotIndependent, NotConsented or NotNeeded, before writing.
    """
    case, evaluator = assignment.case, assignment.evaluator
    _require_independent(case, [row.evaluator for row in standing(case)])
    with opening.opened(case.subject, holder=actor, purpose=Purpose.EVALUATION, today=today) as file:
        require_partner_consent(case, file, evaluator)
        declared = Assignment.objects.filter(pk=assignment.pk, state=Assignment.State.DECLARED)
        if not declared.update(state=Assignment.State.ACCEPTED):
            raise NotNeeded("nobody waits for the file")
        granting.grant(file, evaluator.id, EVALUATORS_READ)
        case.parts.filter(member=evaluator, part=CasePart.Part.ASKED).update(part=CasePart.Part.EVALUATOR)


def take_everything(case: Case, evaluator: str, *, actor: Actor, today: date) -> None:
    """Part and keys of somebody who no longer evaluates; the keys change where they had any. Belongs into a transaction."""
    case.parts.filter(member_id=evaluator, part__in=[CasePart.Part.ASKED, CasePart.Part.EVALUATOR]).delete()
    renewal = granting.take_sections(case.subject, evaluator)
    if renewal is not None:
        Case.objects.filter(pk=case.pk).update(reading_key=renewal.reading_key)
        organisation = case.organisation_id
        custody.write_all(organisation, renewal.acts, actor=actor.id, purpose=Purpose.EVALUATION, today=today)


@transaction.atomic
def hand_in(assignment: Assignment, actor: Actor, ratings: Sequence[CriterionRating], *, today: date) -> None:
    """Sign an evaluation, or a new version of one, and lock it. Raises Incomplete or OtherNotReady before writing.

    What is signed is never changed; a new version stands beside the ones before it and counts in their place.
    """
    pack = teasers.criteria_for(assignment, actor)
    lacking = gaps(pack, tuple(ratings))
    if lacking:
        raise Incomplete(lacking)
    assignment = Assignment.objects.select_for_update().select_related("case").get(pk=assignment.pk)
    if assignment.state not in (Assignment.State.ACCEPTED, Assignment.State.REVISING):
        raise Incomplete(())
    earlier = assignment.handed_in.count()
    evaluation = Evaluation(
        evaluator=Participant(actor.id, actor.organisation),
        pack=pack.stamp,
        version=earlier + 1,
        signed_on=today,
        ratings=tuple(ratings),
    )
    _keep(assignment, actor, _signed(evaluation, actor), evaluation.version, today)
    _move_on_when_all_are_in(assignment.case, today)


def decide(case: Case, actor: Actor, outcome: Outcome, reasons: str, *, today: date, told: str = "") -> str:
    """The coordinator's signed decision, once a round; gives its record's id.

    `told` is what the person reads in their conversation. Raises, before writing, OutcomeBarred where the rules forbid the
    outcome or the actor decided an earlier round, NotTold for a negative result without words for the person,
    TellsTooMuch for words that repeat what an evaluator wrote on security, and HeldBack for a recommendation while a
    security concern is not cleared.
    """
    if outcome is Outcome.RECOMMENDED:
        require_not_held_back(case)
    comparison = compared(case, actor, today=today)
    if outcome not in possible_outcomes(comparison.comparison).outcomes:
        raise OutcomeBarred("the rules do not allow this outcome now")
    telling.require_fit(case, outcome, told, comparison.opened)
    number = round_of(case)
    body = canonical.encode(
        {
            "case": case.id,
            "round": number,
            "outcome": outcome.value,
            "reasons": reasons,
            "evaluations": [opened.digest for opened in comparison.opened],
            "criteria": comparison.comparison.criteria.stamp.value(),
            "decided_by": actor.id,
            "decided_on": today.isoformat(),
        }
    )
    with opening.opened(case.subject, holder=actor, purpose=Purpose.DECISION, today=today) as file:
        earlier = file.newest(DECISION)
        if actor.id in deciders_before(file, number):
            raise OutcomeBarred("a review is decided by somebody else")
        undecided = Case.objects.filter(pk=case.pk, stage=Case.Stage.DECISION)
        if not undecided.update(stage=_STAGE_AFTER[outcome]):
            raise OutcomeBarred("the case is not at the stage of a decision")
        if outcome is Outcome.NOT_RECOMMENDED:
            clocks.begin(case, clocks.Runs.NOT_RECOMMENDED, since=today)
        content = {"decision": body.decode(), "signature": signing.sign(actor.signing, signing.DECISION, body).hex()}
        record = file.write(Section.EVALUATIONS, DECISION, content, replaces=earlier)
        file.note(Act.DECISION_SIGNED, case.id)
        telling.tell(case, actor, told, today=today)
    return record


_STAGE_AFTER = {
    Outcome.RECOMMENDED: Case.Stage.DOSSIER,
    Outcome.NOT_RECOMMENDED: Case.Stage.CLOSED,
    Outcome.INSUFFICIENT: Case.Stage.INTERVIEW,
}


def _require_independent(case: Case, evaluators: Sequence[Member]) -> None:
    by_part: dict[str, list[Participant]] = {}
    for part in case.parts.select_related("member"):
        by_part.setdefault(part.part, []).append(Participant(part.member_id, part.member.organisation_id))
    declined = frozenset(case.assignments.filter(state=Assignment.State.DECLINED).values_list("evaluator_id", flat=True))
    # Who left, and who evaluated in an earlier round: a review is by a fresh pair.
    before = case.assignments.exclude(pk__in=standing(case)).values_list("evaluator_id", flat=True)
    problems = independence_problems(
        [Participant(member.id, member.organisation_id) for member in evaluators],
        interviewers=by_part.get(CasePart.Part.INTERVIEWER, []),
        brought_in_by=by_part.get(CasePart.Part.BROUGHT, []),
        declared_conflict=declined,
        declared_none=frozenset(member.id for member in evaluators) - declined,
        stepped_back=frozenset(before) - declined,
    )
    barring = [problem for problem in problems if problem.bars]
    if barring:
        raise NotIndependent(barring)


def _signed(evaluation: Evaluation, actor: Actor) -> bytes:
    encoded = encode_evaluation(evaluation)
    signature = signing.sign(actor.signing, signing.EVALUATION, encoded)
    return canonical.encode({"evaluation": encoded.decode(), "signature": signature.hex()})


def _keep(assignment: Assignment, actor: Actor, content: bytes, version: int, today: date) -> None:
    case = assignment.case
    is_open = version > 1 and are_in(case)  # Both of the pair were in already: nothing is blind any more but the reader.
    other_lock = lock_of_other(assignment) if assignment.position in PAIR and not is_open else None
    HandedIn.objects.create(
        assignment=assignment,
        version=version,
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


def lock_of_other(assignment: Assignment) -> bytes:
    """The lock that one of the pair seals to. OtherNotReady before the other has declared, or while what they signed waits
    to be sealed to this one's lock: whoever comes second must not open the first alone."""
    other = standing(assignment.case).filter(position__in=PAIR).exclude(pk=assignment.pk).first()
    if other is None or other.lock_public is None:
        raise OtherNotReady("the other evaluator has not declared yet")
    if HandedIn.objects.filter(assignment=other, sealed=None).exists():
        raise OtherNotReady("the other evaluation is not sealed to this lock yet")
    return bytes(other.lock_public)


def _move_on_when_all_are_in(case: Case, today: date) -> None:
    here = standing(case)
    waiting = here.filter(state__in=[*BEFORE_SIGNING, Assignment.State.REVISING])
    newest = [row.handed_in.order_by("-version").first() for row in here.filter(state=Assignment.State.HANDED_IN)]
    counting = sum(row is not None and not row.is_out_of_date for row in newest)
    if not waiting.exists() and counting >= len(PAIR):
        Case.objects.filter(pk=case.pk, stage=Case.Stage.EVALUATION).update(stage=Case.Stage.DECISION)
        clocks.begin_recordings(case, today=today)


def criteria_of_round(file: opening.OpenFile, number: int) -> PackStamp:
    """The criteria that were settled for a round; those for war refusers where a case is from before there was a choice."""
    for record in file.records(kind=_CRITERIA):
        if record.content["round"] == number:
            return PackStamp.from_value(record.content["criteria"])
    return criteria(WAR_REFUSERS).stamp


def _settle_criteria(file: opening.OpenFile, number: int, name: str) -> PackStamp:
    stamp = criteria(name).stamp
    earlier = {record.content["round"]: record for record in file.records(kind=_CRITERIA)}
    content = {"round": number, "criteria": stamp.value()}
    # Sealed: which criteria were chosen tells what kind of person this is.
    file.write(Section.SUMMARY, _CRITERIA, content, replaces=earlier.get(number))
    return stamp


_CRITERIA = "criteria"
