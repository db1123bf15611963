"""The request form as it is drawn: whole, or one section at a time.

An empty form says the same to everybody who asks one desk in one language, so it is drawn once and kept in this process's
memory. Nothing that anybody wrote is ever kept there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.template.loader import render_to_string

from safeconduct import packs
from safeconduct.core.packtext import PackStamp
from safeconduct.core.questionnaires import Problem, ProblemCode, Question, Questionnaire, Sealed, SectionInView
from safeconduct.desk.web.asking import Asked, AskedSection, Asking, Choice, Values

CONSENT, PURPOSES = "consent", "consent.purposes"


@dataclass(frozen=True, repr=False)
class ShownQuestion:
    """A question, with what goes around it."""

    asked: Asked
    offers_reach: bool
    """Whether the person may keep this answer to the desk."""
    only_if: str
    """When it is for them to answer, in words; empty where it always is."""
    is_open: bool


@dataclass(frozen=True, repr=False)
class ShownSection:
    """A section as the person sees it."""

    section: AskedSection
    questions: Sequence[ShownQuestion]


def whole_form(pack: Questionnaire) -> list[SectionInView]:
    """Every section with every question: on one page nothing hides, and what is not for somebody is folded."""
    return [SectionInView(section, section.questions) for section in pack.sections]


def shown(view: SectionInView, asking: Asking, organisation: str, *, folds: bool = True) -> ShownSection:
    """A section for its page. `folds`: conditional questions are on the page whatever was answered, and stand folded."""
    section = asking.section(view)
    wordings = _wordings(asking.language, organisation)
    questions = []
    for question, asked in zip(view.questions, section.questions, strict=True):
        drawn = _with_wordings(asked, wordings) if question.id == CONSENT else asked
        is_conditional = folds and question.show_if is not None
        questions.append(
            ShownQuestion(
                replace(drawn, hint="") if is_conditional else drawn,
                offers_reach=question.seals is not Sealed.LEGAL,
                only_if=(drawn.hint or drawn.ask) if is_conditional else "",
                is_open=bool(drawn.problems or drawn.reply or _is_filled(drawn)),
            )
        )
    return ShownSection(section, questions)


def unanswered(questions: Iterable[Question], values: Values) -> list[Problem]:
    """Questions that need some reply and have none."""
    return [
        Problem(question.id, ProblemCode.REQUIRED)
        for question in questions
        if question.id not in values and any(part.required for part in question.parts) and not question.may_skip
    ]


@lru_cache(maxsize=64)
def blank_form(stamp: PackStamp, language: str, organisation: str) -> str:
    """The questions of an empty form. Called in the language that it names."""
    pack, asking = packs.questionnaire_of(stamp), Asking(language, {})
    return _drawn([shown(view, asking, organisation) for view in whole_form(pack)])


def filled_form(pack: Questionnaire, asking: Asking, organisation: str, *, without_consents: bool = False) -> str:
    """The questions with what somebody answered; drawn for them and not kept."""
    views = whole_form(pack)
    if without_consents:
        views = [SectionInView(view.section, tuple(each for each in view.questions if each.id != CONSENT)) for view in views]
    return _drawn([shown(view, asking, organisation) for view in views])


def _drawn(sections: Sequence[ShownSection]) -> str:
    return render_to_string("intake/questions.html", {"sections": sections})


def _wordings(language: str, organisation: str) -> Mapping[str, str]:
    """The exact words of each consent, as they are recorded."""
    pack = packs.consents(packs.CONSENTS)
    return {purpose.id: purpose.wording.filled(organisation=organisation).in_language(language) for purpose in pack.purposes}


def _with_wordings(asked: Asked, wordings: Mapping[str, str]) -> Asked:
    fields = [
        replace(field, choices=[Choice(each.value, wordings[each.value], each.is_chosen) for each in field.choices])
        if field.name == PURPOSES
        else field
        for field in asked.fields
    ]
    return replace(asked, fields=fields)


def _is_filled(asked: Asked) -> bool:
    return any(field.value or field.problem or any(choice.is_chosen for choice in field.choices) for field in asked.fields)
