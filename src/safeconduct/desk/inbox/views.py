"""The desk's list of requests, and one request with its answers and notes."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safeconduct.core.packtext import PackStamp
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.accounts.roles import DESK_ROLES
from safeconduct.desk.inbox import canned, reading, selectors, services, words
from safeconduct.desk.inbox.errors import NotOfThisDesk
from safeconduct.desk.inbox.forms import AnswerForm, AssignForm, NoteForm
from safeconduct.desk.intake import filed_consents
from safeconduct.desk.intake.access import request_for_desk
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.pressure import answer_alarm
from safeconduct.desk.intake.selectors import holds_desk_key
from safeconduct.desk.vault.filetypes import EXTENSIONS
from safeconduct.desk.web import clock
from safeconduct.desk.web.answers import told
from safeconduct.desk.web.notices import redirect_saying
from safeconduct.desk.web.paging import page_number
from safeconduct.packs import questionnaire_of


@require_GET
@for_members(*DESK_ROLES)
def inbox(request: DeskRequest) -> HttpResponse:
    """Requests to this desk: alarms, then the most urgent, then the longest waiting."""
    if not holds_desk_key(request.actor):
        return render(request, "inbox/no_desk_key.html")
    show, language = request.GET.get("show", "open"), request.GET.get("language", "")
    wish = selectors.Wish(
        show=show if show in words.FILTERS else "open", language=language if language in words.LANGUAGES else ""
    )
    found = selectors.inbox(request.actor, wish, page=page_number(request), now=clock.now())
    page = {
        "inbox": found,
        "wish": wish,
        "filters": [(code, name, found.counts.get(code)) for code, name in words.FILTERS.items()],
        "languages": words.LANGUAGES,
        "states": words.STATES,
        "urgencies": words.URGENCIES,
        "risks": words.RISKS,
        "rest": f"{urlencode({'show': wish.show, 'language': wish.language})}&",
    }
    return render(request, "inbox/list.html", page)


@require_http_methods(["GET", "POST"])
@for_members(*DESK_ROLES)
def request_page(request: DeskRequest, request_id: str) -> HttpResponse:
    """One request: what was written, an answer, and the desk's own notes."""
    row = request_for_desk(request.actor, request_id)
    if "insert" in request.POST:
        return request_view(request, row, AnswerForm(initial={"text": with_canned(request, row, request.POST.get("text", ""))}))
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.answer(row, request.actor, form.cleaned_data["text"], today=clock.today())
        return redirect_saying("sent", "inbox:request", request_id=row.id)
    return request_view(request, row, form)


@require_POST
@for_members(*DESK_ROLES)
def note(request: DeskRequest, request_id: str) -> HttpResponse:
    """Write a note for colleagues."""
    row = request_for_desk(request.actor, request_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return request_view(request, row, AnswerForm(), note_form=form)
    services.write_note(row, request.actor, form.cleaned_data["note"], today=clock.today())
    return redirect_saying("saved", "inbox:request", request_id=row.id)


@require_POST
@for_members(*DESK_ROLES)
def assign(request: DeskRequest, request_id: str) -> HttpResponse:
    """Let a colleague, oneself or nobody in particular look after a request."""
    row = request_for_desk(request.actor, request_id)
    member = Member.objects.filter(pk=request.POST.get("member", "")).first()
    try:
        services.assign(row, request.actor, member, today=clock.today())
    except NotOfThisDesk:
        return redirect_saying("not-saved", "inbox:request", request_id=row.id)
    return redirect_saying("saved", "inbox:request", request_id=row.id)


@require_POST
@for_members(*DESK_ROLES)
def alarm(request: DeskRequest, request_id: str) -> HttpResponse:
    """Say that a colleague has seen to an alarm."""
    row = request_for_desk(request.actor, request_id)
    answer_alarm(row, request.actor, today=clock.today())
    return redirect_saying("saved", "inbox:request", request_id=row.id)


@require_POST
@for_members(*DESK_ROLES)
def consents_seen(request: DeskRequest, request_id: str) -> HttpResponse:
    """Say that the desk has acted on a changed consent."""
    row = request_for_desk(request.actor, request_id)
    services.acknowledge_consents(row, request.actor, today=clock.today())
    return redirect_saying("saved", "inbox:request", request_id=row.id)


def request_view(request: DeskRequest, row: Request, form: AnswerForm, note_form: NoteForm | None = None) -> HttpResponse:
    """The page of a request, with what was typed so far."""
    found = reading.request_for_reading(row, request.actor, today=clock.today())
    filed = found.conversation.filed
    answers = filed_consents.without_ticks(filed["answers"]) if found.consents else filed["answers"]
    page = {
        "row": row,
        "view": found,
        "state": words.STATES[Request.State(row.state)],
        "files": [(EXTENSIONS[each["type"]], each["size"]) for each in found.conversation.files()],
        "answers": told(questionnaire_of(PackStamp.from_value(filed["pack"])), answers, get_language() or "en"),
        "form": form,
        "note_form": note_form or NoteForm(),
        "assign_form": AssignForm(members=colleagues(row), initial={"member": row.assigned_to_id or ""}),
        "canned": canned.answers(row.organisation, request.actor, today=clock.today()),
        "is_open": row.state in (Request.State.NEW, Request.State.OPEN),
        "is_closed": row.state in services.CLOSED,
        "words": words,
    }
    wrong = form.errors or (note_form.errors if note_form else None)
    return render(request, "inbox/request.html", page, status=422 if wrong else 200)


def with_canned(request: DeskRequest, row: Request, typed: str) -> str:
    """What was typed so far, and below it the canned answer that was chosen; a mark where nobody has reviewed it."""
    chosen = request.POST.get("canned", "")
    for each in canned.answers(row.organisation, request.actor, today=clock.today()):
        if each.id == chosen:
            mark = (
                ""
                if each.reviewed_by
                else gettext("[Not reviewed by a second person: check before sending, then delete this line.]")
            )
            return "\n\n".join(part for part in (typed.strip(), mark, each.text) if part)
    return typed


def colleagues(row: Request) -> list[tuple[str, str]]:
    """Members who share the desk's key, by alias."""
    members = Member.objects.filter(organisation_id=row.organisation_id, is_active=True).order_by("alias")
    return [(member.id, member.alias) for member in members if services.shares_desk(row, member)]
