"""What a room refuses for want of a key or a role answers as if it did not exist."""

import logging
from collections.abc import Callable

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse

from safeconduct.core.packtext import PackChanged
from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.vault.errors import KeysChanged, NotGranted
from safeconduct.desk.web.views import absent, meanwhile, pack_changed
from safeconduct.packs import PackMissing

_log = logging.getLogger(__name__)


class HideRefusals:
    """Middleware: the last net under the doors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for what is absent, or for what a colleague did just now, or for a used pack that is not what it was.

        Anything else is a failure.
        """
        if isinstance(exception, NotGranted | NotAllowed):
            return absent(request)
        if isinstance(exception, IntegrityError | KeysChanged):
            # Two writers met; the database let one of them through, and nothing of the other was written.
            _log.warning("two writers met")
            return meanwhile(request)
        if isinstance(exception, PackChanged | PackMissing):
            return pack_changed(request, str(exception))
        return None
