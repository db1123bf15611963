"""Doors of the person who asks for help: the first page, coming back, leaving. No account, no JavaScript, neutral titles."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safeconduct.desk.accounts.models import Organisation
from safeconduct.desk.intake import sessions
from safeconduct.desk.intake.advice import advice_in
from safeconduct.desk.intake.errors import CodeMistyped, ReceiptRefused, TooSoon
from safeconduct.desk.intake.forms import CodeForm
from safeconduct.desk.intake.middleware import CONVERSATION_COOKIE
from safeconduct.desk.vault.secrets import ReceiptProblem
from safeconduct.desk.web import clock
from safeconduct.desk.web.cookies import set_strict_cookie
from safeconduct.desk.web.notices import redirect_saying

LEAVE_TO = "https://www.wikipedia.org/"
"""Where “leave quickly” goes: a page that anybody may have open."""


@require_http_methods(["GET", "POST"])
def front(request: HttpRequest) -> HttpResponse:
    """Ask for help, or come back with a code: one address for both."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cookie = sessions.come_back(form.cleaned_data["code"], now=clock.now(), language=get_language() or "en")
        except TooSoon as wait:
            text = ngettext("Wait %(n)s second and try again.", "Wait %(n)s seconds and try again.", wait.seconds)
            form.add_error("code", text % {"n": wait.seconds})
        except CodeMistyped as slip:
            form.add_error("code", _slip_in_words(slip))
        except ReceiptRefused:
            form.add_error("code", gettext("Nothing opens with this code. Check it letter by letter; nothing was lost."))
        else:
            return _with_conversation(redirect("intake:conversation"), cookie)
    desks = Organisation.objects.order_by("name")
    return render(request, "intake/front.html", {"form": form, "desks": desks}, status=422 if form.errors else 200)


@require_GET
def advice(request: HttpRequest) -> HttpResponse:
    """What somebody inside Russia may read: the same for everybody, asking and keeping nothing."""
    return render(request, "intake/advice.html", {"advice": advice_in(get_language() or "en")})


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


def _slip_in_words(slip: CodeMistyped) -> str:
    match slip.problem:
        case ReceiptProblem.WORD:
            return gettext("Word %(n)s is not one of our words. Check it.") % {"n": slip.word}
        case ReceiptProblem.CHECK:
            return gettext("These words do not belong together: one is another, or two have changed places.")
        case _:
            return gettext("A code has 32 digits or eleven words. Something is missing, or too much.")


def _with_conversation(response: HttpResponse, cookie: str) -> HttpResponse:
    set_strict_cookie(response, CONVERSATION_COOKIE, cookie)
    return response
