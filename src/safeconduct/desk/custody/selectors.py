"""Reads of the custody log: rows for the auditor, proofs for whoever asks."""

from collections.abc import Callable, Sequence

from safeconduct.core import custody as log
from safeconduct.core.custody import Act, ProofBundle
from safeconduct.desk.custody import services
from safeconduct.desk.custody.models import Entry, LogHead


def entries_of(organisation: str, *, before: int | None, count: int) -> Sequence[log.Entry]:
    """The newest entries below a position, newest first."""
    rows = Entry.objects.filter(organisation=organisation).order_by("-position")
    if before is not None:
        rows = rows.filter(position__lt=before)
    return [log.Entry.decode(bytes(row.body)) for row in rows[:count]]


def latest_entry(organisation: str, act: Act, thing: str) -> log.Entry:
    """The newest entry of an act on a thing. LookupError where there is none."""
    for row in Entry.objects.filter(organisation=organisation).order_by("-position").iterator(chunk_size=500):
        entry = log.Entry.decode(bytes(row.body))
        if entry.act is act and entry.object == thing:
            return entry
    raise LookupError("no such entry")


def proofs(organisation: str, wanted: Sequence[tuple[Act, str]], *, sign: Callable[[bytes], bytes]) -> list[ProofBundle]:
    """A proof for the newest entry of each act on each thing, all under one checkpoint signed now."""
    entries = [latest_entry(organisation, act, thing) for act, thing in wanted]
    checkpoint = services.write_checkpoint(organisation, sign=sign)
    bodies = Entry.objects.filter(organisation=organisation, position__lt=checkpoint.size).order_by("position")
    leaves = [log.leaf_hash(bytes(body)) for body in bodies.values_list("body", flat=True).iterator(chunk_size=2000)]
    return [log.prove(entry, leaves, checkpoint=checkpoint.note.encode()) for entry in entries]


def log_key_of(organisation: str) -> tuple[bytes, bytes]:
    """An organisation's log key: public, and the private one sealed under this server's secret."""
    head = LogHead.objects.get(pk=organisation)
    return bytes(head.public_key), bytes(head.sealed_key)
