"""The page of a member's choice, and the feed for other channels."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.roles import DESK_ROLES
from safeconduct.desk.notices import mailing, services
from safeconduct.desk.notices.forms import ChoiceForm
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying


@require_http_methods(["GET", "POST"])
@for_members(*DESK_ROLES)
def choices(request: DeskRequest) -> HttpResponse:
    """Whether, where and when this member is told that something waits."""
    act = request.POST.get("act", "")
    if act == "feed":
        address = services.new_feed(request.actor, now=clock.now())
        return _page(request, ChoiceForm(initial=_initial(request)), address)
    if act == "no-feed":
        services.no_feed(request.actor)
        return redirect_saying("saved", "notices:choices")
    form = ChoiceForm(request.POST if request.method == "POST" else None, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        services.choose(request.actor, now=clock.now(), **form.cleaned_data)
        return redirect_saying("saved", "notices:choices")
    return _page(request, form, "")


@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """An Atom feed with at most one entry, which says that something waits; for whoever has its secret address."""
    choice = services.choice_of_feed(token)
    if choice is None:
        raise Http404
    subject, text = services.words()
    page = {"told_at": choice.told_at, "subject": subject, "text": text, "number": choice.pk}
    return render(request, "notices/feed.xml", page, content_type="application/atom+xml; charset=utf-8")


def _initial(request: DeskRequest) -> dict[str, object]:
    choice = services.choice_of(request.actor.member)
    return {"pace": choice.pace, "address": choice.address, "hour": choice.hour}


def _page(request: DeskRequest, form: ChoiceForm, address: str) -> HttpResponse:
    choice = services.choice_of(request.actor.member)
    page = {"form": form, "address": address, "has_feed": choice.feed_digest is not None, "has_post": _has_post()}
    return render(request, "notices/choices.html", page, status=422 if form.errors else 200)


def _has_post() -> bool:
    try:
        return mailing.post_of_environment() is not None
    except mailing.MailRefused:
        return False
