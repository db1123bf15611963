"""One-time tokens in links, and codes that are read out over the telephone.

Source: spec/sealing-v1.md section 14.
"""

import base64
import hashlib
import hmac
import os
import re
import secrets
from typing import Self

from safeconduct.core.sealing.keys import KEY_BYTES, Secret, purpose_string
from safeconduct.core.sealing.passphrases import ARGON_SALT_BYTES, Profile, stretch
from safeconduct.core.sealing.refusals import CodeRefused

SPOKEN_DIGITS = 9
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


class Token(Secret):
    """32 random bytes in a link; only their digest is stored."""

    __slots__ = ()

    @classmethod
    def generate(cls) -> Self:
        """A fresh token."""
        return cls(os.urandom(KEY_BYTES))

    @classmethod
    def parse(cls, text: str) -> Self:
        """The token of 43 url-safe characters; CodeRefused for any other text."""
        if not _TOKEN.fullmatch(text):
            raise CodeRefused("not a token")
        content = base64.urlsafe_b64decode(text + "=")
        token = cls(content)
        # The last character carries four bits; its other two must be zero.
        if token.text() != text:
            raise CodeRefused("not a token in its one spelling")
        return token

    def text(self) -> str:
        """43 url-safe characters, for the link."""
        return base64.urlsafe_b64encode(self._content).rstrip(b"=").decode()

    def digest(self) -> bytes:
        """32 bytes to store and to find the token by."""
        return hashlib.sha256(purpose_string(b"token") + self._content).digest()


def new_token() -> Token:
    """A fresh token."""
    return Token.generate()


class SpokenCode(Secret):
    """Nine digits that one person tells another, in any language; they go with a link."""

    __slots__ = ()
    size_bytes = SPOKEN_DIGITS

    @classmethod
    def generate(cls) -> Self:
        """A fresh code."""
        return cls(f"{secrets.randbelow(10**SPOKEN_DIGITS):0{SPOKEN_DIGITS}}".encode())

    @classmethod
    def parse(cls, text: str) -> Self:
        """The code as typed, spaces and dashes left out; CodeRefused unless nine digits remain."""
        digits = re.sub(r"[\s-]", "", text)
        if not re.fullmatch(r"[0-9]{9}", digits):
            raise CodeRefused(f"a spoken code has {SPOKEN_DIGITS} digits")
        return cls(digits.encode())

    def digits(self) -> str:
        """The code in groups of three, to be read out."""
        text = self._content.decode()
        return " ".join((text[:3], text[3:6], text[6:]))

    def digest(self, beside: Token | None = None) -> bytes:
        """32 bytes to store and compare.

        With the token of the link it goes with, a thief of the stored digests cannot try codes at all. Alone,
        the 30 bits only cost Argon2id each: for codes that live for minutes.
        """
        if beside is not None:
            return hmac.digest(beside._content, purpose_string(b"spoken-code") + self._content, "sha256")
        salt = hashlib.sha256(purpose_string(b"spoken-code")).digest()[:ARGON_SALT_BYTES]
        return stretch(self._content, salt, Profile.RECEIPT)
