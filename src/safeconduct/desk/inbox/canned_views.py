"""The page on which answers are written and reviewed."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.roles import DESK_ROLES
from safeconduct.desk.inbox import canned, words
from safeconduct.desk.inbox.errors import OwnReview
from safeconduct.desk.inbox.forms import CannedForm
from safeconduct.desk.intake.selectors import holds_desk_key
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying


@require_http_methods(["GET", "POST"])
@for_members(*DESK_ROLES)
def answers(request: DeskRequest) -> HttpResponse:
    """Every canned answer with its mark, and a form for a new one."""
    if not holds_desk_key(request.actor):
        return render(request, "inbox/no_desk_key.html")
    organisation = request.actor.member.organisation
    form = CannedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        canned.add(organisation, request.actor, form.said(), today=clock.today())
        return redirect_saying("saved", "inbox:answers")
    page = {
        "answers": canned.answers(organisation, request.actor, today=clock.today()),
        "form": form,
        "languages": words.LANGUAGES,
    }
    return render(request, "inbox/answers.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_members(*DESK_ROLES)
def answer(request: DeskRequest, answer_id: str) -> HttpResponse:
    """One canned answer: change it, which takes its mark."""
    found = _found(request, answer_id)
    initial = {"title": found.title, "language": found.language, "text": found.text}
    form = CannedForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        canned.change(request.actor.member.organisation, request.actor, answer_id, form.said(), today=clock.today())
        return redirect_saying("saved", "inbox:answers")
    return render(request, "inbox/answer.html", {"answer": found, "form": form}, status=422 if form.errors else 200)


@require_POST
@for_members(*DESK_ROLES)
def review(request: DeskRequest, answer_id: str) -> HttpResponse:
    """Put one's mark under a colleague's answer."""
    _found(request, answer_id)
    try:
        canned.review(request.actor.member.organisation, request.actor, answer_id, today=clock.today())
    except OwnReview:
        return redirect_saying("own-review", "inbox:answers")
    return redirect_saying("saved", "inbox:answers")


@require_POST
@for_members(*DESK_ROLES)
def take_away(request: DeskRequest, answer_id: str) -> HttpResponse:
    """Offer an answer no more."""
    _found(request, answer_id)
    canned.take_away(request.actor.member.organisation, request.actor, answer_id, today=clock.today())
    return redirect_saying("saved", "inbox:answers")


def _found(request: DeskRequest, answer_id: str) -> canned.Canned:
    try:
        offered = canned.answers(request.actor.member.organisation, request.actor, today=clock.today())
    except NotGranted:
        raise Http404 from None
    for each in offered:
        if each.id == answer_id:
            return each
    raise Http404
