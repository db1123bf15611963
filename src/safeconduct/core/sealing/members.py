"""The keys of one member, as one bundle that is only ever stored sealed.

Source: spec/sealing-v1.md section 9.
"""

from typing import Self

from safeconduct.core.sealing.keys import KEY_BYTES, KeyringKey, Secret
from safeconduct.core.sealing.layout import Kind, header, require_header, require_length
from safeconduct.core.sealing.pairs import SealingPrivateKey
from safeconduct.core.sealing.signatures import SigningPrivateKey


class MemberKeys(Secret):
    """A member's sealing pair, signing pair and keyring key."""

    __slots__ = ("keyring", "sealing", "signing")
    size_bytes = 3 * KEY_BYTES

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.sealing = SealingPrivateKey(content[:32])
        self.signing = SigningPrivateKey(content[32:64])
        self.keyring = KeyringKey(content[64:])

    @classmethod
    def generate(cls) -> Self:
        """Fresh keys for a new member."""
        parts = SealingPrivateKey.generate(), SigningPrivateKey.generate(), KeyringKey.generate()
        return cls(b"".join(part.secret_bytes() for part in parts))

    @classmethod
    def decode(cls, encoded: bytes) -> Self:
        """The keys of 98 opened bytes; HeaderRefused or LengthRefused when they are no bundle."""
        require_header(encoded, Kind.MEMBER_KEYS)
        require_length(encoded, 2 + cls.size_bytes)
        return cls(encoded[2:])

    def encode(self) -> bytes:
        """The bundle's 98 secret bytes, to be sealed at once."""
        return header(Kind.MEMBER_KEYS) + self._content
