"""Triage: the sheet, and how a request ends without a case."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.roles import DESK_ROLES
from safeconduct.desk.inbox import canned, reading, services, words
from safeconduct.desk.inbox.errors import NotOfThisDesk
from safeconduct.desk.inbox.forms import STAYS, ClosingForm, MergeForm, SheetForm, sheet_initial
from safeconduct.desk.inbox.views import with_canned
from safeconduct.desk.intake.access import request_for_desk
from safeconduct.desk.intake.errors import AlreadyTriaged
from safeconduct.desk.intake.models import Request
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying

_WAITING = (Request.State.NEW, Request.State.OPEN)


@require_http_methods(["GET", "POST"])
@for_members(*DESK_ROLES)
def sheet(request: DeskRequest, request_id: str) -> HttpResponse:
    """The triage sheet: safety, urgency, what makes it harder, stays and their last days."""
    row = request_for_desk(request.actor, request_id)
    language = get_language() or "en"
    found = reading.request_for_reading(row, request.actor, today=clock.today())
    initial = sheet_initial(found.sheet, found.card)
    form = SheetForm(request.POST if request.method == "POST" else None, shown_in=language, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.write_sheet(row, request.actor, form.sheet(), today=clock.today())
        return redirect_saying("saved", "inbox:request", request_id=row.id)
    stays = [[form[f"stay_{name}_{number}"] for name in ("country", "until", "ground")] for number in range(1, STAYS + 1)]
    page = {"row": row, "view": found, "form": form, "stays": stays, "is_open": row.state in _WAITING}
    return render(request, "inbox/sheet.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_members(*DESK_ROLES)
def close(request: DeskRequest, request_id: str) -> HttpResponse:
    """End a request with advice, with words about who can help, or as spam."""
    row = _waiting(request, request_id)
    if "insert" in request.POST:
        typed = {"how": request.POST.get("how", ""), "words": with_canned(request, row, request.POST.get("words", ""))}
        return _closing_page(request, row, ClosingForm(initial=typed))
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        state = Request.State(form.cleaned_data["how"])
        try:
            services.close(row, request.actor, state, form.cleaned_data["words"], today=clock.today())
        except AlreadyTriaged:
            return redirect("inbox:request", request_id=row.id)
        return redirect_saying("closed", "inbox:request", request_id=row.id)
    return _closing_page(request, row, form)


def _closing_page(request: DeskRequest, row: Request, form: ClosingForm) -> HttpResponse:
    offered = canned.answers(row.organisation, request.actor, today=clock.today())
    page = {"row": row, "form": form, "canned": offered, "words": words}
    return render(request, "inbox/close.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_members(*DESK_ROLES)
def merge(request: DeskRequest, request_id: str) -> HttpResponse:
    """The same person wrote twice: say which request goes on, and why."""
    row = _waiting(request, request_id)
    others = Request.objects.filter(organisation_id=row.organisation_id).exclude(pk=row.pk)
    usable = others.exclude(state__in=(Request.State.SPAM, Request.State.MERGED)).order_by("-day", "id")
    choices = [(each.id, f"{each.id[:4].upper()} · {each.day.isoformat()}") for each in usable[:500]]
    form = MergeForm(request.POST if request.method == "POST" else None, others=choices)
    if request.method == "POST" and form.is_valid():
        into = others.select_related("organisation").get(pk=form.cleaned_data["into"])
        try:
            services.merge(row, into, request.actor, form.cleaned_data["reason"], today=clock.today())
        except (AlreadyTriaged, NotOfThisDesk):
            return redirect("inbox:request", request_id=row.id)
        return redirect_saying("joined", "inbox:request", request_id=into.id)
    return render(request, "inbox/merge.html", {"row": row, "form": form}, status=422 if form.errors else 200)


@require_POST
@for_members(*DESK_ROLES)
def reopen(request: DeskRequest, request_id: str) -> HttpResponse:
    """Take a closed request up again."""
    row = request_for_desk(request.actor, request_id)
    if not services.reopen(row, request.actor, today=clock.today()):
        raise Http404
    return redirect_saying("saved", "inbox:request", request_id=row.id)


def _waiting(request: DeskRequest, request_id: str) -> Request:
    row = request_for_desk(request.actor, request_id)
    if row.state not in _WAITING:
        raise Http404
    return row
