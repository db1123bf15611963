"""Files that leave as downloads: never shown inside a page, never guessed at by the browser."""

import urllib.parse
from collections.abc import Iterator

from django.http import StreamingHttpResponse


def as_download(chunks: Iterator[bytes], *, name: str, size: int) -> StreamingHttpResponse:
    """A file of so many bytes under a name that tells nothing about its content."""
    response = StreamingHttpResponse(chunks, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{urllib.parse.quote(name)}"'
    response.headers["Content-Length"] = str(size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
