"""Account pages: door, form, one call, render."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safeconduct.desk.accounts import devices, sessions, words
from safeconduct.desk.accounts.actors import Actor, DeskRequest
from safeconduct.desk.accounts.doors import for_arrivals, for_members
from safeconduct.desk.accounts.errors import SignInRefused, TooSoon
from safeconduct.desk.accounts.forms import ProveForm, SignInForm
from safeconduct.desk.accounts.middleware import DEVICE_COOKIE, SESSION_COOKIE
from safeconduct.desk.vault.secrets import SealingRefused
from safeconduct.desk.web import clock
from safeconduct.desk.web.cookies import set_strict_cookie
from safeconduct.desk.web.notices import redirect_saying


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in and go where the person was headed."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = request.COOKIES.get(DEVICE_COOKIE, "")
        try:
            cookie, actor = sessions.sign_in(form.attempt(device), now=clock.now())
        except TooSoon as wait:
            form.add_error(None, words.wait(wait))
        except (SignInRefused, SealingRefused):
            form.add_error(
                None,
                gettext("Name, passphrase and code do not fit together. Nothing else is said, to protect everyone."),
            )
        else:
            return signed_in(request, cookie, actor)
    return render(request, "accounts/sign_in.html", {"form": form, "next": _next(request)}, status=422 if form.errors else 200)


@require_POST
@for_arrivals
def sign_out(request: DeskRequest) -> HttpResponse:
    """Sign out and tell the browser to forget."""
    sessions.end_session(request.actor, now=clock.now())
    response = redirect_saying("signed-out", "accounts:sign-in")
    response.delete_cookie(SESSION_COOKIE)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_http_methods(["GET", "POST"])
@for_arrivals
def prove(request: DeskRequest) -> HttpResponse:
    """Prove again who is sitting there, then go on."""
    form = ProveForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.proves(request.actor, clock.now()):
        return redirect(_next(request) or reverse("accounts:account"))
    return render(request, "accounts/prove.html", {"form": form, "next": _next(request)}, status=422 if form.errors else 200)


@require_GET
@for_members()
def account(request: DeskRequest) -> HttpResponse:
    """Who I am here, how I prove it, and where I am signed in."""
    actor = request.actor
    page = {
        "member": actor.member,
        "sessions": actor.member.sessions.order_by("-seen_at"),
        "here": actor.session,
        "codes_left": actor.member.recovery_codes.count(),
        "passkeys": actor.member.passkeys.count(),
    }
    return render(request, "accounts/account.html", page)


@require_POST
@for_members()
def end_sessions(request: DeskRequest) -> HttpResponse:
    """End every other session of this member."""
    sessions.end_other_sessions(request.actor, now=clock.now())
    return redirect_saying("signed-out-there", "accounts:account")


@require_POST
@for_members()
def end_session(request: DeskRequest) -> HttpResponse:
    """End one session of this member in another browser."""
    if not sessions.end_session_elsewhere(request.actor, request.POST.get("session", ""), now=clock.now()):
        raise Http404
    return redirect_saying("signed-out-there", "accounts:account")


@require_POST
@for_arrivals
def stay(request: DeskRequest) -> HttpResponse:
    """The person is there: how many seconds the session now lasts without another page."""
    sessions.stay(request.actor, now=clock.now())
    if request.headers.get("accept", "").startswith("application/json"):
        return JsonResponse({"seconds": settings.SESSION_IDLE_MINUTES * 60})
    return redirect("accounts:account")


def signed_in(request: HttpRequest, cookie: str, actor: Actor, route: str = "home") -> HttpResponse:
    """Go where the person was headed, or to a route, with the session's cookie."""
    response = redirect(_next(request) or reverse(route))
    set_strict_cookie(response, SESSION_COOKIE, cookie)
    if not devices.is_known(request.COOKIES.get(DEVICE_COOKIE, ""), actor.member):
        # A browser that signed in once has a bucket of its own, so that a guesser elsewhere cannot slow its owner.
        set_strict_cookie(response, DEVICE_COOKIE, devices.new_device(actor.member), days=180)
    return response


def _next(request: HttpRequest) -> str:
    address = request.POST.get("next") or request.GET.get("next") or ""
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""
