"""Pages of the timeline: its drawing, its statements, and the offers of the interview."""

from typing import Any  # What a template gets is of many shapes.

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safeconduct.core.timeline import labelled
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.cases.access import refuse
from safeconduct.desk.cases.models import Case
from safeconduct.desk.claims import drawing, selectors, services
from safeconduct.desk.claims.access import ROLES, case_for_writer, case_of_claims, may_write
from safeconduct.desk.claims.forms import AsideForm, StatementForm, initial_of
from safeconduct.desk.claims.selectors import CaseTimeline
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying


@require_GET
@for_members(*ROLES)
def timeline(request: DeskRequest, case_id: str) -> HttpResponse:
    """The drawn timeline with its table and prompts; `from` and `to` are years."""
    case = case_of_claims(request.actor, case_id)
    found = timeline_for(request, case)
    first, last = drawing.years_of(request.GET.dict())
    page = {
        "case": case,
        "timeline": found,
        "drawn": drawing.drawn(found, first=first, last=last),
        "zoomed": first is not None,
        "may_write": may_write(request.actor, case),
    }
    return render(request, "claims/timeline.html", page)


@require_http_methods(["GET", "POST"])
@for_members(*ROLES)
def add(request: DeskRequest, case_id: str) -> HttpResponse:
    """Recording a statement; where several places have the name that was typed, one is chosen first."""
    case = case_for_writer(request.actor, case_id)
    form = StatementForm(request.POST or None, timeline=timeline_for(request, case))
    if request.method == "POST" and form.is_valid():
        try:
            services.record_statement(case, request.actor, form.told(), today=clock.today())
        except NotGranted:
            refuse(case, request.actor)
        return redirect_saying("statement-recorded", "claims:timeline", case_id=case.id)
    return render(request, "claims/add.html", {"case": case, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_members(*ROLES)
def statement(request: DeskRequest, case_id: str, statement_id: str) -> HttpResponse:
    """One statement with all that was recorded of it, and correcting it."""
    case = case_of_claims(request.actor, case_id)
    found = timeline_for(request, case)
    line = found.line(statement_id)
    if line is None or (request.method == "POST" and not may_write(request.actor, case)):
        refuse(case, request.actor)
    posted = request.POST if request.method == "POST" else None
    form = StatementForm(posted, initial=initial_of(line), timeline=found, editing=line.id)
    if request.method == "POST" and form.is_valid():
        services.correct_statement(case, request.actor, line.id, form.told(), today=clock.today())
        return redirect_saying("statement-recorded", "claims:timeline", case_id=case.id)
    page: dict[str, Any] = {
        "case": case,
        "line": line,
        "form": form,
        "aside_form": AsideForm(initial={"reason": (line.content.get("set_aside") or {}).get("reason", "")}),
        "prompts": [each for each in found.prompts if line in each.lines],
        "may_write": may_write(request.actor, case),
    }
    return render(request, "claims/statement.html", page, status=422 if form.errors else 200)


@require_POST
@for_members(*ROLES)
def aside(request: DeskRequest, case_id: str, statement_id: str) -> HttpResponse:
    """Setting a statement aside, or taking that back."""
    case = case_for_writer(request.actor, case_id)
    form = AsideForm(request.POST)
    if not form.is_valid():
        return redirect_saying("not-saved", "claims:statement", case_id=case.id, statement_id=statement_id)
    try:
        services.set_aside(case, request.actor, statement_id, form.cleaned_data["reason"], today=clock.today())
    except NotGranted:
        refuse(case, request.actor)
    return redirect_saying("saved", "claims:timeline", case_id=case.id)


@require_http_methods(["GET", "POST"])
@for_members(*ROLES)
def take_over(request: DeskRequest, case_id: str) -> HttpResponse:
    """What the interview's answers say about time, to be taken over as statements."""
    case = case_for_writer(request.actor, case_id)
    if request.method == "POST":
        taken = services.take_over(case, request.actor, request.POST.getlist("offer"), today=clock.today())
        return redirect_saying("taken-over" if taken else "not-saved", "claims:timeline", case_id=case.id)
    language = get_language() or "en"
    offers = [
        (offer.key, labelled(said, selectors.rules(), language), offer.content.get("words", ""))
        for offer, said in selectors.offers_of(case, request.actor, language=language, today=clock.today())
    ]
    return render(request, "claims/take_over.html", {"case": case, "offers": offers})


def timeline_for(request: DeskRequest, case: Case) -> CaseTimeline:
    """The timeline in the reader's language."""
    return selectors.timeline_of(case, request.actor, language=get_language() or "en", today=clock.today())
