"""Pages of forms that a desk asks for: the desk chooses one, the person answers it behind their code."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from safeconduct.core.questionnaires import (
    Answers,
    Problem,
    ProblemCode,
    Questionnaire,
    answers_in_view,
    broken,
    missing,
    read_answers,
    sections_in_view,
)
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.roles import DESK_ROLES
from safeconduct.desk.intake import asked_forms, words
from safeconduct.desk.intake.access import request_for_desk
from safeconduct.desk.intake.forms import AskFormForm
from safeconduct.desk.intake.middleware import applicant_of
from safeconduct.desk.web import clock
from safeconduct.desk.web.answers import told
from safeconduct.desk.web.asking import Asking, Values, posted_values, values_of
from safeconduct.desk.web.notices import redirect_saying
from safeconduct.desk.web.problems import problem_lines


@require_http_methods(["GET", "POST"])
@for_members(*DESK_ROLES)
def forms_of_request(request: DeskRequest, request_id: str) -> HttpResponse:
    """What the person was asked for and answered; another form."""
    row = request_for_desk(request.actor, request_id)
    language = get_language() or "en"
    offered = {pack.stamp.id: pack for pack in asked_forms.offered()}
    form = AskFormForm(request.POST or None, offered=[(id_, pack.title.in_language(language)) for id_, pack in offered.items()])
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        asked_forms.ask(row, request.actor, offered[typed["form"]], typed["text"], today=clock.today())
        return redirect_saying("form-asked", "intake:forms", request_id=row.id)
    shown = [
        (each, each.pack.title.in_language(language), told(each.pack, each.answers, language))
        for each in asked_forms.of_desk(row, request.actor, today=clock.today())
    ]
    page = {"row": row, "shown": shown, "form": form, "offers": bool(offered)}
    return render(request, "intake/forms.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def own_form(request: HttpRequest, form_id: str) -> HttpResponseBase:
    """The person answers a form; what an answer brings up is asked on the same page."""
    applicant = applicant_of(request)
    if applicant is None:
        return redirect("intake:front")
    asked = asked_forms.of_person(applicant.request, applicant.keyholder, today=clock.today())
    form = next((each for each in asked if each.id == form_id), None)
    if form is None:
        raise Http404
    pack, language, now = form.pack, get_language() or "en", clock.now()
    values: Values = dict(form.answers)
    problems: list[Problem] = []
    if request.method == "POST":
        values = posted_values(list(pack.questions()), request.POST)
        answers, problems = _checked(pack, values)
        if not problems:
            kept = values_of(answers_in_view(pack, answers, now=now))
            asked_forms.answer(applicant.request, applicant.keyholder, form.id, kept, today=clock.today())
            return redirect_saying("saved", "intake:conversation")
    answers = read_answers(pack, values).answers
    asking = Asking(language, values, problems)
    page = {
        "title": pack.title.in_language(language),
        "sections": [asking.section(view) for view in sections_in_view(pack, answers, now=now)],
        "problems": problem_lines(problems, pack, language),
        "own_word": words.word_of(applicant.request, applicant.keyholder),
    }
    return render(request, "intake/own_form.html", page, status=422 if problems else 200)


def _checked(pack: Questionnaire, values: Values) -> tuple[Answers, list[Problem]]:
    now = clock.now()
    reading = read_answers(pack, values)
    problems = [*reading.problems, *broken(pack, reading.answers, now=now)]
    known = {problem.question for problem in problems}
    gaps = [each for each in missing(pack, reading.answers, now=now) if each.id not in known and each.id not in values]
    return reading.answers, [*problems, *(Problem(each.id, ProblemCode.REQUIRED) for each in gaps)]
