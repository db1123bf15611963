"""Handing a released package out sealed to the authority: only who holds the authority's own key can open what arrives."""

from django import forms
from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from safeconduct.core.errors import SafeconductError
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members, with_fresh_proof
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.dossiers.access import dossier_for_releaser
from safeconduct.desk.dossiers.errors import NotReady
from safeconduct.desk.dossiers.models import Dossier
from safeconduct.desk.dossiers.services import package_of, require_leaves
from safeconduct.desk.dossiers.views import not_handed_out
from safeconduct.desk.vault import files, outsiders
from safeconduct.desk.web import clock


class RecipientForm(forms.Form):
    """The authority's age recipient."""

    recipient = forms.CharField(
        label=gettext_lazy("The authority’s age recipient"),
        help_text=gettext_lazy(
            "It begins with age1pq1. Take it from the authority itself, and compare its last letters by telephone."
        ),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_recipient(self) -> object:
        """The public key; a mistyped letter is noticed."""
        try:
            return outsiders.recipient(self.cleaned_data["recipient"])
        except SafeconductError:
            raise forms.ValidationError(gettext("This is not a recipient of the kind age1pq1…, or it was mistyped.")) from None


@require_http_methods(["GET", "POST"])
@for_members(Role.COORDINATOR, Role.LIAISON)
@with_fresh_proof
def sealed(request: DeskRequest, dossier_id: str) -> HttpResponseBase:
    """Ask for the recipient, then stream the package sealed to it; each hand-out is an entry of the log."""
    dossier = dossier_for_releaser(request.actor, dossier_id)
    if dossier.state != Dossier.State.RELEASED:
        raise Http404
    try:
        require_leaves(dossier, request.actor, today=clock.today())
    except NotReady as reason:
        return not_handed_out(request, dossier, reason)
    form = RecipientForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        page = {"dossier": dossier, "case": dossier.case, "form": form}
        return render(request, "dossiers/sealed.html", page, status=422 if form.errors else 200)
    reference = package_of(dossier, request.actor, today=clock.today())
    pieces = outsiders.sealed_to(form.cleaned_data["recipient"], files.stream(reference))
    response = StreamingHttpResponse(pieces, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{reference["name"]}.age"'
    response.headers["Content-Length"] = str(outsiders.sealed_size(reference["size"]))
    return response
