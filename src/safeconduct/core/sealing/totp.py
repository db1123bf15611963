"""Time-based one-time codes (RFC 6238: SHA-1, six digits, 30 seconds, as every authenticator has them)."""

import hmac
import os
import re
from typing import Self

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from safeconduct.core.sealing.keys import Secret
from safeconduct.core.sealing.refusals import CodeRefused

STEP_SECONDS = 30
DIGITS = 6


class TotpSecret(Secret):
    """What the server shares with one member's authenticator; stored sealed."""

    __slots__ = ()
    size_bytes = 20

    @classmethod
    def generate(cls) -> Self:
        """A fresh secret."""
        return cls(os.urandom(cls.size_bytes))

    @classmethod
    def from_secret_bytes(cls, content: bytes) -> Self:
        """The secret of these 20 bytes; KeyRefused for any other length."""
        return cls(content)

    def secret_bytes(self) -> bytes:
        """The 20 bytes themselves, to be sealed at once."""
        return self._content

    def provisioning_uri(self, label: str, issuer: str) -> str:
        """The otpauth address that authenticators read from a QR code. It holds the secret."""
        return self._totp().get_provisioning_uri(label, issuer)

    def code(self, at: int) -> str:
        """The six digits of the step that holds this moment, in unix seconds."""
        return self._totp().generate(at).decode()

    def verify(self, code: str, at: int, last_step: int | None) -> int:
        """The step whose code this is, to be stored as the next `last_step`.

        One step early or late is taken; a step not after `last_step` is a replay. Raises CodeRefused.
        """
        digits = re.sub(r"[\s-]", "", code)
        if not re.fullmatch(r"[0-9]{6}", digits):
            raise CodeRefused(f"a one-time code has {DIGITS} digits")
        now = at // STEP_SECONDS
        matching = [step for step in (now - 1, now, now + 1) if self._is_code_of(step, digits)]
        usable = [step for step in matching if last_step is None or step > last_step]
        if not usable:
            raise CodeRefused("the one-time code is wrong or was used already")
        return usable[0]

    def _is_code_of(self, step: int, digits: str) -> bool:
        return step >= 0 and hmac.compare_digest(self.code(step * STEP_SECONDS), digits)

    def _totp(self) -> TOTP:
        return TOTP(self._content, DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303  (HMAC-SHA-1, fixed by RFC 6238)
