"""Which questions are asked, given the answers so far; what is still missing; what an answer calls for."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from safeconduct.core.questionnaires.conditions import Condition, holds
from safeconduct.core.questionnaires.model import Consequence, Question, Questionnaire, Sealed, Section
from safeconduct.core.questionnaires.problems import Problem
from safeconduct.core.questionnaires.values import Answer, Answers, Reach

Moment: TypeAlias = datetime.datetime | None


@dataclass(frozen=True)
class SectionInView:
    """A section and those of its questions that are asked."""

    section: Section
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Prompt:
    """Something an answer calls for, and the question whose answer it was."""

    question: Question
    consequence: Consequence


def visible(questionnaire: Questionnaire, answers: Answers, *, now: Moment = None) -> tuple[Question, ...]:
    """The questions that are asked, in their order, as they read with these answers; nothing after a stop.

    An answer to a question that is not asked (any more) counts as missing for every later condition. `now` is aware;
    only rules that ask for the day or the time need it, and it is then the moment at which the answers were given.
    """
    return tuple(question for question, _ in _walk(questionnaire, answers, now))


def sections_in_view(questionnaire: Questionnaire, answers: Answers, *, now: Moment = None) -> tuple[SectionInView, ...]:
    """The sections of which any question is asked. `now` as in `visible`."""
    asked = {question.id: question for question in visible(questionnaire, answers, now=now)}
    views = (
        SectionInView(section, tuple(asked[each.id] for each in section.questions if each.id in asked))
        for section in questionnaire.sections
    )
    return tuple(view for view in views if view.questions)


def answers_in_view(questionnaire: Questionnaire, answers: Answers, *, now: Moment = None) -> Answers:
    """The answers to questions that are asked; the others are kept, but neither shown nor used. `now` as in `visible`."""
    asked = {question.id for question in visible(questionnaire, answers, now=now)}
    return {id_: answer for id_, answer in answers.items() if id_ in asked}


def broken(questionnaire: Questionnaire, answers: Answers, *, now: Moment = None) -> tuple[Problem, ...]:
    """Answers that can be read, but against which a rule of the questionnaire speaks. `now` as in `visible`."""
    return () if questionnaire.rules is None else questionnaire.rules.ruled(answers, now=now).problems


def missing(questionnaire: Questionnaire, answers: Answers, *, now: Moment = None) -> tuple[Question, ...]:
    """The questions that are asked and still wait for a reply, of whatever state. `now` as in `visible`."""
    if questionnaire.rules is not None:
        ruled = questionnaire.rules.ruled(answers, now=now)
        return tuple(each for id_, each in ruled.asked.items() if id_ in ruled.needed and id_ not in answers)
    gaps: list[Question] = []
    for question, seen in _walk(questionnaire, answers):
        needed = not question.may_skip or _holds(question.needed_if, seen, without=False)
        if needed and question.id not in answers:
            gaps.append(question)
    return tuple(gaps)


def stop(questionnaire: Questionnaire, answers: Answers) -> Prompt | None:
    """The stop that ended the questions, if one did."""
    for question, seen in _walk(questionnaire, answers):
        consequence = _stopping(question, seen)
        if consequence is not None:
            return Prompt(question, consequence)
    return None


def prompts(questionnaire: Questionnaire, answers: Answers, *, today: datetime.date) -> tuple[Prompt, ...]:
    """Everything that the visible answers call for on that day, stops among them, in the order of the questions."""
    in_view = answers_in_view(questionnaire, answers)
    return tuple(
        Prompt(question, consequence)
        for question in visible(questionnaire, answers)
        for consequence in question.then
        if holds(consequence.when, in_view, today=today)
    )


def by_seal(questionnaire: Questionnaire, answers: Answers) -> Mapping[Sealed, Answers]:
    """The answers split by the sealed section that keeps them; together again they are the same answers."""
    split: dict[Sealed, dict[str, Answer]] = {}
    for id_, answer in answers.items():
        split.setdefault(questionnaire.question(id_).seals, {})[id_] = answer
    return split


def that_may_leave(answers: Answers, questionnaire: Questionnaire, sections: Iterable[Sealed]) -> Answers:
    """The visible answers of those sealed sections, without what the person wants kept at the desk."""
    wanted = frozenset(sections)
    return {
        id_: answer
        for id_, answer in answers_in_view(questionnaire, answers).items()
        if answer.reach is Reach.SECTION and questionnaire.question(id_).seals in wanted
    }


def _walk(questionnaire: Questionnaire, answers: Answers, now: Moment = None) -> Iterator[tuple[Question, Answers]]:
    """Each question that is asked, with the visible answers up to and with its own."""
    seen: dict[str, Answer] = {}
    if questionnaire.rules is not None:
        for id_, ruled in questionnaire.rules.ruled(answers, now=now).asked.items():
            if id_ in answers:
                seen[id_] = answers[id_]
            yield ruled, seen
        return
    for section in questionnaire.sections:
        if not _holds(section.show_if, seen, without=True):
            continue
        for question in section.questions:
            if not _holds(question.show_if, seen, without=True):
                continue
            if question.id in answers:
                seen[question.id] = answers[question.id]
            yield question, seen
            if _stopping(question, seen) is not None:
                return


def _stopping(question: Question, seen: Answers) -> Consequence | None:
    stops = (each for each in question.then if each.stops and holds(each.when, seen, today=None))
    return next(stops, None)


def _holds(condition: Condition | None, seen: Answers, *, without: bool) -> bool:
    return without if condition is None else holds(condition, seen, today=None)
