"""Doors by role. Strangers are asked to sign in whatever the address; members without the role see nothing there."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.forms import PROOF, ProveForm
from safeconduct.desk.accounts.middleware import actor_of
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.web import clock

# A new passphrase is typed again rather than written into a page.
_NOT_CARRIED = ("csrfmiddlewaretoken", PROOF, "passphrase", "again")

Parameters = ParamSpec("Parameters")
DeskView = Callable[Concatenate[DeskRequest, Parameters], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, Parameters], HttpResponseBase]


def for_members(*roles: Role) -> Callable[[DeskView[Parameters]], View[Parameters]]:
    """A view for signed-in members; with roles, for members who have one of them.

    Whoever has no confirmed second factor yet is sent to that page, whatever the address.
    """

    def decorate(view: DeskView[Parameters]) -> View[Parameters]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
            actor = actor_of(request)
            if actor is None:
                return _ask_to_sign_in(request)
            if actor.member.needs_second_factor:
                return redirect("accounts:second-factor")
            if roles and not actor.has_role(*roles):
                raise Http404
            return view(cast("DeskRequest", request), *args, **kwargs)

        return cast("View[Parameters]", guarded)  # wraps() types the wrapper by its own class

    return decorate


def for_arrivals(view: DeskView[Parameters]) -> View[Parameters]:
    """A view for everybody who is signed in, also while they still lack their second factor."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
        if actor_of(request) is None:
            return _ask_to_sign_in(request)
        return view(cast("DeskRequest", request), *args, **kwargs)

    return cast("View[Parameters]", guarded)  # as above


def with_fresh_proof(view: DeskView[Parameters]) -> DeskView[Parameters]:
    """For sensitive acts: a member who has not just proved who they are is asked to, and then goes on where they were.

    A posted form is carried through the question and loses nothing.
    """

    @wraps(view)
    def guarded(request: DeskRequest, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
        if request.actor.is_fresh(clock.now()):
            return view(request, *args, **kwargs)
        if request.method != "POST":
            return redirect(f"{reverse('accounts:prove')}?next={quote(request.path)}")
        form = ProveForm(request.POST if PROOF in request.POST else None)
        if form.is_valid() and form.proves(request.actor, clock.now()):
            return view(request, *args, **kwargs)
        return render(request, "accounts/prove.html", {"form": form, "carried": _carried(request)}, status=403)

    return cast("DeskView[Parameters]", guarded)  # as above


def _carried(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.POST.lists() if name not in _NOT_CARRIED for value in values]


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    address: Any = reverse("accounts:sign-in")
    if request.method == "GET":
        address = f"{address}?next={quote(request.path)}"
    return redirect(address)
