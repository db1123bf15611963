"""Pages on which a coordinator covers what one authority is not to see."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.core.copies import CopyRefused
from safeconduct.core.custody import Purpose
from safeconduct.core.redaction import REDACTABLE
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.access import case_for_coordinator
from safeconduct.desk.redactions import access, selectors, services
from safeconduct.desk.redactions.errors import Superseded
from safeconduct.desk.redactions.forms import CoverForm, WordsForm
from safeconduct.desk.redactions.marks import PageMarks, grid_rows
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.sections import Section
from safeconduct.desk.viewing import places
from safeconduct.desk.viewing.services import SafeCopy, Sought, copy_of
from safeconduct.desk.viewing.words import REFUSALS
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying


@require_GET
@for_members(Role.COORDINATOR)
def of_case(request: DeskRequest, case_id: str) -> HttpResponse:
    """What is covered, for each authority of the consents."""
    case = case_for_coordinator(request.actor, case_id)
    found = selectors.of_case(case, request.actor, today=clock.today())
    return render(request, "redactions/of_case.html", {"case": case, "found": found})


@require_http_methods(["GET", "POST"])
@for_members(Role.COORDINATOR)
def words(request: DeskRequest, case_id: str, audience: str) -> HttpResponse:
    """Names and passages that are blacked out or renamed in every text."""
    case, found, lines = access.audience_of_case(request.actor, case_id, audience, today=clock.today())
    form = WordsForm(request.POST or None, initial={"lines": "\n".join(lines or selectors.suggested_aliases(case))})
    if request.method == "POST" and form.is_valid():
        services.keep_wording(case, request.actor, found.name, form.cleaned_data["lines"], today=clock.today())
        return redirect_saying("saved", "redactions:of-case", case_id=case.id)
    page = {"case": case, "audience": found, "form": form}
    return render(request, "redactions/words.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_members(Role.COORDINATOR)
def cover(request: DeskRequest, case_id: str, audience: str, item_id: str, page: str) -> HttpResponse:
    """One page of a file: what is covered on it, and how it will leave."""
    found = access.item_for_audience(request.actor, case_id, audience, item_id, today=clock.today())
    if found.item.content["file"]["type"] not in REDACTABLE:
        raise Http404
    shown = copy_of(_sought(request, found, found.item.content["file"]))
    number = int(page) if page.isdecimal() and len(page) < 4 else 0
    if not 1 <= number <= max(shown.pages, 1):
        raise Http404
    kept = found.covered.pages.get(number, PageMarks())
    form = CoverForm(request.POST or None, initial={"boxes": kept.lines(), "as_pictures": found.covered.as_pictures})
    if request.method == "POST" and form.is_valid() and _covered(request, found, number, form):
        address = {"case_id": case_id, "audience": audience, "item_id": item_id, "page": page}
        return redirect_saying("saved", "redactions:cover", **address)
    ticked = request.POST.getlist("cell") if form.is_bound else [f"{column}-{row}" for column, row in kept.cells]
    context = {"found": found, "form": form, "number": number, "rows": grid_rows(ticked)} | _pictures(
        request, found, shown, number
    )
    return render(request, "redactions/cover.html", context, status=422 if form.errors else 200)


def _covered(request: DeskRequest, found: access.Found, number: int, form: CoverForm) -> bool:
    as_pictures = form.cleaned_data["as_pictures"]
    try:
        services.cover_page(
            found.case, request.actor, found.covered, number, form.marks(), as_pictures=as_pictures, today=clock.today()
        )
    except CopyRefused as refused:
        form.add_error(None, str(REFUSALS[refused.reason]))
    except Superseded:
        form.add_error(None, gettext("Somebody else changed this meanwhile. Nothing was saved; look at it again."))
    return not form.errors


def _sought(request: DeskRequest, found: access.Found, reference: dict[str, object]) -> Sought:
    def opened() -> opening.Opening:
        return opening.opened(found.case.subject, holder=request.actor, purpose=Purpose.DOSSIER, today=clock.today())

    return Sought(opened, Section.EVIDENCE, reference)


def _pictures(request: DeskRequest, found: access.Found, shown: SafeCopy, number: int) -> dict[str, object]:
    place = places.item_of_case(request.actor, found.case.id, found.item.id)
    pages = place.pages(shown.id, shown.pages)
    result = ""
    if found.covered.file is not None:
        after = copy_of(_sought(request, found, found.covered.file))
        result = place.pages(after.id, after.pages)[number - 1] if number <= after.pages else ""
    refused = REFUSALS[shown.refused] if shown.refused else ""
    return {
        "picture": pages[number - 1] if pages else "",
        "pages": range(1, shown.pages + 1),
        "result": result,
        "refused": refused,
    }
