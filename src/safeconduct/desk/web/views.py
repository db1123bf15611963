"""Pages that belong to no room: errors and the component page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from safeconduct.desk.web import samples


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form whose token does not fit; says what to do instead of what went wrong inside."""
    return render(request, "web/errors/form_expired.html", status=403)


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component once, for developers."""
    return render(request, "web/components.html", samples.content())
