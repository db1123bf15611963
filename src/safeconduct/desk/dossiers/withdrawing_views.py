"""The pages on which a coordinator withdraws a dossier or an evaluator's key, and the notice to send to a recipient."""

from datetime import date

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.core.statements import DossierReason, KeyReason
from safeconduct.desk.accounts.access import member_for_steward
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members, with_fresh_proof
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.dossiers.access import dossier_for_releaser
from safeconduct.desk.dossiers.models import Dossier, EvaluatorVoucher
from safeconduct.desk.dossiers.withdrawing import notice_on, withdraw_dossier, withdraw_key
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying

REASONS = {
    DossierReason.REPLACED: gettext_lazy("A newer version stands in its place"),
    DossierReason.MISTAKEN: gettext_lazy("Something in it turned out to be wrong"),
    DossierReason.CONSENT: gettext_lazy("The person took their consent back"),
    DossierReason.EVALUATION: gettext_lazy("An evaluation in it is no longer stood by"),
    DossierReason.SECURITY: gettext_lazy("For reasons of security"),
}


class WithdrawForm(forms.Form):
    """Why a dossier is withdrawn: one word of a closed list, because anybody can read the notice."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[(reason.value, words) for reason, words in REASONS.items()],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The recipient sees it. Nothing in the notice tells of the person."),
    )


KEY_REASONS = {
    KeyReason.STOLEN: gettext_lazy("It is, or may be, in other hands"),
    KeyReason.LOST: gettext_lazy("It is lost"),
    KeyReason.LEFT: gettext_lazy("Its holder has left"),
    KeyReason.REPLACED: gettext_lazy("A new key stands in its place"),
}


class WithdrawKeyForm(forms.Form):
    """Why a key is withdrawn, and since when it may have been in other hands."""

    since = forms.DateField(
        label=gettext_lazy("From which day on"),
        help_text=gettext_lazy("Dossiers that it signed before, and that a partner’s time stamp shows to be older, still hold."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[(reason.value, words) for reason, words in KEY_REASONS.items()],
        widget=forms.RadioSelect,
    )

    def clean_since(self) -> date:
        """A day that has come."""
        since: date = self.cleaned_data["since"]
        if since > clock.today():
            raise forms.ValidationError(gettext("This day has not come yet."))
        return since


@require_http_methods(["GET", "POST"])
@for_members(Role.COORDINATOR)
@with_fresh_proof
def withdraw_key_of(request: DeskRequest, member_id: str) -> HttpResponse:
    """Withdraw an evaluator's key."""
    member = member_for_steward(request.actor, member_id)
    if not EvaluatorVoucher.objects.filter(member=member).exists():
        raise Http404
    form = WithdrawKeyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            withdraw_key(member, request.actor, KeyReason(given["reason"]), since=given["since"], today=clock.today())
        except NotGranted:
            form.add_error(
                None, gettext("You do not hold the organisation’s signing key. Another coordinator can give it to you.")
            )
        else:
            return redirect_saying("key-withdrawn", "accounts:member", member_id=member.id)
    return render(request, "dossiers/withdraw_key.html", {"row": member, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_members(Role.COORDINATOR)
@with_fresh_proof
def withdraw(request: DeskRequest, dossier_id: str) -> HttpResponse:
    """Withdraw a released dossier; afterwards the same page offers the notice."""
    dossier = dossier_for_releaser(request.actor, dossier_id)
    if dossier.state == Dossier.State.COMPOSED:
        raise Http404
    is_withdrawn = dossier.state == Dossier.State.WITHDRAWN
    form = WithdrawForm(request.POST if request.method == "POST" and not is_withdrawn else None)
    if form.is_valid():
        try:
            withdraw_dossier(dossier, request.actor, DossierReason(form.cleaned_data["reason"]), today=clock.today())
        except NotGranted:
            form.add_error(
                None, gettext("You do not hold the organisation’s signing key. Another coordinator can give it to you.")
            )
        else:
            return redirect_saying("withdrawn", "dossiers:withdraw", dossier_id=dossier.id)
    page = {"dossier": dossier, "case": dossier.case, "form": form, "is_withdrawn": is_withdrawn}
    return render(request, "dossiers/withdraw.html", page, status=422 if form.errors else 200)


@require_GET
@for_members(Role.COORDINATOR, Role.LIAISON)
def notice(request: DeskRequest, dossier_id: str) -> HttpResponse:
    """The signed notice, to send to the authority that has the dossier."""
    encoded = notice_on(dossier_for_releaser(request.actor, dossier_id))
    if encoded is None:
        raise Http404
    response = HttpResponse(encoded, content_type="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="notice.json"'
    return response
