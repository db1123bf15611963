"""Filing a request: on one page, or a section at a time. Between steps the answers travel in the page itself and rest nowhere."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from safeconduct import packs
from safeconduct.core.questionnaires import (
    Answers,
    Questionnaire,
    SectionInView,
    answers_in_view,
    prompts,
    read_answers,
    sections_in_view,
    stop,
    visible,
)
from safeconduct.desk.accounts.models import Organisation
from safeconduct.desk.intake import drawing, second_codes, selectors, services
from safeconduct.desk.intake.access import desk_for_public
from safeconduct.desk.intake.forms import CodeForm, ExtrasForm
from safeconduct.desk.intake.own_views import words_language
from safeconduct.desk.intake.request_cards import card_of
from safeconduct.desk.limits.admission import WORK_BITS, MustWait, Proof, QueueFull, admit, admit_bytes
from safeconduct.desk.vault.errors import UploadRefused
from safeconduct.desk.vault.uploads import arrived
from safeconduct.desk.web import clock
from safeconduct.desk.web.asking import Asking, posted_values, values_of
from safeconduct.desk.web.problems import problem_lines

MOST_CARRIED = 400
"""Fields that travel from step to step; the form has far fewer."""


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """The request form of one desk; filing shows the code, once."""
    organisation = desk_for_public(slug)
    pack = packs.questionnaire(packs.REQUEST)
    language = get_language() or "en"
    extras = ExtrasForm(request.POST or None)
    if request.method == "GET":
        questions = drawing.blank_form(pack.stamp, language, organisation.name)
        return _page(request, organisation, pack, questions, {"form": extras})
    values = posted_values(list(pack.questions()), request.POST)
    reading = read_answers(pack, values)
    problems = [*reading.problems, *drawing.unanswered(visible(pack, reading.answers), values)]
    if problems or not extras.is_valid():
        asking = Asking(language, values, problems)
        lines = problem_lines(problems, pack, language)
        return _again(request, organisation, pack, asking, {"problems": lines, "form": extras})
    answers = answers_in_view(pack, reading.answers)
    asking = Asking(language, values)
    if stopped := stop(pack, answers):
        # Without consent nothing is kept.
        refused = stopped.consequence.say.in_language(language)
        return _again(request, organisation, pack, asking, {"refused": refused, "form": extras})
    try:
        proof = Proof(request.POST.get("ticket", ""), request.POST.get("work", ""))
        admit(organisation.id, proof, unread=lambda: selectors.unread(organisation), now=clock.now())
    except MustWait as wait:
        return _again(request, organisation, pack, asking, {"wait": wait, "bits": WORK_BITS, "form": extras})
    except QueueFull:
        return _again(request, organisation, pack, asking, {"refused": _full(), "form": extras})
    if any(upload.had_no_room for upload in arrived(request)) or not admit_bytes(
        organisation.id,
        sum(upload.size or 0 for upload in arrived(request)),
        now=clock.now(),
    ):
        return _again(request, organisation, pack, asking, {"refused": _no_room(), "form": extras})
    second, columns = None, None
    if extras.cleaned_data["second"]:
        second, columns = second_codes.issued(organisation.id, services.is_taken)
    filing = services.Filing(
        stamp=pack.stamp,
        language=language,
        answers=values_of(answers),
        files=arrived(request),
        word=extras.cleaned_data["word"],
        second_code=columns,
    )
    try:
        receipt, _ = services.file_request(organisation, filing, today=clock.today())
    except UploadRefused:
        refused = gettext("A file is of a kind that cannot be taken. Your words are kept below; please choose the files again.")
        return _again(request, organisation, pack, asking, {"refused": refused, "form": extras})
    page = {
        "code": receipt.digits(),
        "words": " ".join(receipt.words(words_language())),
        "second": second.digits() if second else "",
        "second_words": " ".join(second.words(words_language())) if second else "",
        "form": CodeForm(),
        "said": _said(pack, answers, language),
        "is_inside": card_of(language, filing.answers)["inside"],
    }
    return render(request, "intake/receipt.html", page)


def _full() -> str:
    return gettext(
        "So many people are writing that we cannot take more just now. Everything you wrote is below; try again later."
    )


def _no_room() -> str:
    return gettext("There is no room for files just now. Send your words without them; you can add files later with your code.")


@require_http_methods(["GET", "POST"])
def steps(request: HttpRequest, slug: str) -> HttpResponse:
    """The same form, a section at a time, without a script: what was answered before is carried in the page."""
    organisation = desk_for_public(slug)
    pack, language = packs.questionnaire(packs.REQUEST), get_language() or "en"
    post = request.POST if request.method == "POST" else QueryDict()
    values = posted_values(list(pack.questions()), post)
    reading = read_answers(pack, values)
    views = sections_in_view(pack, reading.answers)
    ids = [view.section.id for view in views]
    here = ids.index(post["here"]) if post.get("here") in ids else 0
    goes_on = post.get("go") == "on"
    asked = {question.id for question in views[here].questions}
    problems = [problem for problem in reading.problems if problem.question in asked]
    if goes_on:
        problems += drawing.unanswered(views[here].questions, values)
        brought_up = [question for question in views[here].questions if question.id not in _drawn_before(post)]
        if not problems and not brought_up:
            here = min(here + 1, len(views) - 1)
    elif post.get("go") == "back":
        problems, here = [], max(here - 1, 0)
    says = _says(pack, reading.answers, language) if post else {}
    asking = Asking(language, values, problems if goes_on else (), says=says)
    page = {
        "organisation": organisation,
        "title": pack.title.in_language(language),
        "shown": drawing.shown(views[here], asking, organisation.name, folds=False),
        "number": here + 1,
        "all": len(views),
        "carried": _carried(post, views[here]),
        "never_asked": _never_asked(pack, language) if here == 0 else [],
        "problems": problem_lines(problems, pack, language) if goes_on else [],
        "form": ExtrasForm(),
    }
    return render(request, "intake/step.html", page, status=422 if page["problems"] else 200)


def _page(
    request: HttpRequest,
    organisation: Organisation,
    pack: Questionnaire,
    questions: str,
    more: Mapping[str, object],
    status: int = 200,
) -> HttpResponse:
    language = get_language() or "en"
    page = {
        "organisation": organisation,
        "title": pack.title.in_language(language),
        "questions": questions,
        "never_asked": _never_asked(pack, language),
        **more,
    }
    return render(request, "intake/ask.html", page, status=status)


def _again(
    request: HttpRequest, organisation: Organisation, pack: Questionnaire, asking: Asking, more: Mapping[str, object]
) -> HttpResponse:
    """The page once more, with everything that was written."""
    return _page(request, organisation, pack, drawing.filled_form(pack, asking, organisation.name), more, status=422)


def _never_asked(pack: Questionnaire, language: str) -> list[tuple[str, str]]:
    return [(each.what.in_language(language), each.why.in_language(language)) for each in pack.never_asked]


def _said(pack: Questionnaire, answers: Answers, language: str) -> list[str]:
    return [prompt.consequence.say.in_language(language) for prompt in prompts(pack, answers, today=clock.today())]


def _says(pack: Questionnaire, answers: Answers, language: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for prompt in prompts(pack, answers, today=clock.today()):
        found.setdefault(prompt.question.id, []).append(prompt.consequence.say.in_language(language))
    return found


def _drawn_before(post: QueryDict) -> set[str]:
    """The questions that stood on the page that was sent."""
    return set(post.getlist("asked"))


def _carried(post: QueryDict, view: SectionInView) -> list[tuple[str, str]]:
    """Every field of other sections, as it was sent."""
    own = {question.id for question in view.questions}
    carried = [
        (name, value)
        for name, values in post.lists()
        if "." in name and name.partition(".")[0] not in own
        for value in values
        if value
    ]
    return carried[:MOST_CARRIED]
