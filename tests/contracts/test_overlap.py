"""People who write at the same moment are all heard."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.plain_browser import PlainBrowser
from tests.real_server import RealServer, real_server

ANSWERS = [
    ("where.place.country", "KZ"),
    ("account.story", "I was called up and I left. " * 80),
    ("who_reads.readers", "this_desk"),
    ("contact.way", "here"),
    ("language.tongue", "russian"),
    ("consent.purposes", "case_handling"),
]


def file_five(server: RealServer) -> list[int]:
    """One person's browser files five times; gives the answers."""
    browser = PlainBrowser(server.base)
    return [len(re.findall(r'id="code"', browser.post("/ask/lantern/", ANSWERS).text)) for _ in range(5)]


def test_eight_people_who_file_at_once_are_all_heard(tmp_path: Path, own_database: str) -> None:
    with real_server(tmp_path, database=own_database) as server, ThreadPoolExecutor(8) as people:
        filed = list(people.map(file_five, [server] * 8))
    assert filed == [[1] * 5] * 8
