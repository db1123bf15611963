"""Writing the custody log: in the transaction of what is recorded, in order, without personal content."""

from collections.abc import Callable, Sequence
from datetime import date

from django.db import transaction

from safeconduct.core import custody as log
from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.custody.models import Checkpoint, Entry, LogHead


def start_log(organisation: str, *, public_key: bytes, sealed_key: bytes) -> LogHead:
    """Begin an organisation's log with the key that will sign its checkpoints."""
    return LogHead.objects.create(
        organisation=organisation, public_key=public_key, sealed_key=sealed_key, frontier=log.Frontier().encode()
    )


def write(organisation: str, act: Act, *, actor: str, thing: str, purpose: Purpose, today: date) -> None:
    """Append one entry; see `write_all`."""
    write_all(organisation, [(act, thing)], actor=actor, purpose=purpose, today=today)


def queue(organisation: str) -> None:
    """Wait for one's turn among the writers of a log, and keep it until the caller's transaction ends."""
    LogHead.objects.select_for_update().get(organisation=organisation)


@transaction.atomic
def write_all(organisation: str, acts: Sequence[tuple[Act, str]], *, actor: str, purpose: Purpose, today: date) -> None:
    """Append entries in order, in the caller's transaction; writers of one log queue on its head."""
    head = LogHead.objects.select_for_update().get(organisation=organisation)
    frontier = log.Frontier.decode(bytes(head.frontier))
    rows = []
    for act, thing in acts:
        entry = log.Entry(
            organisation=organisation,
            index=frontier.size,
            day=today,
            act=act,
            actor=actor,
            object=thing,
            purpose=purpose,
        )
        body = entry.encode()
        rows.append(Entry(organisation=organisation, position=frontier.size, body=body))
        frontier = frontier.append(log.leaf_hash(body))
    Entry.objects.bulk_create(rows)
    LogHead.objects.filter(pk=organisation).update(size=frontier.size, frontier=frontier.encode())


@transaction.atomic
def write_checkpoint(organisation: str, *, sign: Callable[[bytes], bytes]) -> Checkpoint:
    """Sign the log as it stands now; the same size gives the same checkpoint again."""
    head = LogHead.objects.select_for_update().get(organisation=organisation)
    known = Checkpoint.objects.filter(organisation=organisation, size=head.size).first()
    if known is not None:
        return known
    frontier = log.Frontier.decode(bytes(head.frontier))
    checkpoint = log.Checkpoint(log.origin_of(organisation), frontier.size, frontier.root())
    note = checkpoint.sign(public_key=bytes(head.public_key), sign=sign)
    return Checkpoint.objects.create(organisation=organisation, size=frontier.size, note=note.decode())
