"""Pages of exports."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members, with_fresh_proof
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.access import case_for_coordinator
from safeconduct.desk.exports import selectors, services
from safeconduct.desk.exports.access import export_for_coordinator
from safeconduct.desk.exports.errors import NotAvailable, SecondPersonNeeded
from safeconduct.desk.exports.forms import AskForm, FoundForm
from safeconduct.desk.vault import files
from safeconduct.desk.web import clock
from safeconduct.desk.web.downloads import as_download
from safeconduct.desk.web.notices import redirect_saying


@require_http_methods(["GET", "POST"])
@for_members(Role.COORDINATOR)
def of_case(request: DeskRequest, case_id: str) -> HttpResponse:
    """The exports of a case, and asking for one."""
    case = case_for_coordinator(request.actor, case_id)
    search = FoundForm(request.POST if "found" in request.POST else None)
    form = AskForm(request.POST if request.POST and not search.is_bound else None)
    if request.method == "POST" and form.is_valid():
        services.ask(case, request.actor, form.wish(), today=clock.today())
        return redirect_saying("export-asked", "exports:of-case", case_id=case.id)
    lines = selectors.of_case(case, request.actor, today=clock.today())
    source = selectors.told_apart(lines, search.cleaned_data["found"]) if search.is_bound and search.is_valid() else None
    page = {"case": case, "lines": lines, "form": form, "search": search, "source": source, "reader": request.actor.id}
    return render(request, "exports/of_case.html", page, status=422 if form.errors or search.errors else 200)


@require_POST
@for_members(Role.COORDINATOR)
@with_fresh_proof
def approve(request: DeskRequest, export_id: str) -> HttpResponse:
    """A second coordinator approves."""
    export = export_for_coordinator(request.actor, export_id)
    try:
        services.approve(export, request.actor, today=clock.today())
    except (SecondPersonNeeded, NotAvailable):
        return redirect_saying("second-person", "exports:of-case", case_id=export.case_id)
    return redirect_saying("export-approved", "exports:of-case", case_id=export.case_id)


@require_GET
@for_members(Role.COORDINATOR)
@with_fresh_proof
def package(request: DeskRequest, export_id: str) -> HttpResponseBase:
    """The copy, streamed out of its seal."""
    export = export_for_coordinator(request.actor, export_id)
    try:
        reference = services.hand_out(export, request.actor, today=clock.today())
    except NotAvailable:
        raise Http404 from None
    return as_download(files.stream(reference), name=reference["name"], size=reference["size"])
