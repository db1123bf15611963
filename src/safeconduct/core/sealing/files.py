"""Files: sealed streams in flat memory.

The content is framed in blocks of 64 KiB so that its size can be padded without being known beforehand,
then goes through Cobblestone-256 under a key derived for this file alone.
Source: spec/sealing-v1.md section 12 and C2SP chunked-encryption.
"""

import hmac
import io
import os
from collections.abc import Iterator
from typing import TypeAlias

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from safeconduct.core.sealing.case_keys import SectionKey
from safeconduct.core.sealing.keys import FileKey, derive
from safeconduct.core.sealing.layout import (
    SALT_BYTES,
    Context,
    Kind,
    header,
    padded_size,
    require_header,
    require_padding,
)
from safeconduct.core.sealing.refusals import (
    CommitmentRefused,
    LengthRefused,
    PaddingRefused,
    PayloadRefused,
)

FileSealingKey: TypeAlias = SectionKey | FileKey
BLOCK_BYTES = 65_536
FRAME_BYTES = 4
FULL_BLOCK = BLOCK_BYTES - FRAME_BYTES
CHUNK_BYTES = 16_384
SEALED_BLOCK_BYTES = BLOCK_BYTES + 4 * 16
LARGEST_FILE = 2**40
HEADER_BYTES = 2 + SALT_BYTES
STREAM_SALT_BYTES = 24
STREAM_PREFIX_BYTES = STREAM_SALT_BYTES + 32
STREAM_CONTEXT = b"safeconduct/v1/file-stream"
_STREAM_INFO = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\x00"
_FULL_FRAME = FULL_BLOCK.to_bytes(FRAME_BYTES, "big")
_ZEROS = bytes(BLOCK_BYTES)


class FileSealer:
    """Seals one file: `header()`, then each `update(chunk)`, then `finalize()`; their bytes in this order."""

    def __init__(self, key: FileSealingKey, context: Context) -> None:
        self._salt = os.urandom(SALT_BYTES)
        self._stream = Cobblestone256Encryptor(file_secret(key, context, self._salt), STREAM_CONTEXT)
        self._pending = bytearray()
        self._framed = 0
        self._finished = False

    def header(self) -> bytes:
        """The 34 bytes that come first."""
        return header(Kind.FILE) + self._salt

    def update(self, chunk: bytes | bytearray | memoryview) -> bytes:
        """The next sealed bytes; may be none. Holds back less than one block of 64 KiB."""
        self._require_open()
        with memoryview(chunk).cast("B") as content:
            blocks = (len(self._pending) + len(content)) // FULL_BLOCK
            if not blocks:
                self._pending += content
                return b""
            prefix = 0 if self._framed else STREAM_PREFIX_BYTES
            sealed = io.BytesIO(bytes(prefix + blocks * SEALED_BLOCK_BYTES))
            with sealed.getbuffer() as target:
                self._seal_blocks(content, blocks, target)
        return sealed.getvalue()

    def finalize(self) -> bytes:
        """The last sealed bytes: the short block, the padding and the end of the stream.

        Padding is up to a thirty-second of a large file; `final_pieces` gives the same without holding it in memory.
        """
        return b"".join(self.final_pieces())

    def final_pieces(self) -> Iterator[bytes]:
        """The last sealed bytes in pieces of about 64 KiB; the file is finished with the call."""
        self._require_open()
        self._finished = True
        return self._final_pieces()

    def _final_pieces(self) -> Iterator[bytes]:
        self._framed += FRAME_BYTES + len(self._pending)
        yield self._stream.update(len(self._pending).to_bytes(FRAME_BYTES, "big"))
        yield self._stream.update(self._pending)
        self._pending.clear()
        padding = padded_size(self._framed) - self._framed
        for start in range(0, padding, BLOCK_BYTES):
            yield self._stream.update(_ZEROS[: min(padding - start, BLOCK_BYTES)])
        yield self._stream.finalize()

    def _seal_blocks(self, content: memoryview, blocks: int, target: memoryview) -> None:
        """Full blocks from what is pending and the content, straight into the target; the rest becomes pending."""
        self._framed += blocks * BLOCK_BYTES
        if self._framed > LARGEST_FILE:
            raise LengthRefused(f"a file holds less than {LARGEST_FILE} bytes")
        taken = written = 0
        for _ in range(blocks):
            missing = FULL_BLOCK - len(self._pending)
            for piece in (_FULL_FRAME, self._pending, content[taken : taken + missing]):
                written += self._stream.update_into(piece, target[written:])
            self._pending.clear()
            taken += missing
        self._pending += content[taken:]

    def _require_open(self) -> None:
        if self._finished:
            raise RuntimeError("this file is finished; each sealer seals one")


class FileOpener:
    """Opens one file: each `update(sealed bytes)`, then `finalize()`.

    What `update` returns is authentic as far as it goes; only a `finalize` that returns says that nothing is
    missing, so callers keep the plaintext out of sight until then. After a refusal the opener is dead.
    """

    def __init__(self, key: FileSealingKey, context: Context) -> None:
        if not isinstance(key, FileSealingKey):
            raise TypeError(f"a {type(key).__name__} seals no files")
        self._key = key
        self._context = context
        self._prefix = bytearray()
        self._stream: Cobblestone256Decryptor | None = None
        self._blocks = _BlockReader()
        self._scratch = bytearray(BLOCK_BYTES + CHUNK_BYTES)
        self._finished = False

    def update(self, sealed: bytes | bytearray | memoryview) -> bytes:
        """The next bytes of content; may be none. Raises a SealingRefused naming the stage."""
        self._require_open()
        try:
            return self._read(sealed)
        except BaseException:
            self._finished = True
            raise

    def finalize(self) -> bytes:
        """The last bytes of content; raises unless the file is whole."""
        self._require_open()
        self._finished = True
        if self._stream is None:
            require_header(bytes(self._prefix), Kind.FILE)
            raise LengthRefused("too short for a file")
        content = io.BytesIO()
        try:
            plaintext = self._stream.finalize()
        except InvalidTag:
            raise PayloadRefused("the end of the file is missing or was changed") from None
        self._blocks.feed(memoryview(plaintext), content)
        self._blocks.require_end()
        return content.getvalue()

    def _read(self, sealed: bytes | bytearray | memoryview) -> bytes:
        if self._stream is None:
            needed = HEADER_BYTES + STREAM_PREFIX_BYTES - len(self._prefix)
            self._prefix += sealed[:needed]
            sealed = sealed[needed:]
            if len(self._prefix) < HEADER_BYTES + STREAM_PREFIX_BYTES:
                return b""
            self._stream = self._begin(bytes(self._prefix))
        # One buffer for the result and one for what is being taken apart: more would cost more time than decryption.
        content = io.BytesIO(bytes(len(sealed) + CHUNK_BYTES))
        with memoryview(sealed) as rest, memoryview(self._scratch) as scratch:
            for start in range(0, len(rest), BLOCK_BYTES):
                try:
                    size = self._stream.update_into(rest[start : start + BLOCK_BYTES], scratch)
                except InvalidTag:
                    raise PayloadRefused("the file was changed") from None
                self._blocks.feed(scratch[:size], content)
        content.truncate()
        return content.getvalue()

    def _begin(self, prefix: bytes) -> Cobblestone256Decryptor:
        require_header(prefix, Kind.FILE)
        secret = file_secret(self._key, self._context, prefix[2:HEADER_BYTES])
        start, middle = HEADER_BYTES, HEADER_BYTES + STREAM_SALT_BYTES
        # The decryptor checks the commitment too, but cannot say which check failed.
        expected = stream_keys(secret, prefix[start:middle])[44:]
        if not hmac.compare_digest(expected, prefix[middle:]):
            raise CommitmentRefused("not sealed under this key and context")
        stream = Cobblestone256Decryptor(secret, STREAM_CONTEXT)
        stream.update(prefix[HEADER_BYTES:])
        return stream

    def _require_open(self) -> None:
        if self._finished:
            raise RuntimeError("this file is finished or was refused; each opener opens one")


class _BlockReader:
    """Takes blocks of 64 KiB apart: frame, content, and after the short block only zeros."""

    def __init__(self) -> None:
        self._frame = b""
        self._remaining = 0
        self._is_last = False
        self._total = 0
        self._unpadded = 0

    def feed(self, plaintext: memoryview, content: io.BytesIO) -> None:
        """Adds the content within the next plaintext bytes; PaddingRefused when they have another form."""
        self._total += len(plaintext)
        position, end = 0, len(plaintext)
        while position < end:
            if self._remaining:
                taken = min(self._remaining, end - position)
                content.write(plaintext[position : position + taken])
                self._remaining -= taken
            elif self._is_last:
                taken = end - position
                require_padding(bytes(plaintext[position:]))
            else:
                taken = min(FRAME_BYTES - len(self._frame), end - position)
                self._take_frame(plaintext[position : position + taken])
            position += taken

    def require_end(self) -> None:
        """Raises PaddingRefused unless the short block was whole and padded to its step."""
        if not self._is_last or padded_size(self._unpadded) != self._total:
            raise PaddingRefused("the file does not end as its blocks say")

    def _take_frame(self, piece: memoryview) -> None:
        self._frame += piece
        if len(self._frame) < FRAME_BYTES:
            return
        size = int.from_bytes(self._frame, "big")
        if size > FULL_BLOCK:
            raise PaddingRefused("no block is that large")
        self._frame = b""
        self._remaining = size
        self._is_last = size < FULL_BLOCK
        self._unpadded += FRAME_BYTES + size


def file_secret(key: FileSealingKey, context: Context, salt: bytes) -> bytes:
    """The 32-byte Cobblestone key of one file."""
    if not isinstance(key, FileSealingKey):
        raise TypeError(f"a {type(key).__name__} seals no files")
    return derive(key.secret_bytes(), b"file/" + key.purpose, context=context.encode(), salt=salt)


def stream_keys(secret: bytes, stream_salt: bytes) -> bytes:
    """What Cobblestone-256 derives: 32 bytes of key, 12 of nonce, 32 of commitment."""
    return HKDFExpand(SHA512(), 76, _STREAM_INFO + stream_salt + STREAM_CONTEXT).derive(secret)
