"""What is sent to the page that verifies stays in memory: within limits, and for a few at a time."""

import threading
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse

PATH = "/verify/"
LARGEST = 25 * 1024**2
"""Bytes of everything that is sent; above it, the offline file or the command line verify without a limit."""
ROOM = threading.BoundedSemaphore(2)
"""So that many who verify at once cannot take the memory of the desk."""


class Refusal(StrEnum):
    """Why nothing was read of what was sent."""

    TOO_LARGE = "too large"
    BUSY = "busy"


class InMemory(MemoryFileUploadHandler):
    """Files of any size within the limit go to memory, never to a disk; none at all where the request is refused."""

    def __init__(self, request: HttpRequest, refusal: Refusal | None) -> None:
        super().__init__(request)
        self._refusal = refusal

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's own signature
        """Django would leave what is large to a disk."""
        self.activated = True

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's own signature
        """A refused file is read past."""
        if self._refusal is not None:
            raise SkipFile
        super().new_file(*args, **kwargs)


def refusal_of(request: HttpRequest) -> Refusal | None:
    """Why the files of this request were not read; None where they were."""
    refusal: Refusal | None = request.__dict__.get("verifying_refusal")
    return refusal


def keep_in_memory(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, in front of whatever reads a form: the page that verifies has an upload handler of its own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path != PATH or request.method != "POST":
            return get_response(request)
        # Without a length nothing is read at all, so none counts as nothing.
        length = request.META.get("CONTENT_LENGTH") or "0"
        has_room = ROOM.acquire(blocking=False)
        try:
            refusal = None if has_room else Refusal.BUSY
            if not length.isdigit() or int(length) > LARGEST:
                refusal = Refusal.TOO_LARGE
            request.__dict__["verifying_refusal"] = refusal
            request.upload_handlers = [InMemory(request, refusal)]
            return get_response(request)
        finally:
            if has_room:
                ROOM.release()

    return middleware
