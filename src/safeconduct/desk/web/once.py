"""A form that carries a random word is acted on once: connections break, and people touch a button twice."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from safeconduct.desk.web import clock
from safeconduct.desk.web.models import TakenForm

FIELD = "once"
_KEPT = timedelta(days=2)


def act_once(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the second sending of a form that was acted on leads back to its page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        word = request.POST.get(FIELD, "") if request.method == "POST" else ""
        if not word:
            return get_response(request)
        if not take(word):
            return HttpResponseRedirect(request.path)
        response = get_response(request)
        if response.status_code != HTTPStatus.FOUND:
            # Refused, or shown again with what is wrong: the corrected form is taken as the first one.
            TakenForm.objects.filter(pk=_digest(word)).delete()
        return response

    return middleware


def take(word: str) -> bool:
    """Whether this random word is seen for the first time; it is remembered for two days."""
    today = clock.today()
    try:
        with transaction.atomic():
            TakenForm.objects.filter(day__lt=today - _KEPT).delete()
            TakenForm.objects.create(digest=_digest(word), day=today)
    except IntegrityError:
        return False
    return True


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()
