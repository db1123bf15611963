"""Writes of statements, claims and answers: the sealed record and its custody entry in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any  # Sealed records are JSON of many shapes.

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.timeline import Topic, Whereabouts, edtf_of, explained
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.claims import taking
from safeconduct.desk.claims.answers import Answered, Standing
from safeconduct.desk.claims.content import ANSWER, CLAIM, SECTION, STATEMENT, place_content, statement_of
from safeconduct.desk.claims.errors import PromptGone
from safeconduct.desk.claims.selectors import raised_by, rules, what_was_found
from safeconduct.desk.evidence.twins import items_with_twins
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.opening import OpenFile, OpenRecord
from safeconduct.desk.vault.sections import Section

_FEWEST_READERS = (
    Section.DESK,
    Section.HEALTH,
    Section.LEGAL,
    Section.CONDUCT,
    Section.IDENTITY,
    Section.CONTACT,
    Section.CONVICTIONS,
    Section.ACCOUNT,
    Section.EVIDENCE,
    Section.SUMMARY,
)
"""Sections of a case's answers, those that are given to the fewest first."""
_OF_RULE: Mapping[str, Sequence[Section]] = {"t7": (Section.CONDUCT,)}
"""Where what a rule is handed from outside is sealed: incidents near a stay stand with conduct."""
_KEPT: Sequence[str] = ("taken_from", "question", "set_aside")
"""What a correction does not change."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Told:
    """A statement as somebody records it. `when` and `said_on` may be EDTF or as people type dates."""

    topic: Topic
    said: str
    source: str
    """`interview`, the record of an evidence item, or another word of `Said`."""
    source_words: str = ""
    speaker: str
    said_on: str = ""
    about: str = ""
    """Empty for the person of the case."""
    when: str = ""
    occasion: int = 0
    value: str = ""
    manner: str = ""
    words: str = ""
    place: Whereabouts | None = None
    unit: Mapping[str, Any] | None = None
    relations: Sequence[Mapping[str, str]] = field(default=())

    def content(self) -> dict[str, Any]:
        """As it is sealed. TypedDateUnreadable where a date is none."""
        return {
            "topic": self.topic.value,
            "said": self.said,
            "source": self.source,
            "source_words": self.source_words,
            "speaker": self.speaker,
            "said_on": edtf_of(self.said_on) if self.said_on else "",
            "about": self.about,
            "when": edtf_of(self.when) if self.when else "",
            "occasion": self.occasion,
            "value": self.value,
            "manner": self.manner,
            "words": self.words,
            "place": place_content(self.place),
            "unit": dict(self.unit) if self.unit else None,
            "relations": [dict(each) for each in self.relations],
        }


@dataclass(frozen=True, kw_only=True, repr=False)
class ClaimSaid:
    """A claim, and which statements speak for and against it."""

    text: str
    standing: Standing
    reason: str
    supports: Sequence[str] = ()
    contradicts: Sequence[str] = ()
    sought: str = ""
    """What was looked for and not found; empty for nothing new."""
    sought_where: str = ""


def record_statement(case: Case, actor: Actor, told: Told, *, today: date) -> str:
    """Seal a statement among the evidence; gives its record.

    NotGranted without that section, TypedDateUnreadable for a date that is none; each before anything is written.
    """
    content = told.content()
    with _opened(case, actor, today) as file:
        record = file.write(SECTION, STATEMENT, {**content, **_by(actor, today)})
        file.note(Act.STATEMENT_RECORDED, record)
    return record


def correct_statement(case: Case, actor: Actor, record: str, told: Told, *, today: date) -> None:
    """Write a new version of a statement, in the section in which it is; the earlier one stays readable in the vault.

    NotGranted where there is no such statement for this reader, TypedDateUnreadable; each before writing.
    """
    content = told.content()
    with _opened(case, actor, today) as file:
        before = _statement(file, record)
        kept = {name: before.content[name] for name in _KEPT if name in before.content}
        file.write(before.section, STATEMENT, {**content, **kept, **_by(actor, today)}, replaces=before)
        file.note(Act.STATEMENT_RECORDED, record)


def set_aside(case: Case, actor: Actor, record: str, reason: str, *, today: date) -> None:
    """Say that a statement was recorded by mistake: it raises nothing any more, and stays. An empty reason takes it back."""
    with _opened(case, actor, today) as file:
        before = _statement(file, record)
        said = {"reason": reason, **_by(actor, today)} if reason else None
        file.write(before.section, STATEMENT, {**before.content, "set_aside": said}, replaces=before)
        file.note(Act.STATEMENT_RECORDED, record)


def take_over(case: Case, actor: Actor, keys: Sequence[str], *, today: date) -> int:
    """Seal statements that stand in the interview's answers, each in the section of its answer; gives how many."""
    taken = 0
    with _opened(case, actor, today) as file:
        for offer in taking.offers(file, file.records(kind=STATEMENT), rules()):
            if offer.key in keys and offer.section in file.sections:
                record = file.write(offer.section, STATEMENT, {**offer.content, **_by(actor, today)})
                file.note(Act.STATEMENT_RECORDED, record)
                taken += 1
    return taken


def answer_prompt(case: Case, actor: Actor, prompt: str, answer: Answered, reason: str, *, language: str, today: date) -> None:
    """Answer a prompt that the statements raise now. PromptGone where they do not, before writing.

    The answer keeps what was asked, in the words of `language`, so that it can be read when the prompt is gone. It is sealed
    with the statement that has the fewest readers.
    """
    twins = items_with_twins(case, actor, today=today)
    with _opened(case, actor, today) as file:
        records = file.records(kind=STATEMENT)
        found = next((each for each in raised_by(case, file, records, twins) if each.id == prompt), None)
        if found is None:
            raise PromptGone("the statements raise this no longer")
        before = next((each for each in file.records(kind=ANSWER) if each.content["prompt"] == prompt), None)
        by_id = {each.id: each for each in records}
        said = {
            "answer": answer.value,
            "reason": reason,
            "found": what_was_found(found, by_id),
            **_by(actor, today),
        }
        told = {each: statement_of(by_id[each], language=language) for each in found.statements}
        concerned = [by_id[each] for each in found.statements]
        content = {
            "prompt": prompt,
            "rule": found.rule,
            "statements": list(found.statements),
            "shown": explained(found, rules(), told, language),
            "answers": [*(before.content["answers"] if before else ()), said],
        }
        section = before.section if before else _narrowest([*_OF_RULE.get(found.rule, ()), *(each.section for each in concerned)])
        record = file.write(section, ANSWER, content, replaces=before)
        file.note(Act.PROMPT_ANSWERED, record)


def record_claim(case: Case, actor: Actor, said: ClaimSaid, *, today: date, record: str = "") -> str:
    """Seal a claim, or a new version of the one of `record`; gives its record.

    Statements that this reader cannot open stay with the claim as they were. NotGranted where there is no such claim.
    """
    with _opened(case, actor, today) as file:
        before = file.read(record) if record else None
        if before is not None and before.kind != CLAIM:
            raise NotGranted("not a claim")
        readable = {each.id for each in file.records(kind=STATEMENT)}
        sides = {
            side: [*_hidden(before, side, readable), *(each for each in dict.fromkeys(named) if each in readable)]
            for side, named in (("supports", said.supports), ("contradicts", said.contradicts))
        }
        sought = list(before.content["sought"]) if before else []
        if said.sought:
            sought.append({"what": said.sought, "where": said.sought_where, **_by(actor, today)})
        content = {"text": said.text, "standing": said.standing.value, "reason": said.reason, **sides, "sought": sought}
        written = file.write(SECTION, CLAIM, {**content, **_by(actor, today)}, replaces=before)
        file.note(Act.CLAIM_RECORDED, written)
    return written


def _opened(case: Case, actor: Actor, today: date) -> opening.Opening:
    return opening.opened(case.subject, holder=actor, purpose=Purpose.VERIFICATION, today=today)


def _statement(file: OpenFile, record: str) -> OpenRecord:
    found = file.read(record)
    if found.kind != STATEMENT:
        raise NotGranted("not a statement")
    return found


def _narrowest(sections: Iterable[Section]) -> Section:
    return min((SECTION, *sections), key=_FEWEST_READERS.index)


def _hidden(before: OpenRecord | None, side: str, readable: set[str]) -> list[str]:
    return [each for each in before.content[side] if each not in readable] if before else []


def _by(actor: Actor, today: date) -> dict[str, str]:
    return {"by": actor.id, "alias": actor.member.alias, "on": today.isoformat()}
