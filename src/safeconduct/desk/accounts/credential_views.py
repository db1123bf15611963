"""Changing one's own passphrase and recovery codes, each after a fresh proof."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safeconduct.desk.accounts import credentials
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members, with_fresh_proof
from safeconduct.desk.accounts.errors import PassphraseTooWeak
from safeconduct.desk.accounts.forms import NewPassphraseForm
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying


@require_http_methods(["GET", "POST"])
@for_members()
@with_fresh_proof
def passphrase(request: DeskRequest) -> HttpResponse:
    """Another passphrase; every other session ends."""
    form = NewPassphraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            credentials.change_passphrase(request.actor, form.cleaned_data["secret"], now=clock.now())
        except PassphraseTooWeak:
            form.say_too_weak()
        else:
            return redirect_saying("passphrase-changed", "accounts:account")
    return render(request, "accounts/passphrase.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_members()
@with_fresh_proof
def recovery_codes(request: DeskRequest) -> HttpResponse:
    """Ten new codes, shown once; the old ones stop working."""
    codes = credentials.renew_recovery_codes(request.actor, now=clock.now()) if request.method == "POST" else []
    return render(request, "accounts/recovery_codes.html", {"codes": codes})
