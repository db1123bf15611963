"""Numbered follow-up questions: evaluators work from the record, ask in it, and are answered in it.

A question holds its number, the part of the record it belongs to and its words: not who asked, no criterion and no rating.
Both evaluators read all questions and answers; who asked is in the custody log alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.cases.selectors import FOLLOW_UP
from safeconduct.desk.custody import services as custody
from safeconduct.desk.evaluations.errors import NotAsked, NotNeeded
from safeconduct.desk.evaluations.models import Assignment
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.models import Grant, SealedRecord
from safeconduct.desk.vault.opening import OpenRecord
from safeconduct.desk.vault.sections import Section

ASKED_IN: Final = (Section.ACCOUNT, Section.CONDUCT, Section.CONVICTIONS, Section.IDENTITY)
"""Parts of the record that a question can belong to: all evaluators hold each of them."""


@dataclass(frozen=True, repr=False)
class FollowUp:
    """One question and its answer, empty until it comes."""

    record: str
    number: int
    section: Section
    question: str
    asked_on: date
    answer: str = ""
    answered_on: date | None = None


def follow_ups(records: Sequence[OpenRecord]) -> list[FollowUp]:
    """The questions among the records of an open file, by number."""
    return sorted((_read(record) for record in records if record.kind == FOLLOW_UP), key=lambda each: each.number)


def ask(assignment: Assignment, actor: Actor, section: Section, question: str, *, today: date) -> int:
    """Put the next question; gives its number. NotNeeded, before writing, for who has not the file or has signed."""
    case = assignment.case
    if assignment.state not in (Assignment.State.ACCEPTED, Assignment.State.REVISING) or section not in ASKED_IN:
        raise NotNeeded("only who is evaluating asks")
    with opening.opened(case.subject, holder=actor, purpose=Purpose.EVALUATION, today=today) as file:
        # In line with other writers, so that two evaluators never get one number.
        custody.queue(case.organisation_id)
        known = follow_ups(file.records(kind=FOLLOW_UP))
        number = known[-1].number + 1 if known else 1
        record = file.write(section, FOLLOW_UP, {"number": number, "question": question, "asked_on": today.isoformat()})
        file.note(Act.QUESTION_ASKED, record)
    return number


def answer(case: Case, actor: Actor, number: int, text: str, *, today: date) -> None:
    """Record what the person said: a new version of the question's record. NotAsked, before writing, without such a question.

    Whoever takes an answer holds a part of the interview, and does not evaluate.
    """
    with opening.opened(case.subject, holder=actor, purpose=Purpose.INTERVIEW, today=today) as file:
        asked = {record.content["number"]: record for record in file.records(kind=FOLLOW_UP)}
        if number not in asked:
            raise NotAsked("there is no question of this number")
        said = {"answer": text, "answered_on": today.isoformat(), "answered_by": actor.id}
        file.write(asked[number].section, FOLLOW_UP, {**asked[number].content, **said}, replaces=asked[number])
        file.note(Act.QUESTION_ANSWERED, asked[number].id)
        CasePart.objects.get_or_create(case=case, member=actor.member, part=CasePart.Part.INTERVIEWER)


def questions_of(case: Case, actor: Actor, *, today: date) -> list[FollowUp]:
    """All questions of a case, for whoever may read the record."""
    with opening.opened(case.subject, holder=actor, purpose=Purpose.INTERVIEW, today=today) as file:
        return follow_ups(file.records(kind=FOLLOW_UP))


def cases_with_open_questions(actor: Actor) -> list[Case]:
    """Cases of the actor's organisation whose record has a question without an answer: one that is at its first version."""
    open_questions = SealedRecord.objects.filter(kind=FOLLOW_UP, is_current=True, version=1).values("subject")
    granted = Grant.objects.filter(holder=actor.id).values("subject")
    own = Case.objects.filter(organisation_id=actor.organisation, pk__in=granted).filter(pk__in=open_questions)
    return list(own.order_by("opened_on", "id"))


def _read(record: OpenRecord) -> FollowUp:
    content = record.content
    answered = content.get("answered_on")
    return FollowUp(
        record=record.id,
        number=content["number"],
        section=record.section,
        question=content["question"],
        asked_on=date.fromisoformat(content["asked_on"]),
        answer=content.get("answer", ""),
        answered_on=date.fromisoformat(answered) if answered else None,
    )
