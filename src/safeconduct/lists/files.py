"""Files of lists on disk: plain or packed with gzip, counted and hashed while they are read."""

import gzip
import hashlib
import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from safeconduct.core.errors import UnreadableInput
from safeconduct.core.watchlists import HEAD_BYTES, Format, ListRefused, Place, recognise

_BUFFER = 1 << 18


class FileUnreadable(UnreadableInput):
    """A file of a list cannot be opened or unpacked; nothing was written."""


@dataclass(frozen=True)
class File:
    """A file and the form that its content shows."""

    path: Path
    form: Format
    size: int
    """Bytes on disk."""


def looked_at(path: Path) -> File:
    """What a file is, by its content. FileUnreadable or ListRefused."""
    try:
        with path.open("rb") as raw, _unpacked(raw, path.name) as stream:
            head = stream.read(HEAD_BYTES)
        return File(path, recognise(path.name, head), path.stat().st_size)
    except OSError as problem:
        raise FileUnreadable(f"{path}: {problem.strerror or 'cannot be read'}") from None


class Reading:
    """A file being read; `close` when done."""

    def __init__(self, file: File, moved: Callable[[int], None]) -> None:
        self._raw = file.path.open("rb")
        counted = _Counted(self._raw, moved)
        self._digest = hashlib.sha256()
        unpacked = _unpacked(cast(BinaryIO, io.BufferedReader(counted, _BUFFER)), file.path.name)
        hashed = _Hashed(unpacked, self._digest, file.path.name)
        self.stream = cast(BinaryIO, io.BufferedReader(hashed, _BUFFER))
        """A binary stream; reading it raises ListRefused where the packing is damaged."""

    def rest(self) -> str:
        """The SHA-256 of the whole unpacked file; reads what was not read yet."""
        while self.stream.read(_BUFFER):
            pass
        return self._digest.hexdigest()

    def close(self) -> None:
        """Close the file."""
        self._raw.close()


def _unpacked(raw: BinaryIO, name: str) -> BinaryIO:
    start = cast(io.BufferedReader, raw).peek(2)[:2]
    if start != b"\x1f\x8b":
        return raw
    return cast(BinaryIO, io.BufferedReader(_Unpacked(gzip.GzipFile(fileobj=raw, mode="rb"), name)))


class _Readable(io.RawIOBase):
    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # io gives a writable buffer
        block = self._block(len(view))
        view[: len(block)] = block
        return len(block)

    def _block(self, size: int) -> bytes:
        raise NotImplementedError


class _Counted(_Readable):
    def __init__(self, stream: BinaryIO, moved: Callable[[int], None]) -> None:
        self._stream = stream
        self._moved = moved

    def _block(self, size: int) -> bytes:
        block = self._stream.read(size)
        self._moved(len(block))
        return block


class _Unpacked(_Readable):
    def __init__(self, stream: gzip.GzipFile, name: str) -> None:
        self._stream = stream
        self._name = name

    def _block(self, size: int) -> bytes:
        try:
            return self._stream.read1(size)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise ListRefused(Place(self._name), "the gzip file is damaged or cut short") from None


class _Hashed(_Readable):
    def __init__(self, stream: BinaryIO, digest: "hashlib._Hash", name: str) -> None:
        self._stream = stream
        self._digest = digest
        self._name = name

    def _block(self, size: int) -> bytes:
        try:
            block = self._stream.read(size)
        except OSError as problem:
            raise FileUnreadable(f"{self._name}: {problem.strerror or 'cannot be read'}") from None
        self._digest.update(block)
        return block
