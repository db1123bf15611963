"""Cross-locks: a pair of evaluators seal to one another's lock, and handing in publishes one's own key (DESIGN 3).

Until both are in, the outer seal of each can be opened only with a key that lies sealed to the other evaluator. The inner
seal is to the case's reading key, whose private half only holders of the evaluations section can derive.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from safeconduct.core import canonical, sealing
from safeconduct.core.canonical import Value
from safeconduct.desk.vault.keyholders import Keyholder, Subject
from safeconduct.desk.vault.readings import open_with_any


@dataclass(frozen=True, repr=False)
class Lock:
    """A fresh lock: public half, and the private half sealed to its evaluator."""

    public: bytes
    sealed: bytes


def new_lock(subject: Subject, assignment: str, evaluator: Keyholder) -> Lock:
    """Made when an evaluator accepts; the private half exists outside the seal only for this moment."""
    private = sealing.SealingPrivateKey.generate()
    context = _context(subject, assignment, "lock")
    sealed = sealing.seal_to(evaluator.sealing.public_key(), context, private.secret_bytes())
    return Lock(private.public_key().encode(), sealed)


def lock_key(subject: Subject, assignment: str, evaluator: Keyholder, sealed: bytes) -> bytes:
    """The private half of an evaluator's own lock, to be published by handing in."""
    return sealing.open_from(evaluator.sealing, _context(subject, assignment, "lock"), sealed)


def close(subject: Subject, assignment: str, content: bytes, *, reading_key: bytes, other_lock: bytes | None) -> bytes:
    """Seal an evaluation to the case's reading key and, for one of a blind pair, then to the other evaluator's lock."""
    inner = sealing.seal_to(sealing.SealingPublicKey.decode(reading_key), _context(subject, assignment, "evaluation"), content)
    if other_lock is None:
        return inner
    return sealing.seal_to(sealing.SealingPublicKey.decode(other_lock), _context(subject, assignment, "cross-lock"), inner)


def open_outer(subject: Subject, assignment: str, sealed: bytes, other_lock_key: bytes) -> bytes:
    """Take off the outer seal with the other evaluator's published key."""
    private = sealing.SealingPrivateKey.from_secret_bytes(other_lock_key)
    return sealing.open_from(private, _context(subject, assignment, "cross-lock"), sealed)


def open_inner(subject: Subject, assignment: str, sealed: bytes, readings: Sequence[sealing.SealingPrivateKey]) -> bytes:
    """The evaluation, for a holder of the case's reading pairs; the case's keys may have been changed since it was handed in."""
    return open_with_any(readings, _context(subject, assignment, "evaluation"), sealed)


def seal_own_copy(subject: Subject, assignment: str, content: bytes, evaluator: Keyholder) -> bytes:
    """The evaluation sealed to its author."""
    return sealing.seal_to(evaluator.sealing.public_key(), _context(subject, assignment, "own-copy"), content)


def open_own_copy(subject: Subject, assignment: str, sealed: bytes, evaluator: Keyholder) -> bytes:
    """The author's copy. SealingRefused for anybody else."""
    return sealing.open_from(evaluator.sealing, _context(subject, assignment, "own-copy"), sealed)


def seal_note(subject: Subject, assignment: str, use: str, content: Mapping[str, Value], public_key: bytes) -> bytes:
    """A few words to somebody who holds no key of the case: a teaser, or names; `use` says which and binds it."""
    public = sealing.SealingPublicKey.decode(public_key)
    return sealing.seal_to(public, _context(subject, assignment, use), canonical.encode(dict(content)))


def open_note(subject: Subject, assignment: str, use: str, sealed: bytes, evaluator: Keyholder) -> dict[str, Any]:
    """What `seal_note` sealed. SealingRefused for anybody else, and for another use."""
    content: dict[str, Any] = json.loads(sealing.open_from(evaluator.sealing, _context(subject, assignment, use), sealed))
    return content


def _context(subject: Subject, assignment: str, use: str) -> sealing.Context:
    return sealing.Context(organisation=subject.organisation, subject=subject.id, section=use, record=assignment, version=1)
