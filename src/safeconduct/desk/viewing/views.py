"""Pages on which staff look at files: pictures of pages and plain words, never the file itself."""

from csp.constants import NONE
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.roles import DESK_ROLES
from safeconduct.desk.evidence.views import READERS
from safeconduct.desk.vault import files
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.opening import Opening
from safeconduct.desk.viewing import places, services
from safeconduct.desk.viewing.forms import TakeForm
from safeconduct.desk.viewing.words import DIGESTS, NOTES, PROBLEMS, REFUSALS
from safeconduct.desk.web.downloads import as_download


@require_GET
@for_members(*DESK_ROLES)
def request_file(request: DeskRequest, request_id: str, number: str) -> HttpResponse:
    """A safe copy of a file that a person sent."""
    return _look(request, places.file_of_request(request.actor, request_id, number), TakeForm())


@require_GET
@for_members(*READERS)
def evidence_item(request: DeskRequest, case_id: str, record_id: str) -> HttpResponse:
    """A safe copy of a piece of evidence."""
    return _look(request, places.item_of_case(request.actor, case_id, record_id), TakeForm())


@require_GET
@for_members(*DESK_ROLES)
def request_copy_page(request: DeskRequest, request_id: str, copy_id: str, page: str) -> HttpResponse:
    """One page of a copy, as a picture."""
    return _picture(places.opened_request(request.actor, request_id), copy_id, page)


@require_GET
@for_members(*READERS)
def evidence_copy_page(request: DeskRequest, case_id: str, copy_id: str, page: str) -> HttpResponse:
    """One page of a copy, as a picture."""
    return _picture(places.opened_case(request.actor, case_id), copy_id, page)


@require_http_methods(["POST"])
@for_members(*DESK_ROLES)
def request_original(request: DeskRequest, request_id: str, number: str) -> HttpResponseBase:
    """The original of a file that a person sent, for a reason."""
    return _take(request, places.file_of_request(request.actor, request_id, number))


@require_http_methods(["POST"])
@for_members(*READERS)
def evidence_original(request: DeskRequest, case_id: str, record_id: str) -> HttpResponseBase:
    """The original of a piece of evidence, for a reason."""
    return _take(request, places.item_of_case(request.actor, case_id, record_id))


def _look(request: DeskRequest, place: places.Place, form: TakeForm) -> HttpResponse:
    copy = services.copy_of(place.sought)
    page = {
        "place": place,
        "pages": place.pages(copy.id, copy.pages),
        "words": copy.words,
        "notes": [NOTES[note] for note in copy.notes],
        "refused": REFUSALS[copy.refused] if copy.refused else "",
        "form": form,
        "capture": copy.capture,
        "problems": [(PROBLEMS[each.problem], each.about) for each in copy.capture.findings] if copy.capture else [],
        "digests": DIGESTS,
    }
    return render(request, "viewing/copy.html", page, status=422 if form.errors else 200)


def _take(request: DeskRequest, place: places.Place) -> HttpResponseBase:
    form = TakeForm(request.POST)
    if not form.is_valid():
        return _look(request, place, form)
    reference = services.take_original(place.sought, member=request.actor.id, reason=form.cleaned_data["reason"])
    return as_download(files.stream(reference), name=place.name, size=reference["size"])


def _picture(opened: Opening, copy: str, page: str) -> HttpResponse:
    try:
        reference = services.page_of(opened, copy, int(page) if page.isdecimal() and len(page) < 5 else 0)
    except NotGranted:
        raise Http404 from None
    return still(b"".join(files.stream(reference)))


def still(content: bytes) -> HttpResponse:
    """A JPEG that was drawn here."""
    response = HttpResponse(content, content_type="image/jpeg")
    response.headers["X-Content-Type-Options"] = "nosniff"
    # For whoever opens the picture's own address: nothing may run or load there.
    response._csp_replace = {"default-src": [NONE], "sandbox": True}  # type: ignore[attr-defined]  # django-csp reads it
    return response
