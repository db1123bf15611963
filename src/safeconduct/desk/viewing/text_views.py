"""The page on which a document's words are read by machine and corrected by people."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from safeconduct import wordreader
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.cases.access import case_for_reader, refuse
from safeconduct.desk.evidence.checking import may_check
from safeconduct.desk.evidence.views import READERS
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.viewing import places, reading
from safeconduct.desk.web import clock


class CorrectionForm(forms.Form):
    """What a person reads on one page."""

    page = forms.IntegerField(min_value=1, max_value=500, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("What stands there"),
        max_length=wordreader.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off"}),
    )


@require_http_methods(["GET", "POST"])
@for_members(*READERS)
def evidence_text(request: DeskRequest, case_id: str, record_id: str) -> HttpResponse:
    """The words of a piece of evidence. A POST without words reads the next pages; with words it corrects one."""
    case = case_for_reader(request.actor, case_id)
    place = places.item_of_case(request.actor, case_id, record_id)
    may_change = may_check(request.actor, case)
    if request.method == "POST" and not may_change:
        refuse(case, request.actor)
    problem, form = "", CorrectionForm(request.POST if "words" in request.POST else None)
    if request.method == "POST":
        try:
            if form.is_bound and form.is_valid():
                told = form.cleaned_data
                reading.correct(place.sought, request.actor, told["page"], told["words"], today=clock.today())
            elif not form.is_bound:
                reading.read_more(place.sought)
        except wordreader.NothingRead:
            problem = gettext("Nothing was read: Tesseract is not there, or took longer than is allowed.")
        except NotGranted:
            raise Http404 from None
        if not problem and not form.errors:
            return redirect(reverse("viewing:evidence-text", kwargs={"case_id": case_id, "record_id": record_id}))
    page = {
        "place": place,
        "text": reading.text_of(place.sought),
        "engine": wordreader.engine(),
        "may_change": may_change,
        "form": form,
        "problem": problem,
    }
    return render(request, "viewing/text.html", page, status=422 if problem or form.errors else 200)
