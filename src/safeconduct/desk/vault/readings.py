"""Opening what was sealed to a section's reading pair, whichever key version of the section it was sealed to."""

from collections.abc import Sequence

from safeconduct.core import sealing
from safeconduct.core.sealing import SealingRefused


def open_with_any(readings: Sequence[sealing.SealingPrivateKey], context: sealing.Context, sealed: bytes) -> bytes:
    """The plaintext, by the first pair that fits. SealingRefused where none does; ValueError without any pair."""
    refusal: SealingRefused | None = None
    for reading in readings:
        try:
            return sealing.open_from(reading, context, sealed)
        except SealingRefused as refused:
            refusal = refusal or refused
    if refusal is None:
        raise ValueError("no reading pair")
    raise refusal
