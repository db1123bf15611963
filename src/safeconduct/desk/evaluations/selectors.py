"""Reads of evaluations: opened side by side once both are in, never before."""

import enum
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.errors import UnreadableInput
from safeconduct.core.evaluation import Comparison, Evaluation, compare, decode_evaluation, months_after
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.cases.models import Case
from safeconduct.desk.evaluations import teasers
from safeconduct.desk.evaluations.errors import NotYetOpen
from safeconduct.desk.evaluations.models import GONE, PAIR, SIGNED, Assignment, HandedIn, round_of, standing
from safeconduct.desk.vault import locks, opening, signing
from safeconduct.desk.vault.sections import Section
from safeconduct.packs import criteria_of

DECISION: Final = "decision"
"""Kind of the record that holds the signed decision; a later decision is a new version of it."""


class Task(enum.Enum):
    """What an evaluator has to do."""

    DECLARE = "declare"
    EVALUATE = "evaluate"
    SEAL_ANEW = "seal-anew"
    RENEW = "renew"


@dataclass(frozen=True, repr=False)
class OpenedEvaluation:
    """An evaluation whose signature was checked when it was opened."""

    assignment: Assignment
    evaluator: Member
    evaluation: Evaluation
    encoded: bytes
    """The canonical bytes that were signed."""
    signature: bytes
    is_out_of_date: bool = False
    """New facts were recorded after it was signed."""

    @property
    def digest(self) -> str:
        """SHA-256 of the signed bytes, hexadecimal."""
        return hashlib.sha256(self.encoded).hexdigest()


@dataclass(frozen=True, repr=False)
class Compared:
    """Evaluations side by side, with who made them."""

    comparison: Comparison
    opened: Sequence[OpenedEvaluation]
    """Those that count today, in the order of the comparison."""
    not_counting: Sequence[OpenedEvaluation] = ()
    """The newest of evaluators whose evaluation is too old or from before new facts."""
    earlier: Sequence[OpenedEvaluation] = ()
    """Versions that a later one of the same evaluator replaced."""


def compared(case: Case, actor: Actor, *, today: date) -> Compared:
    """All evaluations of the present round, for holders of the evaluations section.

    Raises NotYetOpen until both are in, PackChanged or PackMissing where the criteria they were made by are not at hand.
    """
    opened = opened_evaluations(case, actor, today=today)
    newest = {each.assignment.id: each for each in opened}
    latest = list(newest.values())
    pack = criteria_of(latest[0].evaluation.pack)
    comparison = compare(
        pack,
        [each.evaluation for each in latest],
        today=today,
        out_of_date={each.evaluation.evaluator.member for each in latest if each.is_out_of_date},
    )
    counting = [each for each in latest if each.evaluation in comparison.evaluations]
    return Compared(
        comparison,
        counting,
        [each for each in latest if each not in counting],
        [each for each in opened if each not in latest],
    )


def opened_evaluations(case: Case, actor: Actor, *, today: date) -> list[OpenedEvaluation]:
    """Every version of every evaluation of the present round, unlocked and with its signature checked.

    By position, and each evaluator's versions in order.
    """
    rows = list(
        HandedIn.objects.filter(assignment__in=standing(case))
        .select_related("assignment__evaluator__organisation")
        .order_by("assignment__position", "version")
    )
    keys = {row.assignment.position: row.assignment.lock_published for row in rows if row.sealed is not None}
    if not set(PAIR) <= set(keys):
        raise NotYetOpen("both evaluations have to be in")
    with opening.opened(case.subject, holder=actor, purpose=Purpose.COMPARISON, today=today) as file:
        readings = file.reading_pairs(Section.EVALUATIONS)
        found = []
        for row in rows:
            assert row.sealed is not None
            sealed = bytes(row.sealed)
            if row.is_cross_locked:
                other = keys[2 if row.assignment.position == 1 else 1]
                assert other is not None
                sealed = locks.open_outer(case.subject, row.assignment_id, sealed, bytes(other))
            content = locks.open_inner(case.subject, row.assignment_id, sealed, readings)
            found.append(_checked(row.assignment, content, is_out_of_date=row.is_out_of_date))
            file.note(Act.EVALUATION_READ, row.assignment_id)
    return found


def own_evaluation(assignment: Assignment, actor: Actor) -> Evaluation | None:
    """What the evaluator handed in last, from their own copy."""
    row = HandedIn.objects.filter(assignment=assignment).order_by("-version").first()
    return _checked(assignment, own_content(row, assignment, actor)).evaluation if row else None


def own_content(row: HandedIn, assignment: Assignment, actor: Actor) -> bytes:
    """What was signed, from its author's own copy; the signature is checked. SealingRefused for anybody else."""
    content = locks.open_own_copy(assignment.case.subject, assignment.id, bytes(row.own_copy), actor)
    _checked(assignment, content)
    return content


def offered_to(actor: Actor, *, today: date) -> list[tuple[Assignment, Task]]:
    """The actor's assignments that wait for them and what each waits for, oldest first."""
    rows = actor.member.assignments.exclude(state__in=[*GONE, Assignment.State.DECLARED])
    found = []
    for row in rows.select_related("case__organisation").order_by("assigned_on", "id"):
        task = task_of(row, actor, today=today)
        if task is not None:
            found.append((row, task))
    return found


def task_of(row: Assignment, actor: Actor, *, today: date) -> Task | None:
    """What an assignment waits for from its evaluator, if for anything."""
    match Assignment.State(row.state):
        case Assignment.State.OFFERED:
            return Task.DECLARE
        case Assignment.State.ACCEPTED | Assignment.State.REVISING:
            return Task.EVALUATE
        case Assignment.State.HANDED_IN if waits_for_new_seal(row):
            return Task.SEAL_ANEW
        case Assignment.State.HANDED_IN if is_to_be_renewed(row, actor, today=today):
            return Task.RENEW
    return None


def is_to_be_renewed(row: Assignment, actor: Actor, *, today: date) -> bool:
    """Whether what was signed no longer counts, because of new facts or its age, while the case still evaluates or decides."""
    newest = row.handed_in.order_by("-version").first()
    if newest is None or newest.sealed is None or row.round != round_of(row.case) or row.case.stage == Case.Stage.CLOSED:
        return False
    if newest.is_out_of_date:
        return True
    try:
        months = teasers.criteria_for(row, actor).rules.expires_after_months
    except UnreadableInput:
        return False  # Its criteria are not at hand: the evaluation's own page says so.
    return today >= months_after(newest.day, months)


def waits_for_new_seal(assignment: Assignment) -> bool:
    """Whether its author can seal it anew now: the place beside it is filled by somebody who has declared."""
    if not HandedIn.objects.filter(assignment=assignment, sealed=None).exists():
        return False
    others = standing(assignment.case).filter(position__in=PAIR).exclude(pk=assignment.pk)
    return others.exclude(lock_public=None).exists()


def waiting_for_the_file(actor: Actor) -> list[Assignment]:
    """Evaluators who declared no conflict in a case of the coordinator's organisation, oldest first."""
    declared = Assignment.objects.filter(case__organisation_id=actor.organisation, state=Assignment.State.DECLARED)
    return list(declared.select_related("case").order_by("assigned_on", "id"))


def decision_of(file: opening.OpenFile) -> dict[str, Any] | None:
    """The newest signed decision in an open file, its signature checked, or None. Any: as it was encoded."""
    record = file.newest(DECISION)
    return _decision(record) if record else None


def deciders_before(file: opening.OpenFile, number: int) -> frozenset[str]:
    """Who decided in rounds before this one; their signatures are checked."""
    newest = file.newest(DECISION)
    if newest is None:
        return frozenset()
    versions = [newest, *(file.read(newest.id, version=each) for each in range(1, newest.version))]
    decisions = [_decision(version) for version in versions]
    return frozenset(each["decided_by"] for each in decisions if each.get("round", 1) < number)


def _decision(record: opening.OpenRecord) -> dict[str, Any]:  # Any: as above
    encoded = record.content["decision"].encode()
    decision: dict[str, Any] = json.loads(encoded)
    member = Member.objects.get(pk=decision["decided_by"])
    signing.require_signature(
        bytes(member.signing_public_key), signing.DECISION, encoded, bytes.fromhex(record.content["signature"])
    )
    return decision


def _checked(assignment: Assignment, content: bytes, *, is_out_of_date: bool = False) -> OpenedEvaluation:
    holding = json.loads(content)
    encoded, signature = holding["evaluation"].encode(), bytes.fromhex(holding["signature"])
    signing.require_signature(bytes(assignment.evaluator.signing_public_key), signing.EVALUATION, encoded, signature)
    return OpenedEvaluation(assignment, assignment.evaluator, decode_evaluation(encoded), encoded, signature, is_out_of_date)


def are_in(case: Case) -> bool:
    """Whether both of the blind pair are in, so that the evaluations can be opened."""
    return standing(case).filter(position__in=PAIR, state__in=SIGNED).count() == len(PAIR)


def draft_place(assignment: Assignment) -> str:
    """Under which name the draft of an evaluation is kept."""
    return f"evaluation {assignment.id}"


def decision_place(case: Case) -> str:
    """Under which name the draft of a decision is kept."""
    return f"decision {case.id}"
