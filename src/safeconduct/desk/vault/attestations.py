"""Attestations on their way: what an evaluator is asked to sign, sealed to them; what they signed, sealed to the case."""

from collections.abc import Sequence
from dataclasses import dataclass

from safeconduct.core import sealing
from safeconduct.desk.vault.keyholders import Keyholder, SealingPrivateKey, Subject
from safeconduct.desk.vault.readings import open_with_any


@dataclass(frozen=True)
class Place:
    """Which dossier of which file, and whose attestation."""

    subject: Subject
    dossier: str
    evaluator: str

    def context(self, use: str) -> sealing.Context:
        """What the sealed parts are bound to."""
        return sealing.Context(
            organisation=self.subject.organisation,
            subject=self.subject.id,
            section=use,
            record=f"{self.dossier} {self.evaluator}",
            version=1,
        )


def seal_statement(place: Place, statement: bytes, evaluator_key: bytes) -> bytes:
    """For the evaluator's eyes."""
    return sealing.seal_to(sealing.SealingPublicKey.decode(evaluator_key), place.context("statement"), statement)


def open_statement(place: Place, sealed: bytes, evaluator: Keyholder) -> bytes:
    """What the evaluator is asked to sign. SealingRefused for anybody else."""
    return sealing.open_from(evaluator.sealing, place.context("statement"), bytes(sealed))


def seal_envelope(place: Place, envelope: bytes, reading_key: bytes) -> bytes:
    """For whoever releases."""
    return sealing.seal_to(sealing.SealingPublicKey.decode(reading_key), place.context("attestation"), envelope)


def open_envelope(place: Place, sealed: bytes, readings: Sequence[SealingPrivateKey]) -> bytes:
    """The signed envelope; the case's keys may have been changed since it was signed."""
    return open_with_any(readings, place.context("attestation"), bytes(sealed))
