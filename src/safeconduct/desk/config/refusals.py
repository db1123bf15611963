"""What a room refuses for want of a key or a role answers as if it did not exist."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.web.views import absent


class HideRefusals:
    """Middleware: the last net under the doors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for what is absent, for refusals only; anything else is a failure and is logged as one."""
        return absent(request) if isinstance(exception, NotGranted | NotAllowed) else None
