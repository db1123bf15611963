"""What was just done, said on the next page: closed codes in the address, so that nothing personal travels there."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

NOTICES = {
    "signed-out": gettext_lazy("You are signed out."),
    "saved": gettext_lazy("Saved."),
    "sent": gettext_lazy("Sent."),
}


def text_of(code: str) -> str:
    """The words of a code; empty for an unknown one."""
    return str(NOTICES.get(code, ""))


def redirect_saying(code: str, route: str, **kwargs: str) -> HttpResponse:
    """Go to a page that says what was done. KeyError for a code that is not in NOTICES."""
    assert NOTICES[code]
    return redirect(f"{reverse(route, kwargs=kwargs)}?{urlencode({'said': code})}")
