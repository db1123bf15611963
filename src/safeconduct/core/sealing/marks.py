"""Keyed fingerprints: two things can be found to be the same, and nobody without the key can ask whether a known one is here.

Source: spec/sealing-v1.md section 14.
"""

import hmac

from safeconduct.core.sealing.keys import SymmetricKey, purpose_string

MARK_BYTES = 16


class MarkKey(SymmetricKey):
    """Of one organisation; whoever has it can ask whether a thing they hold has a mark."""

    __slots__ = ()
    purpose = b"mark"

    def mark(self, thing: str) -> str:
        """32 hexadecimal digits, the same for the same thing under the same key."""
        return hmac.digest(self._content, purpose_string(b"mark") + thing.encode(), "sha256")[:MARK_BYTES].hex()
