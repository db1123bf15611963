"""The smallest client that can drive the desk: one connection kept open, cookies, forms, files. Times every answer."""

import http.client
import re
import time
import urllib.parse
from collections.abc import Sequence
from dataclasses import dataclass

from safeconduct.core.errors import SafeconductError

Fields = Sequence[tuple[str, str]]
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
_BOUNDARY = "safeconduct-bench-boundary"
_PATIENCE_S = 300


class UnexpectedAnswer(SafeconductError):
    """The desk answered with another status than the benchmark counts on; its figure would mean nothing."""


@dataclass(frozen=True)
class Answer:
    """What came back, and how long it took until the last byte."""

    status: int
    body: bytes
    seconds: float
    location: str


class Client:
    """One browser on one connection."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)
        self._base = f"http://127.0.0.1:{port}"
        self.cookies = dict(cookies or {})
        self._token = ""

    def get(self, path: str, *, expected: int = 200) -> Answer:
        """Open an address; a form on the page becomes the one that `post` answers."""
        answer = self._send("GET", path, None, {}, expected)
        found = _TOKEN.search(answer.body)
        if found:
            self._token = found[1].decode()
        return answer

    def post(self, path: str, fields: Fields, *, expected: int = 302) -> Answer:
        """Send a form without files."""
        body = urllib.parse.urlencode([("csrfmiddlewaretoken", self._token), *fields]).encode()
        return self._send("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"}, expected)

    def post_multipart(self, path: str, body: bytes, *, expected: int = 302) -> Answer:
        """Send a form that `multipart` made."""
        kind = f"multipart/form-data; boundary={_BOUNDARY}"
        return self._send("POST", path, body, {"Content-Type": kind}, expected)

    def multipart(self, fields: Fields, file: tuple[str, bytes] | None = None) -> bytes:
        """The body of a form with at most one file: field name and content."""
        parts = [
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in [("csrfmiddlewaretoken", self._token), *fields]
        ]
        if file:
            head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{file[0]}"; filename="scan.png"\r\n\r\n'
            parts += [head.encode(), file[1], b"\r\n"]
        return b"".join([*parts, f"--{_BOUNDARY}--\r\n".encode()])

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str], expected: int) -> Answer:
        headers = {"Origin": self._base, "Accept-Language": "en", **headers}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        start = time.perf_counter()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - start
        self._keep_cookies(response)
        if response.status != expected:
            raise UnexpectedAnswer(f"{method} {urllib.parse.urlsplit(path).path} answered {response.status}")
        return Answer(response.status, content, seconds, response.headers.get("Location", ""))

    def _keep_cookies(self, response: http.client.HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
