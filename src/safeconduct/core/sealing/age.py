"""Sealing to somebody outside the coalition, in the format of age: what leaves can be opened with the stock `age` program.

Recipients are hybrid post-quantum keys (`age1pq1…`): HPKE with MLKEM768-X25519, as in our own grants.
Source: C2SP age, "The mlkem768x25519 recipient type" and "Payload". Nothing here opens: the recipient's program does.
"""

import base64
import hmac
import os
from collections.abc import Sequence

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from safeconduct.core.sealing.pairs import SealingPublicKey
from safeconduct.core.sealing.refusals import KeyRefused

CHUNK_BYTES = 65_536
OVERHEAD_BYTES = 16
FILE_KEY_BYTES = 16
PREFIX = "age1pq"
_LABEL = b"age-encryption.org/mlkem768x25519"
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_ENCAPSULATION_BYTES = 1120
_KEY_BYTES = 1216
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM = 6


def read_recipient(text: str) -> SealingPublicKey:
    """The public key of a recipient `age1pq1…`. KeyRefused for any other text, a mistyped one included."""
    prefix, _, letters = text.rpartition("1")
    if prefix != PREFIX or any(letter not in _LETTERS for letter in letters) or len(letters) <= _CHECKSUM:
        raise KeyRefused("not a post-quantum age recipient")
    values = [_LETTERS.index(letter) for letter in letters]
    if _polymod([*_expanded(prefix), *values]) != 1:
        raise KeyRefused("an age recipient that was mistyped")
    key = _octets(values[:-_CHECKSUM])
    if len(key) != _KEY_BYTES:
        raise KeyRefused("an age recipient of another size")
    return SealingPublicKey(key)


def recipient_of(public: SealingPublicKey) -> str:
    """The recipient that stands for a public key."""
    number = int.from_bytes(public.encode()[2:], "big")
    bits = _KEY_BYTES * 8
    short = -bits % 5
    values = [(number << short) >> shift & 31 for shift in range(bits + short - 5, -1, -5)]
    check = _polymod([*_expanded(PREFIX), *values, *[0] * _CHECKSUM]) ^ 1
    values += [check >> 5 * (5 - at) & 31 for at in range(_CHECKSUM)]
    return f"{PREFIX}1{''.join(_LETTERS[value] for value in values)}"


class AgeSealer:
    """Seals one stream: `header()`, then each `update(chunk)`, then `finalize()`; their bytes in this order.

    Memory stays that of one chunk of 64 KiB, however long the stream is.
    """

    def __init__(self, recipient: SealingPublicKey) -> None:
        file_key = os.urandom(FILE_KEY_BYTES)
        wrapped = _SUITE.encrypt(file_key, recipient.hpke_key(), info=_LABEL)
        share, body = wrapped[:_ENCAPSULATION_BYTES], wrapped[_ENCAPSULATION_BYTES:]
        lines = ["age-encryption.org/v1", f"-> mlkem768x25519 {_unpadded(share)}", _unpadded(body), "---"]
        unsigned = "\n".join(lines).encode()
        mac = hmac.digest(_derived(file_key, b"", b"header"), unsigned, "sha256")
        nonce = os.urandom(16)
        self._head = unsigned + b" " + _unpadded(mac).encode() + b"\n" + nonce
        self._cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
        self._pending = bytearray()
        self._chunks = 0
        self._is_finished = False

    def header(self) -> bytes:
        """The header and the payload's nonce, which come first."""
        return self._head

    def update(self, chunk: bytes) -> bytes:
        """The next sealed bytes; may be none. The last full chunk is held back, since the end is marked."""
        self._require_open()
        self._pending += chunk
        whole = max(0, len(self._pending) - 1) // CHUNK_BYTES
        sealed = [self._sealed(at * CHUNK_BYTES, is_last=False) for at in range(whole)]
        del self._pending[: whole * CHUNK_BYTES]
        return b"".join(sealed)

    def finalize(self) -> bytes:
        """The last chunk. ValueError when it was asked for before."""
        self._require_open()
        self._is_finished = True
        return self._sealed(0, is_last=True)

    def _sealed(self, start: int, *, is_last: bool) -> bytes:
        nonce = self._chunks.to_bytes(11, "big") + bytes([is_last])
        self._chunks += 1
        return self._cipher.encrypt(nonce, bytes(self._pending[start : start + CHUNK_BYTES]), None)

    def _require_open(self) -> None:
        if self._is_finished:
            raise ValueError("the stream is finished")


def sealed_size(size: int) -> int:
    """How many bytes `size` bytes of content become, header included."""
    chunks = max(1, -(-size // CHUNK_BYTES))
    return _HEAD_BYTES + size + chunks * OVERHEAD_BYTES


def _derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(secret)


def _unpadded(content: bytes) -> str:
    return base64.b64encode(content).decode().rstrip("=")


def _expanded(prefix: str) -> list[int]:
    return [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]


def _polymod(values: Sequence[int]) -> int:
    """The checksum of Bech32 (BIP 173), which has no limit of length here."""
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATOR):
            if top >> bit & 1:
                check ^= generator
    return check


def _octets(values: Sequence[int]) -> bytes:
    """Groups of five bits as bytes; what is left over has to be fewer than five zero bits."""
    number = 0
    for value in values:
        number = number << 5 | value
    spare = len(values) * 5 % 8
    if spare >= 5 or number & (1 << spare) - 1:
        raise KeyRefused("an age recipient of another form")
    return (number >> spare).to_bytes(len(values) * 5 // 8, "big")


# Lines of the header: 21 + 1; "-> mlkem768x25519 " and 1,494 digits; 43 digits; "--- " and 43 digits; then the nonce.
_HEAD_BYTES = 22 + 18 + 1494 + 1 + 43 + 1 + 4 + 43 + 1 + 16
