"""Raising a security concern, and the pages of those who read them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.roles import DESK_ROLES, Role
from safeconduct.desk.cases.access import case_for_reader
from safeconduct.desk.cases.models import Case
from safeconduct.desk.concerns import canaries, links, selectors, services, words
from safeconduct.desk.concerns.access import concern_for_reader
from safeconduct.desk.concerns.errors import NoSecurityReader, SomeoneElse
from safeconduct.desk.concerns.forms import NoteForm, RaiseForm, SettleForm
from safeconduct.desk.concerns.models import Concern
from safeconduct.desk.intake.access import request_for_desk
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.selectors import holds_desk_key
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying


@require_http_methods(["GET", "POST"])
@for_members(*DESK_ROLES)
def about_request(request: DeskRequest, request_id: str) -> HttpResponse:
    """Raise a concern about a request to one's own desk."""
    row = request_for_desk(request.actor, request_id)
    return _raise(request, row, back=("inbox:request", {"request_id": row.id}))


@require_http_methods(["GET", "POST"])
@for_members()
def about_case(request: DeskRequest, case_id: str) -> HttpResponse:
    """Raise a concern about a case that one reads, of whatever organisation."""
    case = case_for_reader(request.actor, case_id)
    return _raise(request, case, back=("cases:case", {"case_id": case.id}))


def _raise(request: DeskRequest, about: Case | Request, back: tuple[str, dict[str, str]]) -> HttpResponse:
    form = RaiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.raise_concern(about, request.actor, services.Raised(**form.cleaned_data), today=clock.today())
        except NoSecurityReader:
            problem = gettext("Nobody in this organisation reads security concerns yet. Tell its coordinator in person.")
            form.add_error(None, problem)
        else:
            return redirect_saying("concern-raised", "home")
    page = {
        "form": form,
        "back": back[0],
        **back[1],
        "name": about.reference if isinstance(about, Case) else about.id[:4].upper(),
    }
    return render(request, "concerns/raise.html", page, status=422 if form.errors else 200)


@require_GET
@for_members(Role.SECURITY_READER)
def overview(request: DeskRequest) -> HttpResponse:
    """Concerns, alarms, and colleagues who lack keys."""
    page = {
        "concerns": [(row, words.STATES[Concern.State(row.state)]) for row in selectors.concerns_for(request.actor)],
        "alarms": canaries.unanswered(request.actor.organisation),
        "newcomers": services.newcomers(request.actor),
    }
    return render(request, "concerns/overview.html", page)


@require_http_methods(["GET", "POST"])
@for_members(Role.SECURITY_READER)
def concern(request: DeskRequest, concern_id: str) -> HttpResponse:
    """One concern: what was written, notes, and settling it."""
    row, act, today = concern_for_reader(request.actor, concern_id), request.POST.get("act", ""), clock.today()
    note = NoteForm(request.POST if act == "note" else None)
    settle = SettleForm(request.POST if act == "settle" else None, initial={"state": row.state})
    try:
        if act == "note" and note.is_valid():
            services.write_note(row, request.actor, note.cleaned_data["note"], today=today)
            return redirect_saying("saved", "concerns:concern", concern_id=row.id)
        if act == "settle" and settle.is_valid():
            state = Concern.State(settle.cleaned_data["state"])
            services.settle(row, request.actor, state, settle.cleaned_data["reasons"], today=today)
            return redirect_saying("saved", "concerns:concern", concern_id=row.id)
    except SomeoneElse:
        settle.add_error(None, gettext("You raised it: another security reader settles it."))
    entries = selectors.entries_of(row, request.actor, today=today)
    page = {
        "row": row,
        "state": words.STATES[Concern.State(row.state)],
        "entries": [(each, words.KINDS.get(each.word) or words.STATES.get(each.word, "")) for each in entries],  # type: ignore[call-overload]  # states are text
        "note": note,
        "settle": settle,
        "form": settle if settle.errors else note,
    }
    return render(request, "concerns/concern.html", page, status=422 if note.errors or settle.errors else 200)


@require_POST
@for_members(Role.SECURITY_READER)
def share(request: DeskRequest) -> HttpResponse:
    """Give a colleague who became a security reader the keys of what came before."""
    member = next((each for each in services.newcomers(request.actor) if each.id == request.POST.get("member")), None)
    if member is not None:
        services.let_read(member, request.actor, today=clock.today())
    return redirect_saying("saved", "concerns:overview")


@require_GET
@for_members(Role.SECURITY_READER)
def linked(request: DeskRequest) -> HttpResponse:
    """Requests to this desk that share a file, an account or a device."""
    if not holds_desk_key(request.actor):
        return render(request, "concerns/links.html", {"found": None})
    found = links.linked(request.actor, today=clock.today())
    shown = [(link, [words.REASONS[reason] for reason in link.reasons]) for link in found.links]
    return render(request, "concerns/links.html", {"found": found, "links": shown})
