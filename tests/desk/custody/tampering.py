"""What somebody does to the log who has the database and has dropped its triggers."""

from collections.abc import Callable
from dataclasses import replace

from django.db import connection

from safeconduct.core import custody as log
from safeconduct.core.custody import Act
from safeconduct.desk.auditing import checking
from safeconduct.desk.custody.models import Entry, LogHead

TABLES = ("custody_entry", "custody_checkpoint")


def drop_triggers() -> None:
    """The database no longer refuses anything; rolled back with the test."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for verb in ("update", "delete"):
                on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {table}_no_{verb}{on_table}")


def sql(statement: str, *values: str | int | bytes) -> None:
    """Straight to the database."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def put(position: int, body: bytes) -> None:
    """Other bytes in a row."""
    sql("UPDATE custody_entry SET body = %s WHERE organisation = 'lantern' AND position = %s", body, position)


def entry(position: int) -> log.Entry:
    """What a row says."""
    return log.Entry.decode(bytes(Entry.objects.get(organisation="lantern", position=position).body))


def edit() -> None:
    """Another act in a row, which then reads well."""
    there = entry(3)
    put(3, replace(there, act=Act.LOG_READ).encode())


def garble() -> None:
    """A row that is no entry any more."""
    put(3, b"{}")


def drop() -> None:
    """A row less."""
    sql("DELETE FROM custody_entry WHERE organisation = 'lantern' AND position = 3")


def cut() -> None:
    """The end is missing."""
    sql("DELETE FROM custody_entry WHERE organisation = 'lantern' AND position >= %s", _size() - 2)


def swap() -> None:
    """Two rows the other way round."""
    first, second = entry(2).encode(), entry(3).encode()
    put(2, second)
    put(3, first)


def forge() -> None:
    """A row more, written past the head."""
    size = _size()
    body = replace(entry(3), index=size).encode()
    Entry.objects.create(organisation="lantern", position=size, body=body)


def transplant() -> None:
    """A row of another organisation's log."""
    put(3, replace(entry(3), organisation="steppe").encode())


def edit_the_end() -> None:
    """Another act in the last row, which no checkpoint covers yet."""
    last = _size() - 1
    put(last, replace(entry(last), act=Act.LOG_READ).encode())


def edit_with_the_head() -> None:
    """Another act in a row, and a head recomputed to fit."""
    edit()
    bodies = Entry.objects.filter(organisation="lantern").order_by("position").values_list("body", flat=True)
    frontier = log.Frontier().extend(log.leaf_hash(bytes(body)) for body in bodies)
    LogHead.objects.filter(pk="lantern").update(frontier=frontier.encode())


def forget_the_head() -> None:
    """Rows without a head."""
    LogHead.objects.filter(pk="lantern").delete()


def sign_with_another_key() -> None:
    """A checkpoint that is not of the log's key."""
    checking.sign_checkpoint("steppe")
    sql("UPDATE custody_checkpoint SET organisation = 'lantern', size = 1 WHERE organisation = 'steppe'")


TAMPERINGS: dict[Callable[[], None], str] = {
    edit: "rows 0 to",
    garble: "row 3: unreadable",
    drop: "row 3: dropped",
    cut: "dropped",
    swap: "row 2: reordered",
    forge: "replaced: stored beyond the head",
    transplant: "row 3: foreign",
    edit_the_end: "do not give the head",
    edit_with_the_head: "rows 0 to",
    forget_the_head: "unsigned",
    sign_with_another_key: "unsigned",
}
"""Each with what is said about it."""


def _size() -> int:
    return LogHead.objects.get(pk="lantern").size
