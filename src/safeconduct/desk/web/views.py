"""Pages that belong to no room: errors and the component page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from safeconduct.desk.web import samples


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form whose token does not fit; says what to do instead of what went wrong inside."""
    return render(request, "web/errors/form_expired.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The answer to what cannot be read as a request."""
    return render(request, "web/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The answer to what is never allowed."""
    return render(request, "web/errors/403.html", status=403)


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The answer to what does not exist, and to what exists and is hidden."""
    return render(request, "web/errors/404.html", status=404)


def pack_changed(request: HttpRequest, why: str) -> HttpResponse:
    """What was kept names a pack that is missing here or has other words now; `why` names it."""
    return render(request, "web/errors/pack_changed.html", {"why": why}, status=409)


def meanwhile(request: HttpRequest) -> HttpResponse:
    """The answer where a colleague changed the same thing at the same moment: nothing was written, nothing is lost."""
    return render(request, "web/errors/meanwhile.html", status=409)


def failed(request: HttpRequest) -> HttpResponse:
    """The answer when something broke inside; says nothing of what."""
    return HttpResponse(render_to_string("web/errors/500.html"), status=500)


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component once, for developers."""
    return render(request, "web/components.html", samples.content())
