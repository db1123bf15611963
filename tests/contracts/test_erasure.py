"""After an erasure none of its sealed bytes are anywhere in the home: not in tables, free pages, logs or files."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cast import PASSPHRASE
from tests.plain_browser import File, PlainBrowser
from tests.real_server import ROOT, RealServer, real_server

PIECE = 24
"""Bytes of a piece: no two sealed things share that many by chance."""
ANSWERS = [
    ("where.place.country", "KZ"),
    ("who_reads.readers", "this_desk"),
    ("contact.way", "here"),
    ("language.tongue", "russian"),
    ("consent.purposes", "case_handling"),
]


def test_no_sealed_byte_of_what_was_erased_is_left_in_the_home(tmp_path: Path) -> None:
    with real_server(tmp_path) as server:
        for number in range(6):
            filed(server, number)
        amal = signed_in(server)
        requests = set(re.findall(r'href="/desk/requests/(\w+)/"', amal.get("/desk/inbox/").text))
        assert len(requests) == 6
        for request in requests:
            amal.post(f"/desk/requests/{request}/", [("text", "We have read it. " * 150)])
            amal.post(f"/desk/requests/{request}/note/", [("note", "A note. " * 300)], from_page=f"/desk/requests/{request}/")
        by_hand, *by_sweep = sorted(requests)

        sealed = sealed_bytes(server.home, {by_hand})
        assert found(server.home, sealed) == len(sealed)
        erased = amal.post(f"/desk/requests/{by_hand}/erase/", [])
        assert erased.address.startswith("/desk/retention/"), erased.text
        assert found(server.home, sealed) == 0

        sealed = sealed_bytes(server.home, set(by_sweep))
        assert found(server.home, sealed) == len(sealed)
        swept = sweep(server, date.today() + timedelta(days=31))  # noqa: DTZ011  # a day more or less is no matter
        assert "requests erased: 5" in swept
        server.kill()
        assert found(server.home, sealed) == 0
        assert not list((server.home / "files").iterdir())


def filed(server: RealServer, number: int) -> None:
    """A person files a request with a file, comes back, and writes again."""
    person = PlainBrowser(server.base)
    story = ("account.story", f"{number}: I was called up and I left. " * 120)
    file = File("attachments", "letter.txt", f"letter {number}\n".encode() * 3000)
    page = person.post("/ask/lantern/", [*ANSWERS, story], [file])
    code = re.search(r'id="code">([\d ]+)<', page.text)
    assert code, page.text
    person.post("/", [("code", code[1])])
    person.post("/conversation/", [("text", "One more thing. " * 200)])


def signed_in(server: RealServer) -> PlainBrowser:
    """The coordinator's browser."""
    browser = PlainBrowser(server.base)
    page = browser.post(
        "/account/sign-in/", [("name", "amal"), ("passphrase", PASSPHRASE), ("code", server.code("amal")), ("next", "")]
    )
    assert page.address == "/desk/", page.text
    return browser


def sweep(server: RealServer, on: date) -> str:
    """`./run retention sweep` beside the running server."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "SAFECONDUCT_HOME": str(server.home)}
    environment.pop("SAFECONDUCT_DATABASE_URL", None)
    command = [sys.executable, "-m", "safeconduct.cli.main", "retention", "sweep", "--on", on.isoformat(), "--early"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def sealed_bytes(home: Path, requests: set[str]) -> list[bytes]:
    """Everything sealed that belongs to these requests, as it lies there: records, grants, keys of people and sessions, files."""
    with closing(sqlite3.connect(home / "desk.sqlite3")) as database:
        rows = list(database.execute("SELECT id, applicant, sealed_word FROM intake_request"))
        people = {applicant for request, applicant, _ in rows if request in requests}
        sides = database.execute("SELECT request_id, file FROM inbox_deskside")
        subjects = requests | {file for request, file in sides if request in requests and file}
        belonging = (
            (requests, ((request, word) for request, _, word in rows)),
            (subjects, database.execute("SELECT subject, sealed FROM vault_sealedrecord")),
            (subjects, database.execute("SELECT subject, sealed FROM vault_grant")),
            (subjects, database.execute("SELECT subject, keyring FROM vault_grant")),
            (requests, database.execute("SELECT request_id, sealed_key FROM intake_applicantsession")),
            (people, database.execute("SELECT id, public_key FROM vault_holder")),
        )
        sealed = [content for owners, kept in belonging for owner, content in kept if owner in owners and content]
        files = [id_ for id_, subject in database.execute("SELECT id, subject FROM vault_sealedfile") if subject in subjects]
    assert files
    return [*sealed, *((home / "files" / id_).read_bytes() for id_ in files)]


def found(home: Path, sealed: list[bytes]) -> int:
    """How many of these have a piece anywhere under the home."""
    everything = b"\0".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())
    return sum(any(piece in everything for piece in pieces(each)) for each in sealed)


def pieces(sealed: bytes) -> list[bytes]:
    """Pieces from all over, so that one that a page boundary cuts is not the only one."""
    last = len(sealed) - PIECE
    return [sealed[start : start + PIECE] for start in sorted({min(start, last) for start in range(8, max(last, 9), 509)})]


@pytest.mark.parametrize("size", [40, 600, 5000])
def test_pieces_are_found_where_they_are(tmp_path: Path, size: int) -> None:
    """The hunt itself can fail."""
    sealed = os.urandom(size)
    assert found(tmp_path, [sealed]) == 0
    (tmp_path / "old.page").write_bytes(os.urandom(300) + sealed[: size // 2 + PIECE] + os.urandom(300))
    assert found(tmp_path, [sealed]) == 1
