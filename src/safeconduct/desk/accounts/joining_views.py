"""Joining by a link and a spoken code, and the authenticator that everybody confirms."""

import io

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.desk.accounts import credentials, invitations
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_arrivals, with_fresh_proof
from safeconduct.desk.accounts.errors import CodeUnusable, LinkUnusable, NameTaken, PassphraseTooWeak
from safeconduct.desk.accounts.forms import CodeForm, JoinForm
from safeconduct.desk.accounts.invitations import Joining
from safeconduct.desk.accounts.views import signed_in
from safeconduct.desk.web import clock
from safeconduct.desk.web.cookies import set_strict_cookie
from safeconduct.desk.web.notices import redirect_saying


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """An invited person makes their account. The page is the same for a link that does not exist."""
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        joining = Joining(sign_in_name=typed["sign_in_name"], alias=typed["alias"], passphrase=typed["secret"])
        try:
            cookie, actor = invitations.join(token, typed["code"], joining, now=clock.now())
        except LinkUnusable:
            form.say_unusable()
        except PassphraseTooWeak:
            form.say_too_weak()
        except NameTaken:
            form.add_error("sign_in_name", gettext("This name or this alias is taken. Choose others."))
        else:
            response = signed_in(request, cookie, actor, "accounts:second-factor")
            set_strict_cookie(response, settings.LANGUAGE_COOKIE_NAME, actor.member.languages)
            return response
    return render(request, "accounts/join.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_arrivals
@with_fresh_proof
def second_factor(request: DeskRequest) -> HttpResponse:
    """Show a new authenticator secret and confirm that it works; those who join see their recovery codes next, once."""
    if request.method == "POST" and "begin" in request.POST:
        credentials.begin_second_factor(request.actor)
        return redirect("accounts:second-factor")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = credentials.confirm_second_factor(request.actor, form.cleaned_data["digits"], now=clock.now())
        except CodeUnusable:
            form.add_error("digits", gettext("These are not the digits of the new entry. Is the clock of the phone right?"))
        else:
            if codes:
                return render(request, "accounts/recovery_codes.html", {"codes": codes})
            return redirect_saying("second-factor-changed", "accounts:account")
    page = {"form": form, "factor": credentials.pending_second_factor(request.actor), "member": request.actor.member}
    return render(request, "accounts/second_factor.html", page, status=422 if form.errors else 200)


@require_GET
@for_arrivals
def second_factor_picture(request: DeskRequest) -> HttpResponse:
    """The waiting secret as a picture for an authenticator's camera, just after a fresh proof."""
    factor = credentials.pending_second_factor(request.actor)
    if factor is None or not request.actor.is_fresh(clock.now()):
        raise Http404
    picture = io.BytesIO()
    segno.make(factor.address(request.actor.member.sign_in_name), error="m").save(picture, kind="png", scale=5, border=4)
    return HttpResponse(picture.getvalue(), content_type="image/png")
