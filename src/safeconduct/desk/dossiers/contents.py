"""From an open case to what a dossier says, in the authority's language and within the consents."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import formats, translation
from django.utils.translation import gettext

from safeconduct.core.canonical import Value
from safeconduct.core.dossier import (
    Claim,
    CriterionShown,
    Enclosed,
    EvaluationShown,
    Event,
    EvidenceShown,
    Inquiry,
    Outcome,
    Pack,
    Person,
    Statement,
)
from safeconduct.core.evaluation import Criteria, Criterion, ScaleKind
from safeconduct.core.packtext import PackStamp
from safeconduct.core.questionnaires import Part, PartType, Question, Questionnaire
from safeconduct.desk.evaluations.selectors import Compared, OpenedEvaluation
from safeconduct.desk.vault.opening import OpenFile, OpenRecord
from safeconduct.desk.vault.sections import Section
from safeconduct.desk.web.answers import text_of, told
from safeconduct.packs import questionnaire_of

TELLABLE = (Section.ACCOUNT, Section.CONVICTIONS, Section.CONDUCT)
"""What of the person's words can be chosen for an authority; contact, health and legal matters never leave."""
_ISO_DAY = re.compile(r"\b[12][0-9]{3}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?\b")
_COLON = " :\u00a0"
LEGAL_NAME = ("q10", "legal_name")
WORKING_NAME = ("q10", "known_as")
"""Where the screening questionnaire asks for them."""


@dataclass(frozen=True, repr=False)
class Interviewed:
    """The answers of the interview, by sealed section."""

    pack: Questionnaire
    by_section: Mapping[str, Mapping[str, Value]]
    told: Sequence[Section]
    """The sections that were chosen for the authority."""
    held_on: date
    recorded_in: str
    """Language of the recorded answers."""

    @classmethod
    def of(cls, file: OpenFile, told: Sequence[Section]) -> "Interviewed | None":
        """The interview of an open case, or None before there is one."""
        records = file.records(kind="interview")
        if not records:
            return None
        pack = questionnaire_of(PackStamp.from_value(records[0].content["pack"]))
        by_section = {record.section.value: _that_may_leave(record) for record in records}
        content = records[0].content
        return cls(pack, by_section, told, date.fromisoformat(content["day"]), content["language"])

    def person(self, working_name: str, language: str) -> Person:
        """Who it is about, as far as the identity section says."""
        with translation.override(language):
            lines = told(self.pack, _without_working_name(self.by_section.get(Section.IDENTITY, {})), language)
        details = [(label or line.ask, _with_written_days(text, language)) for line in lines for label, text in line.lines]
        return Person(name=self._legal_name() or working_name, details=tuple(details))

    def circumstances(self, language: str) -> str:
        """When the interview was held and in which language its answers are recorded."""
        with translation.override(language):
            day = formats.date_format(self.held_on, "j E Y")
            recorded_in = translation.get_language_info(self.recorded_in)["name_translated"].lower()
            return gettext("Interview of %(day)s; answers recorded in %(language)s.") % {"day": day, "language": recorded_in}

    def _legal_name(self) -> str:
        match self.by_section.get(Section.IDENTITY, {}).get(LEGAL_NAME[0]):
            case {"parts": {**parts}}:
                return str(parts.get(LEGAL_NAME[1], ""))
        return ""

    def statements(self, language: str) -> tuple[Statement, ...]:
        """What the person said, question by question."""
        found = []
        for section in self.told:
            with translation.override(language):
                lines = told(self.pack, self.by_section.get(section, {}), language)
            for line in lines:
                colon = "\u00a0: " if language == "fr" else ": "
                said = [(label.rstrip(_COLON), _with_written_days(text, language)) for label, text in line.lines if text]
                paragraphs = tuple(f"{label}{colon}{text}" if label else text for label, text in said)
                if paragraphs and not _is_timeline(self.pack.question(line.id)):
                    found.append(Statement(title=line.ask, circumstances=self.circumstances(language), paragraphs=paragraphs))
        return tuple(found)

    def chronology(self, language: str) -> tuple[Event, ...]:
        """Rows of every timeline that was told, in order of their dates as far as these are known."""
        events: list[tuple[str, Event]] = []
        for section in self.told:
            for question in self.pack.questions():
                value = self.by_section.get(section, {}).get(question.id)
                if isinstance(value, Mapping):
                    events.extend(_events(question, value, language))
        return tuple(event for _, event in sorted(events, key=lambda each: each[0]))


def evaluation_shown(opened: OpenedEvaluation, criteria: Criteria, *, language: str, with_reasons: bool) -> EvaluationShown:
    """One evaluation in words; health is never shown, reasons only where the consents allow."""
    shown = []
    for criterion in criteria.criteria:
        rating = opened.evaluation.rating_of(criterion.id)
        if rating is None or criterion.hidden_from_other_evaluators:
            continue
        shown.append(
            CriterionShown(
                criterion=criterion.id,
                name=criterion.name.in_language(language),
                words=criterion.scale.rating(rating.rating).label.in_language(language),
                reasons=rating.reason if with_reasons else "",
            )
        )
    stamp = opened.evaluation.pack
    return EvaluationShown(
        evaluation=opened.digest,
        pack=Pack(id=stamp.id, version=stamp.version, digest=stamp.digest),
        organisation=opened.evaluator.organisation_id,
        alias=opened.evaluator.alias,
        day=opened.evaluation.signed_on,
        outcome=Outcome.RECOMMENDED,
        criteria=tuple(shown),
    )


def claims(compared: Compared, numbers: Mapping[str, int], language: str) -> tuple[Claim, ...]:
    """Each material fact, how it stands in the evaluators' words, and the evidence they cite."""
    found = []
    for row in compared.comparison.rows:
        if row.criterion.scale.id != "material":
            continue
        cited = {
            numbers[item]
            for each in compared.opened
            if (rating := each.evaluation.rating_of(row.criterion.id)) is not None
            for item in rating.cited
            if item in numbers
        }
        found.append(
            Claim(
                text=row.criterion.name.in_language(language),
                standing=_standing([rating.label.in_language(language) for rating in row.ratings]),
                evidence=tuple(sorted(cited)),
            )
        )
    return tuple(found)


def inquiry(compared: Compared, criterion: str, *, language: str, with_reasons: bool, limits: Sequence[str]) -> Inquiry:
    """What was looked for under a criterion of findings, and where the inquiry ends."""
    row = compared.comparison.row(criterion)
    assert row.criterion.scale.kind is ScaleKind.FINDINGS
    colon = "\u00a0: " if language == "fr" else ": "
    reasons = [
        f"{each.evaluator.alias}, {each.evaluator.organisation.name}{colon}{rating.reason}"
        for each in compared.opened
        if (rating := each.evaluation.rating_of(criterion)) is not None
    ]
    question = row.criterion.question.in_language(language)
    return Inquiry(
        finding=_standing([rating.label.in_language(language) for rating in row.ratings]),
        paragraphs=(question, *(reasons if with_reasons else ())),
        limits=tuple(limits),
    )


def evidence_shown(
    items: Sequence[OpenRecord], enclosed: Sequence[Enclosed], redacted: Sequence[bool], language: str
) -> tuple[EvidenceShown, ...]:
    """The list of evidence, its days written out."""
    return tuple(
        EvidenceShown(
            title=item.content["title"],
            source=item.content["source"],
            day=_with_written_days(item.content["dated"] or item.content["added_on"], language),
            shows=item.content["shows"],
            file=each.item,
            is_redacted=is_redacted,
        )
        for item, each, is_redacted in zip(items, enclosed, redacted, strict=True)
    )


def criterion_labels(criterion: Criterion, language: str) -> dict[str, str]:
    """Rating ids to words."""
    return {rating.id: rating.label.in_language(language) for rating in criterion.scale.ratings}


def _standing(labels: Sequence[str]) -> str:
    return " / ".join(dict.fromkeys(labels))


def _without_working_name(answers: Mapping[str, Value]) -> dict[str, Value]:
    """What the person is called among us is nobody else's business."""
    question, part = WORKING_NAME
    answer = answers.get(question)
    parts = answer.get("parts") if isinstance(answer, Mapping) else None
    if not isinstance(answer, Mapping) or not isinstance(parts, Mapping):
        return dict(answers)
    others = {name: value for name, value in parts.items() if name != part}
    return {**answers, question: {**answer, "parts": others}}


def _that_may_leave(record: OpenRecord) -> dict[str, Value]:
    answers: dict[str, Any] = record.content["answers"]
    return {question: value for question, value in answers.items() if value.get("reach") != "desk_only"}


def _is_timeline(question: Question) -> bool:
    return any(part.type is PartType.TIMELINE for part in question.parts)


def _events(question: Question, value: Mapping[str, Value], language: str) -> list[tuple[str, Event]]:
    parts = value.get("parts")
    found: list[tuple[str, Event]] = []
    for part in question.parts:
        rows = parts.get(part.id) if isinstance(parts, Mapping) else None
        if part.type is PartType.TIMELINE and isinstance(rows, list | tuple):
            found.extend(_event(question, part, row, language) for row in rows if isinstance(row, Mapping))
    return found


def _event(question: Question, part: Part, row: Mapping[str, Value], language: str) -> tuple[str, Event]:
    when, where, sorting, span, others = "", "", "", None, []
    for column in part.columns:
        if column.id not in row:
            continue
        with translation.override(language):
            text = _in_words(row[column.id]) or text_of(column, row[column.id], language)
        if column.type in (PartType.DATE, PartType.DATE_RANGE) and not when:
            when, sorting, span = text, text_of(column, row[column.id], language), _span(row[column.id])
        elif column.type in (PartType.PLACE, PartType.COUNTRY) and not where:
            where = text
        else:
            others.append(text)
    text = " · ".join(others) or question.ask.in_language(language)
    return sorting, Event(when=when or "—", where=where or "—", text=text, span=span)


def _in_words(value: Value) -> str:
    """A partial date or a range of them with the months written out; empty for anything else."""
    match value:
        case {"on": str(on), **more}:
            words = formats.date_format(_first(on), {4: "Y", 7: "F Y"}.get(len(on), "j E Y"))
            return f"{gettext('about')} {words}" if more.get("about") else words
        case {"from": start, "to": end}:
            return f"{_in_words(start) or '…'} – {_in_words(end) or '…'}"
    return ""


def _span(value: Value) -> tuple[date, date] | None:
    """First and last day of a partial date or a range; an end that is open or unknown is its beginning."""
    match value:
        case {"on": str(on)}:
            return _first(on), _last(on)
        case {"from": {"on": str(start)}, "to": {"on": str(end)}}:
            return min(_first(start), _last(end)), max(_first(start), _last(end))
        case {"from": {"on": str(known)}, **_rest} | {"to": {"on": str(known)}, **_rest}:
            return _first(known), _last(known)
    return None


def _first(on: str) -> date:
    return date.fromisoformat((on + "-01-01")[:10])


def _last(on: str) -> date:
    if len(on) == 10:
        return date.fromisoformat(on)
    year, month = int(on[:4]), int(on[5:7]) if len(on) == 7 else 12
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1) if year < date.max.year else date.max


def _with_written_days(text: str, language: str) -> str:
    """The text with days such as 2022-09-27 written out."""
    with translation.override(language):
        return _ISO_DAY.sub(lambda found: _in_words({"on": found[0]}) or found[0], text)


def validity(day: date, expiries: Sequence[date]) -> date:
    """A dossier is valid as long as the evaluations in it count."""
    return min(expiries) if expiries else day
