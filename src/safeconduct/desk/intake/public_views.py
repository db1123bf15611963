"""Pages of the person who asks for help: no account, no JavaScript, neutral titles."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from safeconduct import packs
from safeconduct.core.questionnaires import (
    Problem,
    ProblemCode,
    Questionnaire,
    prompts,
    read_answers,
    sections_in_view,
    stop,
    visible,
)
from safeconduct.desk.accounts.models import Organisation
from safeconduct.desk.intake import services, sessions
from safeconduct.desk.intake.access import desk_for_public
from safeconduct.desk.intake.errors import ReceiptRefused, TooSoon
from safeconduct.desk.intake.forms import CodeForm, MessageForm
from safeconduct.desk.intake.middleware import CONVERSATION_COOKIE, applicant_of
from safeconduct.desk.intake.selectors import conversation_for_applicant
from safeconduct.desk.vault.errors import UploadRefused
from safeconduct.desk.vault.uploads import SealedUpload, arrived
from safeconduct.desk.web import clock
from safeconduct.desk.web.asking import Asking, Values, posted_values, values_of
from safeconduct.desk.web.cookies import set_strict_cookie
from safeconduct.desk.web.notices import redirect_saying
from safeconduct.desk.web.problems import problem_lines

LEAVE_TO = "https://www.wikipedia.org/"
"""Where “leave quickly” goes: a page that anybody may have open."""


@require_http_methods(["GET", "POST"])
def front(request: HttpRequest) -> HttpResponse:
    """Ask for help, or come back with a code: one address for both."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cookie = sessions.come_back(form.cleaned_data["code"], now=clock.now())
        except TooSoon as wait:
            text = ngettext("Wait %(n)s second and try again.", "Wait %(n)s seconds and try again.", wait.seconds)
            form.add_error("code", text % {"n": wait.seconds})
        except ReceiptRefused:
            form.add_error("code", gettext("Nothing opens with this code. Check the digits; nothing was lost."))
        else:
            return _with_conversation(redirect("intake:conversation"), cookie)
    desks = Organisation.objects.order_by("name")
    return render(request, "intake/front.html", {"form": form, "desks": desks}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """The request form of one desk; filing shows the code, once."""
    organisation = desk_for_public(slug)
    pack = packs.questionnaire(packs.REQUEST)
    language = get_language() or "en"
    if request.method == "GET":
        return _request_page(request, organisation, pack, Asking(language, {}), {})
    values = posted_values(list(pack.questions()), request.POST)
    reading = read_answers(pack, values)
    unanswered = [question.id for question in visible(pack, reading.answers) if _is_needed(question.id, pack, values)]
    problems = [*reading.problems, *(Problem(question, ProblemCode.REQUIRED) for question in unanswered)]
    if problems:
        asking, lines = Asking(language, values, problems), problem_lines(problems, pack, language)
        return _request_page(request, organisation, pack, asking, {"problems": lines}, status=422)
    if stopped := stop(pack, reading.answers):
        # Without consent nothing is kept.
        refused = stopped.consequence.say.in_language(language)
        return _request_page(request, organisation, pack, Asking(language, values), {"refused": refused}, status=422)
    filing = services.Filing(
        stamp=pack.stamp,
        language=language,
        answers=values_of(reading.answers),
        files=arrived(request),
    )
    try:
        receipt, _ = services.file_request(organisation, filing, today=clock.today())
    except UploadRefused:
        refused = gettext("A file is of a kind that cannot be taken. Your words are kept below; please choose the files again.")
        return _request_page(request, organisation, pack, Asking(language, values), {"refused": refused}, status=422)
    said = [prompt.consequence.say.in_language(language) for prompt in prompts(pack, reading.answers, today=clock.today())]
    return render(request, "intake/receipt.html", {"code": receipt.digits(), "form": CodeForm(), "said": said})


@require_http_methods(["GET", "POST"])
def conversation(request: HttpRequest) -> HttpResponse:
    """The person's own page: what they wrote, what was answered, where things stand."""
    applicant = applicant_of(request)
    if applicant is None:
        return redirect("intake:front")
    form = MessageForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        files: Sequence[SealedUpload] = form.cleaned_data["attachments"]
        try:
            services.send_as_applicant(
                applicant.request, applicant.keyholder, form.cleaned_data["text"], files, today=clock.today()
            )
        except UploadRefused:
            form.add_error("attachments", gettext("This kind of file cannot be taken. Your words are kept."))
        else:
            return redirect_saying("sent", "intake:conversation")
    found = conversation_for_applicant(applicant.request, applicant.keyholder, today=clock.today())
    page = {"conversation": found, "request_row": applicant.request, "form": form}
    return render(request, "intake/conversation.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Leave quickly: the session ends, the browser forgets, and an ordinary page opens."""
    sessions.leave(request.COOKIES.get(CONVERSATION_COOKIE, ""))
    # Not a redirect: browsers hold the answer to a form against the policy for forms, and would stay.
    response = HttpResponse(headers={"Refresh": f"0; url={LEAVE_TO}"})
    response.delete_cookie(CONVERSATION_COOKIE)
    response.headers["Clear-Site-Data"] = '"cache", "storage", "cookies"'
    return response


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """End the conversation's session and go to the front page."""
    sessions.leave(request.COOKIES.get(CONVERSATION_COOKIE, ""))
    response = redirect_saying("signed-out", "intake:front")
    response.delete_cookie(CONVERSATION_COOKIE)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _request_page(
    request: HttpRequest,
    organisation: Organisation,
    pack: Questionnaire,
    asking: Asking,
    more: dict[str, object],
    status: int = 200,
) -> HttpResponse:
    language = asking.language
    page = {
        "organisation": organisation,
        "title": pack.title.in_language(language),
        "sections": [asking.section(view) for view in sections_in_view(pack, {})],
        "never_asked": [(each.what.in_language(language), each.why.in_language(language)) for each in pack.never_asked],
        **more,
    }
    return render(request, "intake/ask.html", page, status=status)


def _is_needed(question: str, pack: Questionnaire, values: Values) -> bool:
    asked = pack.question(question)
    return question not in values and any(part.required for part in asked.parts) and not asked.may_skip


def _with_conversation(response: HttpResponse, cookie: str) -> HttpResponse:
    set_strict_cookie(response, CONVERSATION_COOKIE, cookie)
    return response
