"""Writers on SQLite stand in line, and always leave it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from pytest_django.plugin import DjangoDbBlocker

from safeconduct.desk.config import environment
from safeconduct.desk.config.sqlite import base
from safeconduct.desk.config.sqlite.base import Queue


@pytest.fixture
def writers(monkeypatch: pytest.MonkeyPatch) -> Queue:
    queue = Queue()
    monkeypatch.setattr(base, "WRITERS", queue)
    monkeypatch.setattr(base, "_PATIENCE_S", 0.0)
    return queue


@pytest.fixture
def connection(tmp_path: Path, writers: Queue, django_db_blocker: DjangoDbBlocker) -> Iterator[BaseDatabaseWrapper]:
    handler = ConnectionHandler({"default": environment._sqlite(tmp_path / "other.sqlite3")})
    with django_db_blocker.unblock():
        opened = handler["default"]
        opened.connect()
        yield opened
        opened.close()


def begin(connection: BaseDatabaseWrapper) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def is_free(queue: Queue) -> bool:
    if not queue.enter(0.0):
        return False
    queue.leave()
    return True


def test_whoever_comes_first_goes_first() -> None:
    queue, order, waiting = Queue(), list[int](), list[threading.Thread]()
    assert queue.enter(0.0)

    def stand_in_line(number: int) -> None:
        queue.enter(30)
        order.append(number)
        queue.leave()

    for number in range(4):
        thread = threading.Thread(target=stand_in_line, args=(number,))
        thread.start()
        waiting.append(thread)
        while len(queue._waiting) <= number:
            pass
    queue.leave()
    for thread in waiting:
        thread.join()
    assert order == [0, 1, 2, 3]


def test_whoever_gives_up_leaves_the_line_to_the_others() -> None:
    queue = Queue()
    assert queue.enter(0.0)
    assert not queue.enter(0.0)
    queue.leave()
    assert is_free(queue)


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_a_transaction_holds_its_place_until_it_ends(connection: BaseDatabaseWrapper, writers: Queue, end: str) -> None:
    begin(connection)
    assert not is_free(writers)
    getattr(connection, end)()
    assert is_free(writers)


def test_a_writer_whose_turn_does_not_come_is_told_so(connection: BaseDatabaseWrapper, writers: Queue) -> None:
    assert writers.enter(0.0)
    with pytest.raises(OperationalError, match="locked"):
        begin(connection)
    writers.leave()
    begin(connection)
    connection.rollback()
    assert is_free(writers)
