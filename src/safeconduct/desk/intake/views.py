"""The desk's side of intake: inbox, conversation, triage."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.core.packtext import PackStamp
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.roles import DESK_ROLES
from safeconduct.desk.intake import selectors, services
from safeconduct.desk.intake.access import request_for_desk
from safeconduct.desk.intake.errors import AlreadyTriaged
from safeconduct.desk.intake.forms import AdviceForm, AnswerForm
from safeconduct.desk.intake.models import Request
from safeconduct.desk.vault.filetypes import EXTENSIONS
from safeconduct.desk.web import clock
from safeconduct.desk.web.answers import told
from safeconduct.desk.web.notices import redirect_saying
from safeconduct.desk.web.paging import page_number
from safeconduct.packs import questionnaire_of


@require_GET
@for_members(*DESK_ROLES)
def inbox(request: DeskRequest) -> HttpResponse:
    """Requests to this desk, the longest waiting first."""
    if not selectors.holds_desk_key(request.actor):
        return render(request, "intake/no_desk_key.html")
    found = selectors.inbox(request.actor, page=page_number(request), today=clock.today())
    return render(request, "intake/inbox.html", {"inbox": found})


@require_http_methods(["GET", "POST"])
@for_members(*DESK_ROLES)
def request_page(request: DeskRequest, request_id: str) -> HttpResponse:
    """One request: what was written, and an answer."""
    row = request_for_desk(request.actor, request_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.send_as_desk(row, request.actor, form.cleaned_data["text"], today=clock.today())
        return redirect_saying("sent", "intake:request", request_id=row.id)
    return _page(request, row, form, AdviceForm())


def _page(request: DeskRequest, row: Request, form: AnswerForm, advice_form: AdviceForm) -> HttpResponse:
    found = selectors.conversation_for_desk(row, request.actor, today=clock.today())
    page = {
        "row": row,
        "conversation": found,
        "files": [(EXTENSIONS[each["type"]], each["size"]) for each in found.files()],
        "answers": told(
            questionnaire_of(PackStamp.from_value(found.filed["pack"])), found.filed["answers"], get_language() or "en"
        ),
        "form": form,
        "advice_form": advice_form,
        "is_open": row.state in (Request.State.NEW, Request.State.OPEN),
    }
    return render(request, "intake/request.html", page, status=422 if form.errors or advice_form.errors else 200)


@require_http_methods(["POST"])
@for_members(*DESK_ROLES)
def advise(request: DeskRequest, request_id: str) -> HttpResponse:
    """Close a request with advice, without a case."""
    row = request_for_desk(request.actor, request_id)
    if row.state not in (Request.State.NEW, Request.State.OPEN):
        raise Http404
    form = AdviceForm(request.POST)
    if not form.is_valid():
        return _page(request, row, AnswerForm(), form)
    try:
        services.close_with_advice(row, request.actor, form.cleaned_data["advice"], today=clock.today())
    except AlreadyTriaged:
        return redirect("intake:request", request_id=row.id)
    return redirect_saying("advised", "intake:request", request_id=row.id)
