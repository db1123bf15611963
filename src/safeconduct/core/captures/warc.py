"""Reading WARC records (ISO 28500) from bytes, and checking their digests."""

import base64
import binascii
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, cast

from safeconduct.core.captures.model import MOST_LINES, Capture, Digest, Finding, Problem, RecordLine, shortened
from safeconduct.core.captures.payloads import body_of
from safeconduct.core.captures.showing import Gallery
from safeconduct.core.copies import CopyRefused, Refusal

MOST_UNPACKED_BYTES = 600 * 1024**2
MOST_RECORDS = 50_000
LARGEST_BLOCK_BYTES = 96 * 1024**2
"""Of one record; a larger one is passed over, its digest checked."""
_LONGEST_LINE = 16_384
_MOST_HEADERS = 100
_VERSION = re.compile(rb"WARC/(0\.1[78]|1\.[01])\r?\n")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z")
_TOLD = frozenset({"response", "resource"})
_LENGTHS = {"md5": 16, "sha1": 20, "sha256": 32, "sha512": 64}


class _CutShortError(Exception):
    """What follows is no whole record."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record; `block` is empty where it is larger than `LARGEST_BLOCK_BYTES`."""

    kind: str
    headers: Mapping[str, str]
    """By name in small letters."""
    block: bytes
    size: int
    digest: Digest


@dataclass
class Tally:
    """What is gathered over all records of a capture."""

    records: list[RecordLine]
    findings: list[Finding]
    counted: int = 0
    with_digest: int = 0
    seen: int = 0
    unpacked: int = 0
    software: str = ""
    first: str = ""
    last: str = ""

    @classmethod
    def fresh(cls) -> "Tally":
        """Nothing yet."""
        return cls([], [])

    def found(self, problem: Problem, about: str = "") -> None:
        """Note a problem; the first ones of many are enough."""
        if len(self.findings) < MOST_LINES:
            self.findings.append(Finding(problem, shortened(about)))

    def capture(self) -> Capture:
        """What was gathered."""
        if not self.seen:
            self.found(Problem.NO_RECORDS)
        return Capture(
            software=self.software,
            pages=(),
            records=self.records,
            counted=self.counted,
            with_digest=self.with_digest,
            first=self.first,
            last=self.last,
            findings=self.findings,
        )


def read_warc(content: bytes, gallery: Gallery) -> Capture:
    """A single WARC file, packed or not. CopyRefused where it is none at all or unpacks to too much."""
    tally = Tally.fresh()
    take(io.BytesIO(content), tally, gallery, "")
    if not tally.seen:
        raise CopyRefused(Refusal.BROKEN)
    return tally.capture()


def take(stream: BinaryIO, tally: Tally, gallery: Gallery, name: str) -> None:
    """Every record of one file into the tally and the gallery; what is cut short is noted."""
    start = stream.read(2)
    stream.seek(0)
    source = cast(BinaryIO, gzip.GzipFile(fileobj=stream, mode="rb")) if start == b"\x1f\x8b" else stream
    try:
        for record in _records(io.BufferedReader(_Bounded(source, tally), 1 << 16)):
            _told(record, tally, gallery)
    except (_CutShortError, EOFError, zlib.error, gzip.BadGzipFile):
        tally.found(Problem.CUT_SHORT, name)


class _Bounded(io.RawIOBase):
    """Ends the reading where more is unpacked than any honest capture holds."""

    def __init__(self, source: BinaryIO, tally: Tally) -> None:
        self._source = source
        self._tally = tally

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # io gives a writable buffer
        block = self._source.read(len(view))
        self._tally.unpacked += len(block)
        if self._tally.unpacked > MOST_UNPACKED_BYTES:
            raise CopyRefused(Refusal.PACKED)
        view[: len(block)] = block
        return len(block)


def _records(stream: io.BufferedReader) -> Iterator[Record]:
    for _ in range(MOST_RECORDS):
        line = stream.readline(_LONGEST_LINE)
        while line in (b"\r\n", b"\n"):
            line = stream.readline(_LONGEST_LINE)
        if not line:
            return
        if not _VERSION.fullmatch(line):
            raise _CutShortError
        headers = _headers(stream)
        length = headers.get("content-length", "")
        if not length.isdecimal() or len(length) > 12:
            raise _CutShortError
        yield _record(stream, headers, int(length))
    raise CopyRefused(Refusal.PACKED)


def _headers(stream: io.BufferedReader) -> dict[str, str]:
    found: dict[str, str] = {}
    for _ in range(_MOST_HEADERS):
        line = stream.readline(_LONGEST_LINE)
        if line in (b"\r\n", b"\n"):
            return found
        name, colon, value = line.partition(b":")
        if not colon or not line.endswith(b"\n"):
            raise _CutShortError
        found.setdefault(name.decode("utf-8", "replace").strip().lower(), value.decode("utf-8", "replace").strip())
    raise _CutShortError


def _record(stream: io.BufferedReader, headers: dict[str, str], length: int) -> Record:
    named = _named(headers.get("warc-block-digest", ""))
    hasher = hashlib.new(named[0], usedforsecurity=False) if named else None
    kept, left = [], length
    while left:
        piece = stream.read(min(left, 1 << 20))
        if not piece:
            raise _CutShortError
        left -= len(piece)
        if hasher is not None:
            hasher.update(piece)
        if length <= LARGEST_BLOCK_BYTES:
            kept.append(piece)
    block = b"".join(kept)
    results = []
    if named and hasher is not None:
        results.append(Digest.HOLDS if hasher.digest() == named[1] else Digest.BROKEN)
    if length <= LARGEST_BLOCK_BYTES:
        results.append(_payload_digest(headers, block))
    worst = Digest.BROKEN if Digest.BROKEN in results else Digest.HOLDS if Digest.HOLDS in results else Digest.ABSENT
    return Record(headers.get("warc-type", "").lower(), headers, block, length, worst)


def _payload_digest(headers: Mapping[str, str], block: bytes) -> Digest:
    named = _named(headers.get("warc-payload-digest", ""))
    # A revisit names the payload of another record; what is cut off on purpose has none of its own.
    if named is None or headers.get("warc-type", "").lower() not in _TOLD or "warc-truncated" in headers:
        return Digest.ABSENT
    candidates = body_of(headers.get("content-type", ""), block).as_sent()
    digests = (hashlib.new(named[0], each, usedforsecurity=False).digest() for each in candidates)
    return Digest.HOLDS if named[1] in digests else Digest.BROKEN


def _named(text: str) -> tuple[str, bytes] | None:
    """Algorithm and digest of `sha1:BASE32` or `sha256:hex`; None where it is none that is known."""
    algorithm, _, value = text.partition(":")
    name = algorithm.strip().lower().replace("-", "")
    size, value = _LENGTHS.get(name), value.strip()
    if size is None:
        return None
    try:
        if len(value) == 2 * size:
            return name, bytes.fromhex(value)
        digest = base64.b32decode(value.upper() + "=" * (-len(value) % 8))
    except (ValueError, binascii.Error):
        return None
    return (name, digest) if len(digest) == size else None


def _told(record: Record, tally: Tally, gallery: Gallery) -> None:
    tally.seen += 1
    if record.kind == "warcinfo":
        tally.software = tally.software or _software(record.block)
    if record.digest is Digest.BROKEN:
        tally.found(Problem.RECORD_BROKEN, record.headers.get("warc-target-uri", record.headers.get("warc-record-id", "")))
    if record.kind not in _TOLD:
        return
    at = record.headers.get("warc-date", "")
    if _MOMENT.fullmatch(at):
        tally.first = min(tally.first or at, at)
        tally.last = max(tally.last, at)
    tally.counted += 1
    tally.with_digest += record.digest is not Digest.ABSENT
    body = body_of(record.headers.get("content-type", ""), record.block)
    address = shortened(record.headers.get("warc-target-uri", "").strip("<>"))
    if len(tally.records) < MOST_LINES:
        tally.records.append(
            RecordLine(address, shortened(at), body.status, shortened(body.media_type), record.size, record.digest)
        )
    if record.digest is not Digest.BROKEN:
        gallery.take(address, body)


def _software(block: bytes) -> str:
    for line in block[:_LONGEST_LINE].decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        if name.strip().lower() == "software":
            return shortened(value.strip())
    return ""
