"""A browser of the plainest kind: cookies, forms, files; no scripts. For driving the real server without a real browser."""

import html
import re
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http.cookiejar import CookieJar

Field = tuple[str, str]


@dataclass(frozen=True)
class File:
    """A file to upload."""

    field: str
    name: str
    body: bytes


@dataclass(frozen=True)
class Page:
    """What came back."""

    status: int
    address: str
    body: bytes

    @property
    def text(self) -> str:
        """The page as text."""
        return self.body.decode(errors="replace")

    def token(self) -> str:
        """The form token of the page."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.text)
        assert found, f"no form on {self.address}"
        return found[1]

    def fields(self) -> list[tuple[str, str]]:
        """(kind, name) of every text input, textarea and file input outside the language form."""
        found = [("textarea", name) for name in re.findall(r'<textarea[^>]* name="([^"]+)"', self.text)]
        for tag in re.findall(r"<input[^>]*>", self.text):
            kind, name = re.search(r'type="([^"]+)"', tag), re.search(r'name="([^"]+)"', tag)
            if kind and name and kind[1] in ("text", "file"):
                found.append((kind[1], html.unescape(name[1])))
        return found


class PlainBrowser:
    """Keeps cookies, follows redirects, posts forms."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._cookies = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._cookies))

    def cookie(self, name: str) -> str:
        """What a cookie holds."""
        return next(cookie.value or "" for cookie in self._cookies if cookie.name == name)

    def get(self, path: str) -> Page:
        """Open an address."""
        return self._send(urllib.request.Request(self.base + path))

    def post(self, path: str, fields: Iterable[Field], files: Sequence[File] = (), *, from_page: str | None = None) -> Page:
        """Send the form of a page (of the address itself unless another is named)."""
        token = self.get(from_page or path).token()
        body, content_type = _multipart([("csrfmiddlewaretoken", token), *fields], files)
        headers = {"Content-Type": content_type, "Origin": self.base, "Referer": self.base + path}
        return self._send(urllib.request.Request(self.base + path, data=body, headers=headers))

    def _send(self, request: urllib.request.Request) -> Page:
        try:
            with self._opener.open(request, timeout=60) as response:
                return Page(response.status, urllib.parse.urlsplit(response.url).path, response.read())
        except urllib.error.HTTPError as answered:
            return Page(answered.code, urllib.parse.urlsplit(answered.url).path, answered.read())


def _multipart(fields: Iterable[Field], files: Sequence[File]) -> tuple[bytes, str]:
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields
    ]
    for file in files:
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="{file.field}"; filename="{file.name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        parts.append(head.encode() + file.body + b"\r\n")
    return b"".join([*parts, f"--{boundary}--\r\n".encode()]), f"multipart/form-data; boundary={boundary}"
