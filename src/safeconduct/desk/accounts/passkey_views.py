"""Passkeys by page and script: the script asks for options, the browser answers, the form carries the answer."""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from safeconduct.desk.accounts import passkeys, words
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members, with_fresh_proof
from safeconduct.desk.accounts.errors import PasskeyRefused, PassphraseNeeded, SignInRefused, TooSoon
from safeconduct.desk.accounts.forms import SignInForm
from safeconduct.desk.accounts.middleware import DEVICE_COOKIE
from safeconduct.desk.accounts.passkey_forms import PasskeyForm, PasskeySignInForm
from safeconduct.desk.accounts.views import signed_in
from safeconduct.desk.vault.secrets import SealingRefused
from safeconduct.desk.web import clock
from safeconduct.desk.web.cookies import set_strict_cookie
from safeconduct.desk.web.notices import redirect_saying

CEREMONY_COOKIE = "ceremony"


@require_http_methods(["GET", "POST"])
@for_members()
@with_fresh_proof
def own_passkeys(request: DeskRequest) -> HttpResponse:
    """One's passkeys; a new one is registered by the script, which posts the browser's answer here."""
    form = PasskeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            passkeys.register(
                request.actor,
                _host(request),
                form.cleaned_data["answer"],
                label=form.cleaned_data["label"],
                output=form.prf(),
                now=clock.now(),
            )
        except PasskeyRefused:
            form.add_error("label", gettext("The passkey was not registered. Try once more."))
        else:
            return redirect_saying("passkey-added", "accounts:passkeys")
    page = {"form": form, "passkeys": passkeys.labels(request.actor), "is_possible": passkeys.is_possible_at(_host(request))}
    return render(request, "accounts/passkeys.html", page, status=422 if form.errors else 200)


@require_POST
@for_members()
@with_fresh_proof
def registration_options(request: DeskRequest) -> HttpResponse:
    """For the script: what the browser needs to make a passkey."""
    return JsonResponse(passkeys.begin_registration(request.actor, _host(request), now=clock.now()))


@require_POST
@for_members()
@with_fresh_proof
def remove(request: DeskRequest, passkey_id: int) -> HttpResponse:
    """Forget one of one's own passkeys."""
    if not passkeys.remove(request.actor, passkey_id, now=clock.now()):
        raise Http404
    return redirect_saying("passkey-removed", "accounts:passkeys")


@require_POST
def sign_in_options(request: HttpRequest) -> HttpResponse:
    """For the script: what the browser needs to sign in, for whatever name was typed."""
    options, token = passkeys.begin_sign_in(request.POST.get("name", "")[:60], _host(request), now=clock.now())
    response = JsonResponse(options)
    set_strict_cookie(response, CEREMONY_COOKIE, token)
    return response


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with the browser's answer in place of passphrase or code."""
    posted = PasskeySignInForm(request.POST)
    form = SignInForm(initial={"name": request.POST.get("name", "")[:60]})
    try:
        if not posted.is_valid():
            raise SignInRefused("refused")
        attempt = posted.attempt(request.COOKIES.get(CEREMONY_COOKIE, ""), request.COOKIES.get(DEVICE_COOKIE, ""))
        cookie, actor = passkeys.sign_in(attempt, _host(request), now=clock.now())
    except PassphraseNeeded:
        problem = gettext("This passkey cannot unlock your keys. Type your passphrase too, then use the passkey again.")
    except TooSoon as wait:
        problem = words.wait(wait)
    except (SignInRefused, SealingRefused):
        problem = gettext("Name and passkey do not fit together. Nothing else is said, to protect everyone.")
    else:
        response = signed_in(request, cookie, actor)
        response.delete_cookie(CEREMONY_COOKIE)
        return response
    page = {"form": form, "next": request.POST.get("next", ""), "problems": [{"href": "#id_name", "text": problem}]}
    return render(request, "accounts/sign_in.html", page, status=422)


def _host(request: HttpRequest) -> str:
    return urlsplit(f"//{request.get_host()}").hostname or ""
