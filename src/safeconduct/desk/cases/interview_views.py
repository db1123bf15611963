"""The interview: one section of the questionnaire a page, with skip logic, drafts and the warning before section 7."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from safeconduct import packs
from safeconduct.core.questionnaires import (
    Answers,
    PartType,
    Problem,
    Question,
    Questionnaire,
    Reading,
    SectionInView,
    answers_in_view,
    by_seal,
    missing,
    prompts,
    read_answers,
    sections_in_view,
    stop,
)
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases import selectors, services
from safeconduct.desk.cases.access import case_for_reader
from safeconduct.desk.cases.models import Case
from safeconduct.desk.vault import drafts
from safeconduct.desk.vault.sections import Section
from safeconduct.desk.web import clock
from safeconduct.desk.web.asking import Asking, Values, posted_values, values_of
from safeconduct.desk.web.notices import address_saying, redirect_saying
from safeconduct.desk.web.problems import problem_lines


@require_http_methods(["GET", "POST"])
@for_members(Role.CASEWORKER)
def interview(request: DeskRequest, case_id: str, section: str = "") -> HttpResponse:
    """One section of the interview. What is typed is kept as a sealed draft until the interview is recorded."""
    case = case_for_reader(request.actor, case_id)
    if case.organisation_id != request.actor.organisation:
        raise Http404
    pack, language = packs.questionnaire(packs.SCREENING), get_language() or "en"
    values = _values(case, request)
    answers = read_answers(pack, values).answers
    views = sections_in_view(pack, answers)
    shown = next((view for view in views if view.section.id == section), views[0])
    if request.method == "POST":
        typed = posted_values(shown.questions, request.POST)
        asked = {question.id for question in shown.questions}
        values = {question: value for question, value in values.items() if question not in asked} | typed
        drafts.save_draft(request.actor, selectors.draft_place(case), values, today=clock.today())
        reading = read_answers(pack, values)
        problems = [problem for problem in reading.problems if problem.question in asked]
        if problems:
            asking = Asking(language, values, problems, files=_files(case, request, shown))
            return _page(request, case, pack, shown, asking, reading.answers, problems)
        return _after(request, case, pack, shown, reading.answers)
    asking = Asking(language, values, says=_says(pack, answers, language), files=_files(case, request, shown))
    return _page(request, case, pack, shown, asking, answers)


@require_http_methods(["POST"])
@for_members(Role.CASEWORKER)
def record(request: DeskRequest, case_id: str) -> HttpResponse:
    """Record the whole interview into the case's sections; the draft is dropped."""
    case = case_for_reader(request.actor, case_id)
    if case.organisation_id != request.actor.organisation:
        raise Http404
    pack = packs.questionnaire(packs.SCREENING)
    reading = read_answers(pack, _values(case, request))
    if reading.problems:
        return _to_mend(request, case, pack, reading)
    # What an earlier answer has hidden again stays out of the case.
    shown = answers_in_view(pack, reading.answers)
    answers = {Section(sealed.value): values_of(given) for sealed, given in by_seal(pack, shown).items()}
    language = request.POST.get("language", "en")
    services.record_interview(case, request.actor, answers, stamp=pack.stamp, language=language[:5], today=clock.today())
    drafts.drop_draft(request.actor, selectors.draft_place(case))
    return redirect_saying("interview-saved", "cases:case", case_id=case.id)


def _to_mend(request: DeskRequest, case: Case, pack: Questionnaire, reading: Reading) -> HttpResponse:
    """The first section in which something cannot be read; the draft stays as it was."""
    values, language = _values(case, request), get_language() or "en"
    wrong = {problem.question for problem in reading.problems}
    views = sections_in_view(pack, reading.answers)
    shown = next((view for view in views if wrong & {question.id for question in view.questions}), views[0])
    asking = Asking(language, values, reading.problems, files=_files(case, request, shown))
    return _page(request, case, pack, shown, asking, reading.answers, reading.problems)


def _page(
    request: DeskRequest,
    case: Case,
    pack: Questionnaire,
    shown: SectionInView,
    asking: Asking,
    answers: Answers,
    problems: Sequence[Problem] = (),
) -> HttpResponse:
    views = sections_in_view(pack, answers)
    stopped = stop(pack, answers)
    waiting = {question.id for question in missing(pack, answers)}
    page = {
        "case": case,
        "section": asking.section(shown),
        "sections": [
            (
                view.section.id,
                view.section.title.in_language(asking.language),
                view.section.id == shown.section.id,
                sum(question.id in waiting for question in view.questions),
            )
            for view in views
        ],
        "stopped": stopped.consequence.say.in_language(asking.language) if stopped else "",
        "missing": len(waiting),
        "is_last": views[-1].section.id == shown.section.id,
        "problems": problem_lines(problems, pack, asking.language),
        "language": asking.language,
    }
    return render(request, "cases/interview.html", page, status=422 if problems else 200)


def _after(request: DeskRequest, case: Case, pack: Questionnaire, shown: SectionInView, answers: Answers) -> HttpResponse:
    views = sections_in_view(pack, answers)
    ids = [view.section.id for view in views]
    here = ids.index(shown.section.id) if shown.section.id in ids else 0
    if new := _new_questions(shown, views[here], answers):
        page = address_saying("more-questions", "cases:interview-section", case_id=case.id, section=ids[here])
        return redirect(f"{page}#q-{new[0].id}")
    section = ids[here] if request.POST.get("stay") else ids[min(here + 1, len(ids) - 1)]
    return redirect("cases:interview-section", case_id=case.id, section=section)


def _new_questions(before: SectionInView, now: SectionInView, answers: Answers) -> list[Question]:
    """What the answers of a section have brought up in the same section: without scripts it shows only after saving."""
    if before.section.id != now.section.id:
        return []
    asked = {question.id for question in before.questions}
    return [question for question in now.questions if question.id not in asked and question.id not in answers]


def _says(pack: Questionnaire, answers: Answers, language: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for prompt in prompts(pack, answers, today=clock.today()):
        found.setdefault(prompt.question.id, []).append(prompt.consequence.say.in_language(language))
    return found


def _files(case: Case, request: DeskRequest, shown: SectionInView) -> list[tuple[str, str]]:
    """The case's evidence, where the section asks which of it belongs to an answer."""
    if not any(part.type is PartType.FILE for question in shown.questions for part in question.parts):
        return []
    return selectors.evidence_titles(case, request.actor, today=clock.today())


def _values(case: Case, request: DeskRequest) -> Values:
    draft: dict[str, Any] | None = drafts.load_draft(request.actor, selectors.draft_place(case))
    return draft if draft is not None else selectors.interview_values(case, request.actor, today=clock.today())
