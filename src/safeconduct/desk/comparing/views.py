"""Pages that lay parts of a case side by side, and pin notes to pages."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.core.copies.boxes import with_boxes
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.cases.access import case_for_reader, refuse
from safeconduct.desk.cases.models import Case
from safeconduct.desk.comparing import notes
from safeconduct.desk.comparing.forms import NoteForm, SideForm
from safeconduct.desk.comparing.sides import laid_open, noted_address
from safeconduct.desk.evidence.checking import may_check
from safeconduct.desk.evidence.views import READERS
from safeconduct.desk.redactions.marks import grid_rows
from safeconduct.desk.vault import files
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.viewing import places
from safeconduct.desk.viewing.services import copy_of, page_of
from safeconduct.desk.viewing.views import still
from safeconduct.desk.web import clock


@require_GET
@for_members(*READERS)
def beside(request: DeskRequest, case_id: str) -> HttpResponse:
    """A document beside another, or beside what the person said. What is chosen stands in the address as random ids."""
    case = case_for_reader(request.actor, case_id)
    desktop = laid_open(case, request.actor, today=clock.today())
    form = SideForm(request.GET or None, desktop.documents(), desktop.statements())
    if form.is_bound and not form.is_valid():
        raise Http404
    chosen = form.cleaned_data if form.is_bound else {}
    sides = [desktop.side(chosen[side], chosen[f"{side}_page"] or 1) if chosen.get(side) else None for side in ("left", "right")]
    page = {"case": case, "form": form, "sides": sides, "may_pin": may_check(request.actor, case)}
    return render(request, "comparing/beside.html", page)


@require_http_methods(["GET", "POST"])
@for_members(*READERS)
def page_notes(request: DeskRequest, case_id: str, item_id: str, page: str) -> HttpResponse:
    """The notes of one page, and a new one. A POST with `back` takes one's own note off."""
    case, number = case_for_reader(request.actor, case_id), _number(page)
    place = places.item_of_case(request.actor, case_id, item_id)
    shown = copy_of(place.sought)
    if not 1 <= number <= shown.pages:
        raise Http404
    may_pin = may_check(request.actor, case)
    if request.method == "POST" and not may_pin:
        refuse(case, request.actor)
    form = NoteForm(request.POST if request.method == "POST" and "back" not in request.POST else None)
    if request.method == "POST" and _done(request, case, item_id, number, form):
        return redirect(reverse("comparing:notes", kwargs={"case_id": case_id, "item_id": item_id, "page": page}))
    found = [note for note in notes.notes_of(case, request.actor, item_id, today=clock.today()) if note.page == number]
    context = {
        "case": case,
        "place": place,
        "number": number,
        "pages": range(1, shown.pages + 1),
        "picture": noted_address(case, item_id, number),
        "notes": found,
        "rows": grid_rows(request.POST.getlist("cell") if form.is_bound else []),
        "form": form,
        "may_pin": may_pin,
    }
    return render(request, "comparing/notes.html", context, status=422 if form.errors else 200)


@require_GET
@for_members(*READERS)
def noted(request: DeskRequest, case_id: str, item_id: str, page: str) -> HttpResponse:
    """The picture of a page with a numbered box at each note."""
    case, number = case_for_reader(request.actor, case_id), _number(page)
    place = places.item_of_case(request.actor, case_id, item_id)
    shown = copy_of(place.sought)
    try:
        reference = page_of(place.sought.open(), shown.id, number)
    except NotGranted:
        raise Http404 from None
    found = notes.notes_of(case, request.actor, item_id, today=clock.today())
    content = b"".join(files.stream(reference))
    return still(with_boxes(content, notes.boxes_of(found, number)).content)


def _done(request: DeskRequest, case: Case, record: str, page: int, form: NoteForm) -> bool:
    today = clock.today()
    try:
        if not form.is_bound:
            notes.take_back(case, request.actor, request.POST["back"], today=today)
            return True
        if form.is_valid():
            notes.pin(case, request.actor, record, page, form.marks(), form.cleaned_data["text"], today=today)
            return True
    except NotGranted:
        refuse(case, request.actor)
    return False


def _number(page: str) -> int:
    return int(page) if page.isdecimal() and len(page) < 4 else 0
