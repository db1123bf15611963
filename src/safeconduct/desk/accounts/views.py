"""Account pages: door, form, one call, render."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safeconduct.desk.accounts import sessions
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.errors import SignInRefused, TooSoon
from safeconduct.desk.accounts.forms import ProveForm, SignInForm
from safeconduct.desk.accounts.middleware import DEVICE_COOKIE, SESSION_COOKIE
from safeconduct.desk.vault.secrets import Passphrase, new_token
from safeconduct.desk.web import clock
from safeconduct.desk.web.cookies import set_strict_cookie
from safeconduct.desk.web.notices import redirect_saying


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in and go where the person was headed."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = request.COOKIES.get(DEVICE_COOKIE, "")
        attempt = sessions.SignIn(form.cleaned_data["name"], form.passphrase_typed(), form.cleaned_data["code"], device)
        try:
            cookie, _actor = sessions.sign_in(attempt, now=clock.now())
        except TooSoon as wait:
            form.add_error(
                None,
                ngettext("Wait %(n)s second and try again.", "Wait %(n)s seconds and try again.", wait.seconds)
                % {"n": wait.seconds},
            )
        except SignInRefused:
            form.add_error(
                None,
                gettext("Name, passphrase and code do not fit together. Nothing else is said, to protect everyone."),
            )
        else:
            return _signed_in(request, cookie, device)
    return render(request, "accounts/sign_in.html", {"form": form, "next": _next(request)}, status=422 if form.errors else 200)


@require_POST
@for_members()
def sign_out(request: DeskRequest) -> HttpResponse:
    """Sign out and tell the browser to forget."""
    sessions.end_session(request.actor, now=clock.now())
    response = redirect_saying("signed-out", "accounts:sign-in")
    response.delete_cookie(SESSION_COOKIE)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_http_methods(["GET", "POST"])
@for_members()
def prove(request: DeskRequest) -> HttpResponse:
    """Prove again who is sitting there, then go on."""
    form = ProveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sessions.prove_again(request.actor, Passphrase(form.cleaned_data["passphrase"]), now=clock.now())
        except SignInRefused:
            form.add_error("passphrase", gettext("This is not your passphrase."))
        else:
            return redirect(_next(request) or reverse("accounts:account"))
    return render(request, "accounts/prove.html", {"form": form, "next": _next(request)}, status=422 if form.errors else 200)


@require_GET
@for_members()
def account(request: DeskRequest) -> HttpResponse:
    """Who I am here, and where I am signed in."""
    own = request.actor.member.sessions.order_by("-seen_at")
    return render(
        request,
        "accounts/account.html",
        {"member": request.actor.member, "sessions": own, "here": request.actor.session},
    )


@require_POST
@for_members()
def end_sessions(request: DeskRequest) -> HttpResponse:
    """End every other session of this member."""
    sessions.end_other_sessions(request.actor, now=clock.now())
    return redirect_saying("saved", "accounts:account")


def _signed_in(request: HttpRequest, cookie: str, device: str) -> HttpResponse:
    response = redirect(_next(request) or reverse("home"))
    set_strict_cookie(response, SESSION_COOKIE, cookie)
    if not device:
        # A browser that signed in once has a bucket of its own, so that a guesser elsewhere cannot slow its owner.
        set_strict_cookie(response, DEVICE_COOKIE, new_token().text(), days=180)
    return response


def _next(request: HttpRequest) -> str:
    address = request.POST.get("next") or request.GET.get("next") or ""
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""
