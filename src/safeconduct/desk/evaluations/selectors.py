"""Reads of evaluations: opened side by side once both are in, never before."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.evaluation import Comparison, Evaluation, compare, decode_evaluation
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.cases.models import Case
from safeconduct.desk.evaluations.errors import NotYetOpen
from safeconduct.desk.evaluations.models import GONE, PAIR, Assignment, HandedIn
from safeconduct.desk.vault import locks, opening, signing
from safeconduct.desk.vault.sections import Section
from safeconduct.packs import criteria_of


@dataclass(frozen=True, repr=False)
class OpenedEvaluation:
    """An evaluation whose signature was checked when it was opened."""

    assignment: Assignment
    evaluator: Member
    evaluation: Evaluation
    encoded: bytes
    """The canonical bytes that were signed."""
    signature: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the signed bytes, hexadecimal."""
        return hashlib.sha256(self.encoded).hexdigest()


@dataclass(frozen=True, repr=False)
class Compared:
    """Evaluations side by side, with who made them."""

    comparison: Comparison
    opened: Sequence[OpenedEvaluation]


def compared(case: Case, actor: Actor, *, today: date) -> Compared:
    """All handed-in evaluations, for holders of the evaluations section. Raises NotYetOpen until both are in."""
    opened = opened_evaluations(case, actor, today=today)
    pack = criteria_of(opened[0].evaluation.pack)
    comparison = compare(pack, [each.evaluation for each in opened], today=today)
    return Compared(comparison, opened)


def opened_evaluations(case: Case, actor: Actor, *, today: date) -> list[OpenedEvaluation]:
    """Every handed-in evaluation, unlocked and with its signature checked."""
    rows = list(
        HandedIn.objects.filter(assignment__case=case)
        .select_related("assignment__evaluator__organisation")
        .order_by("assignment__position")
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
            found.append(_checked(row.assignment, locks.open_inner(case.subject, row.assignment_id, sealed, readings)))
            file.note(Act.EVALUATION_READ, row.assignment_id)
    return found


def own_evaluation(assignment: Assignment, actor: Actor) -> Evaluation | None:
    """What the evaluator handed in, from their own copy."""
    row = HandedIn.objects.filter(assignment=assignment).first()
    return _checked(assignment, own_content(row, assignment, actor)).evaluation if row else None


def own_content(row: HandedIn, assignment: Assignment, actor: Actor) -> bytes:
    """What was signed, from its author's own copy; the signature is checked. SealingRefused for anybody else."""
    content = locks.open_own_copy(assignment.case.subject, assignment.id, bytes(row.own_copy), actor)
    _checked(assignment, content)
    return content


def offered_to(actor: Actor) -> list[Assignment]:
    """The actor's assignments that wait for them, oldest first: to declare, to evaluate, to seal anew."""
    rows = actor.member.assignments.select_related("case__organisation").order_by("assigned_on", "id")
    waiting = rows.filter(state__in=[Assignment.State.OFFERED, Assignment.State.ACCEPTED])
    return [*waiting, *(row for row in rows.filter(state=Assignment.State.HANDED_IN) if waits_for_new_seal(row))]


def waits_for_new_seal(assignment: Assignment) -> bool:
    """Whether its author can seal it anew now: the place beside it is filled by somebody who has declared."""
    if not HandedIn.objects.filter(assignment=assignment, sealed=None).exists():
        return False
    others = assignment.case.assignments.filter(position__in=PAIR).exclude(pk=assignment.pk).exclude(state__in=GONE)
    return others.exclude(lock_public=None).exists()


def waiting_for_the_file(actor: Actor) -> list[Assignment]:
    """Evaluators who declared no conflict in a case of the coordinator's organisation, oldest first."""
    declared = Assignment.objects.filter(case__organisation_id=actor.organisation, state=Assignment.State.DECLARED)
    return list(declared.select_related("case").order_by("assigned_on", "id"))


def decision_of(file: opening.OpenFile) -> dict[str, Any] | None:
    """The signed decision in an open file, its signature checked, or None. Any: as it was encoded."""
    record = file.newest("decision")
    if record is None:
        return None
    encoded = record.content["decision"].encode()
    decision: dict[str, Any] = json.loads(encoded)
    member = Member.objects.get(pk=decision["decided_by"])
    signing.require_signature(
        bytes(member.signing_public_key), signing.DECISION, encoded, bytes.fromhex(record.content["signature"])
    )
    return decision


def _checked(assignment: Assignment, content: bytes) -> OpenedEvaluation:
    holding = json.loads(content)
    encoded, signature = holding["evaluation"].encode(), bytes.fromhex(holding["signature"])
    signing.require_signature(bytes(assignment.evaluator.signing_public_key), signing.EVALUATION, encoded, signature)
    return OpenedEvaluation(assignment, assignment.evaluator, decode_evaluation(encoded), encoded, signature)


def are_in(case: Case) -> bool:
    """Whether both of the blind pair are in, so that the evaluations can be opened."""
    return case.assignments.filter(position__in=PAIR, state=Assignment.State.HANDED_IN).count() == len(PAIR)


def draft_place(assignment: Assignment) -> str:
    """Under which name the draft of an evaluation is kept."""
    return f"evaluation {assignment.id}"


def decision_place(case: Case) -> str:
    """Under which name the draft of a decision is kept."""
    return f"decision {case.id}"
