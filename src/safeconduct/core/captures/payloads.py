"""What a server answered: the body inside the HTTP message that a record holds."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

MOST_BODY_BYTES = 40 * 1024**2
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})")
_LONGEST_HEAD = 128 * 1024
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")


@dataclass(frozen=True, slots=True, repr=False)
class Body:
    """The body of one answer. `status` has three digits, or is empty for what is no answer of a server."""

    status: str
    media_type: str
    encoding: str
    raw: bytes
    is_chunked: bool

    def as_sent(self) -> Iterator[bytes]:
        """The body as digests of it may have been made: as it came, and put together from its chunks."""
        yield self.raw
        if self.is_chunked and (whole := _together(self.raw)) is not None:
            yield whole

    def decoded(self) -> bytes:
        """The body as a browser would read it; empty where it is packed in a way that is not known here or too large."""
        whole = (_together(self.raw) if self.is_chunked else None) or self.raw
        if self.encoding in ("", "identity"):
            return whole[:MOST_BODY_BYTES]
        if self.encoding not in ("gzip", "x-gzip", "deflate"):
            return b""
        unpacker = zlib.decompressobj(47 if "gzip" in self.encoding else 15)
        try:
            content = unpacker.decompress(whole, MOST_BODY_BYTES)
        except zlib.error:
            return b""
        return b"" if unpacker.unconsumed_tail else content


def body_of(content_type: str, block: bytes) -> Body:
    """The body in the block of a response; of a resource, the block itself."""
    if not content_type.lower().startswith("application/http"):
        return Body("", content_type.partition(";")[0].strip().lower(), "", block, is_chunked=False)
    head, separator, raw = block[:_LONGEST_HEAD].partition(b"\r\n\r\n")
    if not separator:
        head, separator, raw = block[:_LONGEST_HEAD].partition(b"\n\n")
    raw = block[len(head) + len(separator) :]
    status = _STATUS.match(head)
    headers = dict(_lines(head))
    return Body(
        status=status[1].decode() if status else "",
        media_type=headers.get("content-type", "").partition(";")[0].strip().lower(),
        encoding=headers.get("content-encoding", "").strip().lower(),
        raw=raw,
        is_chunked="chunked" in headers.get("transfer-encoding", "").lower(),
    )


def _lines(head: bytes) -> Iterator[tuple[str, str]]:
    for line in head.decode("latin-1").splitlines()[1:]:
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip().lower(), value


def _together(raw: bytes) -> bytes | None:
    """A body from its chunks; None where it is not in chunks: some tools put them together and keep the header."""
    pieces: list[bytes] = []
    at = 0
    while found := _CHUNK.match(raw, at):
        size = int(found[1], 16)
        end = found.end() + size
        if size == 0:
            return b"".join(pieces)
        if end > len(raw):
            return None
        pieces.append(raw[found.end() : end])
        at = end + (2 if raw[end : end + 2] == b"\r\n" else 1)
    return None
