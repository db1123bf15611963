"""Reads of the custody log: rows for the auditor, proofs for whoever asks."""

from collections.abc import Callable, Sequence

from safeconduct.core import custody as log
from safeconduct.core.custody import Act, ProofBundle
from safeconduct.desk.custody import services
from safeconduct.desk.custody.models import Entry, LogHead


def entries_of(
    organisation: str, *, before: int | None = None, count: int | None = None, act: Act | None = None, thing: str = ""
) -> list[log.Entry]:
    """The newest entries below a position, newest first; of one act, about one thing, where these are named."""
    rows = Entry.objects.filter(organisation=organisation).order_by("-position")
    if before is not None:
        rows = rows.filter(position__lt=before)
    # Canonical bytes hold each field in one spelling, so rows that cannot match are passed over without being read.
    needles = [f'"{field}":"{word}"'.encode() for field, word in (("act", act), ("object", thing)) if word]
    found: list[log.Entry] = []
    for row in rows.values_list("body", flat=True).iterator(chunk_size=500):
        body = bytes(row)
        if all(needle in body for needle in needles):
            found.append(log.Entry.decode(body))
            if len(found) == count:
                break
    return found


def latest_entry(organisation: str, act: Act, thing: str) -> log.Entry:
    """The newest entry of an act on a thing. LookupError where there is none."""
    found = entries_of(organisation, count=1, act=act, thing=thing)
    if not found:
        raise LookupError("no such entry")
    return found[0]


def entry_at(organisation: str, position: int) -> log.Entry:
    """The entry at a position. LookupError where there is none."""
    row = Entry.objects.filter(organisation=organisation, position=position).first()
    if row is None:
        raise LookupError("no such entry")
    return log.Entry.decode(bytes(row.body))


def proofs(organisation: str, wanted: Sequence[tuple[Act, str]], *, sign: Callable[[bytes], bytes]) -> list[ProofBundle]:
    """A proof for the newest entry of each act on each thing, all under one checkpoint signed now."""
    return proofs_of(organisation, [latest_entry(organisation, act, thing) for act, thing in wanted], sign=sign)


def proofs_of(organisation: str, entries: Sequence[log.Entry], *, sign: Callable[[bytes], bytes]) -> list[ProofBundle]:
    """A proof for each of these entries, all under one checkpoint signed now."""
    checkpoint = services.write_checkpoint(organisation, sign=sign)
    bodies = Entry.objects.filter(organisation=organisation, position__lt=checkpoint.size).order_by("position")
    leaves = [log.leaf_hash(bytes(body)) for body in bodies.values_list("body", flat=True).iterator(chunk_size=2000)]
    return [log.prove(entry, leaves, checkpoint=checkpoint.note.encode()) for entry in entries]


def size_of(organisation: str) -> int:
    """How many entries a log has."""
    return LogHead.objects.get(pk=organisation).size


def log_key_of(organisation: str) -> tuple[bytes, bytes]:
    """An organisation's log key: public, and the private one sealed under this server's secret."""
    head = LogHead.objects.get(pk=organisation)
    return bytes(head.public_key), bytes(head.sealed_key)
