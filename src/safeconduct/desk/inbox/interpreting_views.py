"""Interpreters: the desk gives and ends a period; the interpreter reads one conversation and proposes translations."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safeconduct.core.packtext import PackStamp
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.accounts.roles import DESK_ROLES, Role
from safeconduct.desk.inbox import interpreting
from safeconduct.desk.inbox.errors import PeriodRefused
from safeconduct.desk.inbox.forms import PeriodForm, ProposalForm
from safeconduct.desk.inbox.models import Interpreting
from safeconduct.desk.intake.access import request_for_desk
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.web import clock
from safeconduct.desk.web.answers import told
from safeconduct.desk.web.notices import redirect_saying
from safeconduct.packs import questionnaire_of


@require_http_methods(["GET", "POST"])
@for_members(*DESK_ROLES)
def interpreters(request: DeskRequest, request_id: str) -> HttpResponse:
    """Who may read this conversation until when; give somebody a period."""
    row = request_for_desk(request.actor, request_id)
    members = Member.objects.filter(organisation_id=row.organisation_id, is_active=True).order_by("alias")
    usable = {member.id: member for member in members if member.has_role(Role.INTERPRETER)}
    choices = [(member.id, member.alias) for member in usable.values()]
    form = PeriodForm(request.POST if request.method == "POST" else None, members=choices)
    if request.method == "POST" and form.is_valid():
        member, until = usable[form.cleaned_data["member"]], form.cleaned_data["until"]
        try:
            interpreting.give_thread(row, request.actor, member, until=until, today=clock.today())
        except PeriodRefused:
            form.add_error("until", gettext("Choose a day from today on, at most three months ahead."))
        else:
            return redirect_saying("saved", "inbox:interpreters", request_id=row.id)
    periods = row.interpreting.select_related("member").order_by("until")
    page = {"row": row, "form": form, "periods": periods, "has_interpreters": bool(usable)}
    return render(request, "inbox/interpreters.html", page, status=422 if form.errors else 200)


@require_POST
@for_members(*DESK_ROLES)
def end_period(request: DeskRequest, request_id: str, member_id: str) -> HttpResponse:
    """End a period now: the interpreter's keys are taken and those of the conversation change."""
    row = request_for_desk(request.actor, request_id)
    period = row.interpreting.select_related("member", "request__organisation").filter(member_id=member_id).first()
    if period is None:
        raise Http404
    interpreting.end_thread(period, actor=request.actor.id, today=clock.today())
    return redirect_saying("saved", "inbox:interpreters", request_id=row.id)


@require_GET
@for_members(Role.INTERPRETER)
def threads(request: DeskRequest) -> HttpResponse:
    """The conversations that this interpreter may read now."""
    return render(request, "inbox/threads.html", {"periods": interpreting.threads_of(request.actor, today=clock.today())})


@require_http_methods(["GET", "POST"])
@for_members(Role.INTERPRETER)
def thread(request: DeskRequest, request_id: str) -> HttpResponse:
    """One conversation, and what the interpreter proposes."""
    period = _period(request, request_id)
    form = ProposalForm(request.POST if request.method == "POST" else None)
    try:
        if request.method == "POST" and form.is_valid():
            interpreting.propose(period, request.actor, form.cleaned_data["text"], today=clock.today())
            return redirect_saying("saved", "inbox:thread", request_id=request_id)
        conversation, proposals = interpreting.read_thread(period, request.actor, today=clock.today())
    except NotGranted:
        raise Http404 from None
    filed = conversation.filed
    page = {
        "period": period,
        "conversation": conversation,
        "proposals": proposals,
        "answers": told(questionnaire_of(PackStamp.from_value(filed["pack"])), filed["answers"], get_language() or "en"),
        "form": form,
    }
    return render(request, "inbox/thread.html", page, status=422 if form.errors else 200)


def _period(request: DeskRequest, request_id: str) -> Interpreting:
    rows = Interpreting.objects.select_related("request__organisation", "member")
    period = rows.filter(request_id=request_id, member=request.actor.member).first()
    if period is None:
        raise Http404
    return period
