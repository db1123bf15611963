"""Destroying a file: its keys, its records and its files on the disk. Needs no key, and nothing brings it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import connection, transaction

from safeconduct.desk.vault import cards
from safeconduct.desk.vault.models import Grant, Holder, SealedFile, SealedRecord
from safeconduct.desk.vault.uploads import path_of

_TABLES = (Grant, SealedRecord, SealedFile, Holder)
_LEFT_BEHIND = timedelta(days=1)
"""An upload that belongs to nothing after a day was broken off."""


@dataclass(frozen=True)
class Erased:
    """How much was destroyed."""

    grants: int = 0
    records: int = 0
    files: int = 0

    def __add__(self, other: "Erased") -> "Erased":
        return Erased(self.grants + other.grants, self.records + other.records, self.files + other.files)


def erase(subject: str, holders: Iterable[str] = ()) -> Erased:
    """Destroy everything of a file, and the public keys of holders who are nobody without it.

    Belongs into the transaction that writes the custody entry; files are unlinked when it is committed. `scrub` comes next.
    """
    names = list(SealedFile.objects.filter(subject=subject).values_list("id", flat=True))
    cards.MEMORY.drop(SealedRecord.objects.filter(subject=subject, kind=cards.CARD).values_list("record", flat=True))
    grants, _ = Grant.objects.filter(subject=subject).delete()
    records, _ = SealedRecord.objects.filter(subject=subject).delete()
    SealedFile.objects.filter(subject=subject).delete()
    Holder.objects.filter(pk__in=list(holders)).delete()
    for name in names:
        transaction.on_commit(partial(path_of(name).unlink, missing_ok=True))
    return Erased(grants, records, len(names))


def erase_section(subject: str, section: str) -> Erased:
    """Destroy every version of every record of one section, in the caller's transaction; what else the file holds stays."""
    records, _ = SealedRecord.objects.filter(subject=subject, section=section).delete()
    return Erased(records=records)


def erase_record(subject: str, record: str, file: str) -> Erased:
    """Destroy one record, every version, and the sealed file whose key it holds, in the caller's transaction."""
    records, _ = SealedRecord.objects.filter(subject=subject, record=record).delete()
    files, _ = SealedFile.objects.filter(subject=subject, pk=file).delete()
    if files:
        transaction.on_commit(partial(path_of(file).unlink, missing_ok=True))
    return Erased(records=records, files=files)


def scrub() -> None:
    """Take what was deleted out of the database's own files, outside any transaction.

    SQLite overwrites deleted rows by itself (secure_delete), but its log of writes keeps older pages until it is cut.
    PostgreSQL gives the space free; what it overwrites when is its own affair (docs/limitations.md).
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()
        elif connection.vendor == "postgresql":
            for model in _TABLES:
                cursor.execute(f"VACUUM {connection.ops.quote_name(model._meta.db_table)}")


def remove_left_behind(now: datetime) -> int:
    """Unlink files of the folder that belong to no record: uploads that were broken off, erasures that were interrupted."""
    if not settings.FILES_FOLDER.is_dir():
        return 0
    limit = (now - _LEFT_BEHIND).timestamp()
    old = [path for path in settings.FILES_FOLDER.iterdir() if path.is_file() and path.stat().st_mtime < limit]
    known = set(SealedFile.objects.values_list("id", flat=True)) if old else set()
    left = [path for path in old if path.name not in known]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)
