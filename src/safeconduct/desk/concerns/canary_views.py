"""Canary documents: placing, looking at alarms, taking away."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.access import case_for_reader, refuse
from safeconduct.desk.concerns import canaries
from safeconduct.desk.concerns.access import canary_for_reader
from safeconduct.desk.concerns.forms import CanaryForm
from safeconduct.desk.evidence.services import items_of
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying


@require_http_methods(["GET", "POST"])
@for_members(Role.SECURITY_READER)
def of_case(request: DeskRequest, case_id: str) -> HttpResponse:
    """The canaries of a case, and a new one."""
    case, today = case_for_reader(request.actor, case_id), clock.today()
    if case.organisation_id != request.actor.organisation:
        refuse(case, request.actor)
    items = items_of(case, request.actor, today=today)
    placed = {row.record: row for row in case.canaries.prefetch_related("alarms__member")}
    choices = [(item.id, item.content["title"]) for item in items if item.id not in placed]
    form = CanaryForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        canaries.place(case, request.actor, form.cleaned_data["record"], today=today)
        return redirect_saying("saved", "concerns:canaries", case_id=case.id)
    shown = [(placed[item.id], item.content["title"]) for item in items if item.id in placed]
    page = {"case": case, "form": form, "placed": shown, "has_choices": bool(choices)}
    return render(request, "concerns/canaries.html", page, status=422 if form.errors else 200)


@require_POST
@for_members(Role.SECURITY_READER)
def change(request: DeskRequest, canary_id: str) -> HttpResponse:
    """Say that its alarms were looked into, or make it an ordinary document again."""
    row = canary_for_reader(request.actor, canary_id)
    case = row.case
    if request.POST.get("act") == "remove":
        canaries.remove(row)
    else:
        canaries.answer(row, request.actor, today=clock.today())
    return redirect_saying("saved", "concerns:canaries", case_id=case.id)
