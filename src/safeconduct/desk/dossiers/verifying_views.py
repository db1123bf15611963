"""The page on which anybody verifies a dossier: it is looked at in memory, by this process, and kept nowhere."""

import io
from datetime import date
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from safeconduct.core.dossier import Conclusion, Language, Notice, Trust, Verdict, Wording, read_notice, verify_dossier
from safeconduct.core.errors import UnreadableInput
from safeconduct.desk.dossiers.in_memory import LARGEST, Refusal, refusal_of
from safeconduct.desk.web import clock

LARGEST_UNPACKED = 2 * LARGEST
_SAID = {
    Refusal.TOO_LARGE: (
        gettext_lazy("This is larger than this page takes. The file for your own browser has no such limit."),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ),
    Refusal.BUSY: (gettext_lazy("Others are verifying just now. Try again in a minute."), HTTPStatus.SERVICE_UNAVAILABLE),
}


class VerifyForm(forms.Form):
    """The files that an official has."""

    dossier = forms.FileField(label=gettext_lazy("The dossier (dossier.zip)"))
    trust = forms.FileField(
        label=gettext_lazy("The trust file (trust.json)"),
        help_text=gettext_lazy("It reached you by another way than the dossier. Without it nobody can tell whose keys signed."),
        required=False,
    )
    notice = forms.FileField(label=gettext_lazy("A notice of withdrawal"), required=False)

    def clean_trust(self) -> Trust | None:
        """The trust file, read."""
        sent = self.cleaned_data["trust"]
        try:
            return Trust.decode(sent.read()) if sent else None
        except UnreadableInput:
            raise forms.ValidationError(gettext("This is not a trust file.")) from None

    def clean_notice(self) -> list[Notice]:
        """The notice, read; none where none was sent."""
        sent = self.cleaned_data["notice"]
        try:
            return [read_notice(sent.read())] if sent else []
        except UnreadableInput:
            raise forms.ValidationError(gettext("This is not a notice of withdrawal, or its signature does not hold.")) from None


# Nothing is changed by verifying and nobody is signed in here, so there is nothing that another site could make somebody do.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The form, and the same findings as `./run verify`."""
    page = {"limit": LARGEST // 1024**2}
    if request.method == "GET":
        return render(request, "dossiers/verify.html", {**page, "form": VerifyForm()})
    if (refusal := refusal_of(request)) is not None:
        problem, status = _SAID[refusal]
        return render(request, "dossiers/verify.html", {**page, "form": VerifyForm(), "problem": problem}, status=status)
    form = VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "dossiers/verify.html", {**page, "form": form}, status=422)
    return render(request, "dossiers/verified.html", _page(_verdict(form, clock.today())))


def _verdict(form: VerifyForm, today: date) -> Verdict:
    sent = form.cleaned_data
    stream = io.BytesIO(sent["dossier"].read())
    return verify_dossier(stream, trust=sent["trust"], today=today, notices=sent["notice"], largest=LARGEST_UNPACKED)


def _page(verdict: Verdict) -> dict[str, object]:
    wording = Wording(Language(get_language() or "en"))
    is_readable = verdict.conclusion is not Conclusion.UNREADABLE
    shown = verdict.findings if is_readable else verdict.findings[:1]
    findings = [(finding.outcome.value, wording.outcome(finding.outcome), *wording.parts(finding)) for finding in shown]
    reservation = wording.reservation(verdict.reservations) if verdict.conclusion is not Conclusion.BROKEN and is_readable else ""
    return {
        "manifest": verdict.manifest,
        "findings": findings,
        "conclusion": wording.conclusion(verdict.conclusion),
        "kind": {Conclusion.HOLDS: "good", Conclusion.UNTRUSTED: "care"}.get(verdict.conclusion, "danger"),
        "reservation": reservation,
    }
