"""Reads of statements, prompts and claims: what this reader's keys open, and nothing of the rest."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any  # Sealed records are JSON of many shapes.

from django.utils.translation import gettext

from safeconduct import packs
from safeconduct.core.custody import Purpose
from safeconduct.core.timeline import (
    Chronology,
    Prompt,
    Rules,
    Said,
    Statement,
    Topic,
    chronology,
    explained,
    labelled,
    prompts_of,
    stories,
    when_in_words,
)
from safeconduct.core.timeline.readings import HIGH, LOW, Reading, day_of
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.claims import taking
from safeconduct.desk.claims.content import ANSWER, CLAIM, INTERVIEW, PERSON, STATEMENT, is_set_aside, statement_of
from safeconduct.desk.claims.outside import outside_of
from safeconduct.desk.claims.words import SAID
from safeconduct.desk.evidence.twins import items_with_twins
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.opening import OpenFile, OpenRecord


@dataclass(frozen=True, repr=False)
class Line:
    """One statement, as pages show it."""

    number: int
    """In the order of the timeline, from 1."""
    record: OpenRecord
    statement: Statement
    what: str
    """What it says, without its time."""
    label: str
    """With its time."""
    when: str
    speaker: str
    source: str
    possible: str
    """What all statements together leave of its time, where that is less than it says."""
    is_set_aside: bool

    @property
    def id(self) -> str:
        """Of its record."""
        return self.record.id

    @property
    def content(self) -> Mapping[str, Any]:
        """What was sealed."""
        return self.record.content


@dataclass(frozen=True, repr=False)
class PromptLine:
    """One prompt, as pages show it, with what people answered."""

    prompt: Prompt
    title: str
    text: str
    asks: str
    certainty: str
    lines: Sequence[Line]
    """The statements concerned."""
    answer: Mapping[str, Any] | None
    """The last one."""
    answers: Sequence[Mapping[str, Any]]
    is_outdated: bool
    """A statement concerned, or how certain the prompt is, has changed since the last answer."""


@dataclass(frozen=True, repr=False)
class Superseded:
    """An answer to a prompt that the statements raise no longer; it stays."""

    shown: str
    """What the prompt said, in the language of who answered last."""
    answers: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, repr=False)
class ClaimLine:
    """One claim with its statements."""

    record: OpenRecord
    supports: Sequence[Line]
    contradicts: Sequence[Line]
    hidden: int
    """Statements that this reader's keys do not open."""


@dataclass(frozen=True, repr=False)
class CaseTimeline:
    """Everything that one reader sees of a case's statements."""

    lines: Sequence[Line]
    set_aside: Sequence[Line]
    prompts: Sequence[PromptLine]
    """Those to be answered first."""
    superseded: Sequence[Superseded]
    claims: Sequence[ClaimLine]
    stories: Sequence[Sequence[str]]
    """Sources as far as they can stand together, by name; empty where all of them can."""
    offers: int
    """How many more statements the interview's answers hold."""
    sources: Sequence[tuple[str, str]]
    """Evidence items that can be a statement's source: record and title."""

    def line(self, record: str) -> Line | None:
        """The statement of that record, set aside or not; None where there is none."""
        return next((each for each in (*self.lines, *self.set_aside) if each.id == record), None)


def rules() -> Rules:
    """The rules that are asked today."""
    return packs.timeline(packs.TIMELINE)


def timeline_of(case: Case, actor: Actor, *, language: str, today: date) -> CaseTimeline:
    """Statements, prompts and claims that the actor may read; opening them is in the log."""
    twins = items_with_twins(case, actor, today=today)
    with opening.opened(case.subject, holder=actor, purpose=Purpose.VERIFICATION, today=today) as file:
        records, answers, claims = (file.records(kind=kind) for kind in (STATEMENT, ANSWER, CLAIM))
        titles = {item.id: str(item.content["title"]) for item in file.records(kind="evidence")}
        waiting = len(taking.offers(file, records, rules()))
        raised = raised_by(case, file, records, twins)
    lines = _lines(records, titles, language)
    standing = [line for line in lines if not line.is_set_aside]
    by_id = {line.id: line for line in lines}
    by_prompt = {record.content["prompt"]: record for record in answers}
    prompts = [_prompt_line(each, by_id, by_prompt.pop(each.id, None), language) for each in raised]
    return CaseTimeline(
        lines=standing,
        set_aside=[line for line in lines if line.is_set_aside],
        prompts=sorted(prompts, key=lambda each: each.answer is not None and not each.is_outdated),
        superseded=[_superseded(record) for record in by_prompt.values() if by_id.keys() >= set(record.content["statements"])],
        claims=[_claim_line(record, by_id) for record in claims],
        stories=_stories(standing),
        offers=waiting,
        sources=list(titles.items()),
    )


def offers_of(case: Case, actor: Actor, *, language: str, today: date) -> Sequence[tuple[taking.Offer, Statement]]:
    """What the interview's answers say about time and nobody took over yet, each as the statement that it would be."""
    with opening.opened(case.subject, holder=actor, purpose=Purpose.VERIFICATION, today=today) as file:
        found = taking.offers(file, file.records(kind=STATEMENT), rules())
    offered = [OpenRecord(each.key, 1, each.section, STATEMENT, today, each.content) for each in found]
    return [(each, statement_of(record, language=language)) for each, record in zip(found, offered, strict=True)]


def raised_by(case: Case, file: OpenFile, records: Sequence[OpenRecord], twins: Collection[str]) -> Sequence[Prompt]:
    """The prompts of the statements of an open case, without those that were set aside."""
    statements = [statement_of(record) for record in records if not is_set_aside(record.content)]
    return prompts_of(statements, rules(), outside_of(case, file, twins))


def what_was_found(prompt: Prompt, statements: Mapping[str, OpenRecord]) -> dict[str, Any]:
    """What an answer refers to: the prompt's certainty and figures, and the versions of its statements."""
    versions = {each: statements[each].version for each in prompt.statements if each in statements}
    return {"certainty": prompt.certainty.value, "facts": dict(prompt.facts), "versions": versions}


def _lines(records: Sequence[OpenRecord], titles: Mapping[str, str], language: str) -> list[Line]:
    pairs = sorted(((record, statement_of(record, language=language)) for record in records), key=lambda pair: _begins(pair[1]))
    # A birth bounds everything and tells nothing of when it was.
    told = [said for record, said in pairs if not is_set_aside(record.content) and said.topic is not Topic.BIRTH]
    together = chronology(told)
    return [
        Line(
            number=number,
            record=record,
            statement=said,
            what=labelled(said, rules(), language, dated=False),
            label=labelled(said, rules(), language),
            when=when_in_words(said.when, language),
            speaker=gettext("the person") if said.speaker == PERSON else said.speaker,
            source=_source(record.content, titles),
            possible=_narrowed(said, together, language),
            is_set_aside=is_set_aside(record.content),
        )
        for number, (record, said) in enumerate(pairs, start=1)
    ]


def _stories(lines: Sequence[Line]) -> list[list[str]]:
    names = {line.statement.source: line.source for line in lines}
    found = stories([line.statement for line in lines if not line.statement.person])
    return [sorted(names[source] for source in story) for story in found] if len(found) > 1 else []


def _begins(said: Statement) -> tuple[int, int, str]:
    reading = said.plain
    return (reading.first_lo if reading.first_lo > LOW else reading.last_hi, reading.last_hi, said.id)


def _source(content: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    source, said = content["source"], Said(content["said"])
    if source == INTERVIEW:
        return gettext("Interview")
    named = titles.get(source) or content.get("source_words")
    return str(named or SAID.get(said) or gettext("a document that you cannot read"))


def _narrowed(said: Statement, together: Chronology, language: str) -> str:
    """Empty where the statements cannot all be so, or leave as much as was said."""
    left = together.possible.get(said.id)
    if left is None or not together.is_consistent or not said.every.has_bounds:
        return ""
    if (left.first_lo, left.last_hi) == (said.every.first_lo, said.every.last_hi):
        return ""
    return when_in_words(_as_edtf(left), language)


def _as_edtf(left: Reading) -> str:
    first, last = (day_of(each) for each in (left.first_lo, left.last_hi))
    if left.is_point and first == last and first is not None:
        return first.isoformat()
    return f"{first.isoformat() if first else '..'}/{last.isoformat() if last and left.last_hi < HIGH else '..'}"


def _prompt_line(prompt: Prompt, lines: Mapping[str, Line], record: OpenRecord | None, language: str) -> PromptLine:
    rule = rules().rules[prompt.rule]
    statements = {each: lines[each].statement for each in prompt.statements}
    answers = record.content["answers"] if record is not None else []
    found = what_was_found(prompt, {each: lines[each].record for each in prompt.statements})
    return PromptLine(
        prompt=prompt,
        title=rule.title.in_language(language),
        text=explained(prompt, rules(), statements, language),
        asks=rule.asks.in_language(language),
        certainty=rules().certainty[prompt.certainty].in_language(language),
        lines=[lines[each] for each in prompt.statements],
        answer=answers[-1] if answers else None,
        answers=answers,
        is_outdated=bool(answers) and any(answers[-1]["found"][name] != found[name] for name in ("certainty", "versions")),
    )


def _superseded(record: OpenRecord) -> Superseded:
    return Superseded(record.content["shown"], record.content["answers"])


def _claim_line(record: OpenRecord, lines: Mapping[str, Line]) -> ClaimLine:
    named = {side: record.content[side] for side in ("supports", "contradicts")}
    shown = {side: [lines[each] for each in ids if each in lines] for side, ids in named.items()}
    hidden = sum(len(named[side]) - len(shown[side]) for side in named)
    return ClaimLine(record, shown["supports"], shown["contradicts"], hidden)
