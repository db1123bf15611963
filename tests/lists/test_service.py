"""A yente service is asked by POST, and only where the environment names one."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from safeconduct.core.watchlists.yente import AnswerUnreadable, Asked, answer, question
from safeconduct.lists.service import Service, ServiceMisnamed, ServiceSilent, ask, named_in

RECORDED = (Path(__file__).parent / "yente-match.json").read_bytes()
"""An answer in yente's shape about an invented person."""
GLEB = Asked(name="Глеб Вымыслов", born="1974-10", country="RU")


class _Yente(BaseHTTPRequestHandler):
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
def _running(status: int = 200) -> Iterator[str]:
    _Yente.seen, _Yente.status = [], status
    server = HTTPServer(("127.0.0.1", 0), _Yente)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_question_is_posted_and_the_answer_read() -> None:
    with _running() as base:
        service = named_in({"SAFECONDUCT_YENTE_URL": base, "SAFECONDUCT_YENTE_DATASET": "our own"})
        assert service is not None
        hits = ask(service, GLEB)
    ((path, body),) = _Yente.seen
    assert path == "/match/our%20own"
    assert json.loads(body) == {
        "queries": {
            "person": {
                "schema": "Person",
                "properties": {"name": ["Глеб Вымыслов"], "birthDate": ["1974-10"], "nationality": ["ru"]},
            }
        }
    }
    assert [(hit.id, hit.list, hit.band) for hit in hits] == [
        ("NK-invented-1", "our own", "strong"),
        ("NK-invented-2", "our own", "weak"),
    ]
    assert hits[0].version == "2026-10-02T10:00:00"
    assert hits[0].born == ("1974-10-07",)
    assert {each.name: (each.ours, each.theirs) for each in hits[0].features}["name_match"][1] == "Gleb Vymyslov"


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_service_that_refuses_or_sends_on_is_silent(status: int) -> None:
    with _running(status) as base, pytest.raises(ServiceSilent, match=str(status)) as silent:
        ask(Service(f"{base}/match/x", "x"), GLEB)
    assert "Вымыслов" not in str(silent.value)


def test_a_service_that_is_not_there_is_silent() -> None:
    with pytest.raises(ServiceSilent, match="cannot be reached"):
        ask(Service("http://127.0.0.1:9/match/x", "x"), GLEB)


def test_nothing_is_asked_unless_the_environment_says_where() -> None:
    assert named_in({}) is None
    for address in (
        "http://yente.example",
        "ftp://127.0.0.1",
        "https://",
        "https://a:b@yente.example",
        "https://x/?q=1",
        "yente",
    ):
        with pytest.raises(ServiceMisnamed):
            named_in({"SAFECONDUCT_YENTE_URL": address})
    found = named_in({"SAFECONDUCT_YENTE_URL": "https://yente.example/api/"})
    assert found == Service("https://yente.example/api/match/default", "default")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"responses": {}}',
        RECORDED.replace(b"0.93", b"9.3"),
        RECORDED.replace(b'"NK-invented-1"', b"1"),
        b"\xff",
    ],
)
def test_what_is_no_answer_is_refused(content: bytes) -> None:
    with pytest.raises(AnswerUnreadable):
        answer(content, GLEB, "x")


def test_a_question_without_a_day_asks_for_none() -> None:
    assert json.loads(question(Asked(name="A")))["queries"]["person"]["properties"] == {"name": ["A"]}
    assert "Вымыслов" not in repr(GLEB)
