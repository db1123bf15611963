"""A small server that answers as yente's documentation of POST /match/{dataset} says, with one recorded answer."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

RECORDED = (Path(__file__).parent / "yente-match.json").read_bytes()
"""An answer in yente's shape about an invented person (yente-match.md)."""


class Yente(BaseHTTPRequestHandler):
    """What was posted is kept in `seen`: address and body."""

    seen: list[tuple[str, bytes]] = []
    status = 200

    def do_POST(self) -> None:
        self.seen.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.status)
        if self.status == 302:
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.end_headers()
        self.wfile.write(RECORDED if self.status == 200 else b"{}")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def running(status: int = 200) -> Iterator[str]:
    """Its address, while it runs; every answer has that status."""
    Yente.seen, Yente.status = [], status
    server = HTTPServer(("127.0.0.1", 0), Yente)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
