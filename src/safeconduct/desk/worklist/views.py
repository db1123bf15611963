"""The first page after signing in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.web import clock
from safeconduct.desk.worklist.selectors import worklist


@require_GET
@for_members()
def home(request: DeskRequest) -> HttpResponse:
    """What waits for me today."""
    return render(request, "worklist/home.html", {"work": worklist(request.actor, now=clock.now())})
