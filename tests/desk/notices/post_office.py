"""A mail server of the test's own: takes messages on this machine and remembers them."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class PostOffice:
    """What was delivered, and where to deliver it."""

    port: int = 0
    refuses: bool = False
    messages: list[tuple[str, bytes]] = field(default_factory=list)
    """(recipient, whole message)."""


@contextmanager
def open_post_office() -> Iterator[PostOffice]:
    """A server on a free port, closed with the test."""
    office = PostOffice()

    class Counter(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            to = ""
            self.wfile.write(b"220 here\r\n")
            while line := self.rfile.readline():
                word = line[:4].upper()
                if word == b"RCPT":
                    to = line.decode().partition("<")[2].partition(">")[0]
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    office.messages.append((to, b"".join(iter(self.rfile.readline, b".\r\n"))))
                self.wfile.write(
                    b"550 no\r\n" if office.refuses and word == b"RCPT" else b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n"
                )
                if word == b"QUIT":
                    return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Counter) as server:
        server.daemon_threads = True
        office.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield office
        finally:
            server.shutdown()
            thread.join()
