"""Reading a ZIP file that a stranger may have made: everything is checked before anything is unpacked.

Deflated members are read as well as stored ones, so that a package that was packed anew can still be examined.
"""

import re
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from safeconduct.core.dossier import archive
from safeconduct.core.dossier.refusals import ArchiveUnsafe, Hazard, MemberUnreadable

MOST_MEMBERS = 20_000
LARGEST_TOTAL = 2**32
"""Bytes, unpacked."""
LARGEST_RATIO = 1_100
"""Deflate reaches at most about 1,032 to 1; more is a lie in the headers."""
_PIECE = 1 << 20
_ENCRYPTED, _LATER_SIZES = 0x0001, 0x0008
_STORED, _DEFLATED = 0, 8
_NAME = re.compile(r"[A-Za-z0-9._/-]{1,200}")
_SIXTY_FOUR_BIT = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Packed:
    """One file as the archive's directory lists it."""

    name: str
    """With the base directory."""
    method: int
    flags: int
    crc32: int
    packed_size: int
    size: int
    start: int
    """Offset of the local header."""
    content: int
    """Offset of the packed bytes."""
    mode: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A safe archive: its files, and whether its bytes are exactly those that the files give."""

    stream: BinaryIO
    members: tuple[Packed, ...]
    is_as_written: bool

    def pieces(self, member: Packed) -> Iterator[bytes]:
        """The unpacked bytes. MemberUnreadable when they do not end at the size that was declared."""
        unpacked = 0
        for piece in self._unpacked(member):
            unpacked += len(piece)
            if unpacked > member.size:
                raise MemberUnreadable(f"{member.name} unpacks to more than it declares")
            yield piece
        if unpacked != member.size:
            raise MemberUnreadable(f"{member.name} unpacks to less than it declares")

    def read(self, member: Packed, *, limit: int) -> bytes:
        """The whole of a small file. MemberUnreadable when it is larger than `limit` bytes."""
        if member.size > limit:
            raise MemberUnreadable(f"{member.name} is larger than such a file can be")
        return b"".join(self.pieces(member))

    def _packed(self, member: Packed) -> Iterator[bytes]:
        position, end = member.content, member.content + member.packed_size
        while position < end:
            # The stream is shared, so its position is set anew for every piece.
            self.stream.seek(position)
            piece = self.stream.read(min(end - position, _PIECE))
            if not piece:
                raise MemberUnreadable(f"{member.name} is cut short")
            position += len(piece)
            yield piece

    def _unpacked(self, member: Packed) -> Iterator[bytes]:
        if member.method == _STORED:
            yield from self._packed(member)
            return
        inflater = zlib.decompressobj(-15)
        try:
            for piece in self._packed(member):
                while piece:
                    yield inflater.decompress(piece, _PIECE)
                    piece = inflater.unconsumed_tail
            yield inflater.flush()
        except zlib.error:
            raise MemberUnreadable(f"{member.name} does not unpack") from None
        if not inflater.eof or inflater.unused_data:
            raise MemberUnreadable(f"{member.name} does not end where it should")


def open_archive(stream: BinaryIO, *, largest: int = LARGEST_TOTAL) -> Opened:
    """Check the whole structure of a ZIP in a seekable stream; `largest` in bytes, unpacked.

    Raises ArchiveUnsafe, naming the hazard.
    """
    total = stream.seek(0, 2)
    listing, count, listing_start = _end(stream, total)
    members = tuple(_members(stream, listing, count))
    _require_sane(members, largest)
    _require_contiguous(members, listing_start)
    return Opened(stream, members, _is_as_written(stream, members, listing_start))


def _end(stream: BinaryIO, total: int) -> tuple[bytes, int, int]:
    """The directory's bytes, how many entries it claims, and where it begins."""
    window = _at(stream, max(0, total - archive.END.size - 65_535), total)
    if len(window) < archive.END.size or archive.END_MARK not in window:
        raise ArchiveUnsafe(Hazard.NOT_ZIP)
    if window.rindex(archive.END_MARK) > len(window) - archive.END.size:
        raise ArchiveUnsafe(Hazard.DAMAGED)
    ending = window[-archive.END.size :]
    mark, disk, first_disk, here, count, size, start, comment = archive.END.unpack(ending)
    if mark != archive.END_MARK or comment:
        raise ArchiveUnsafe(Hazard.BYTES_AFTER)
    if disk or first_disk or here != count:
        raise ArchiveUnsafe(Hazard.SPLIT)
    if _SIXTY_FOUR_BIT in (size, start) or count == 0xFFFF:
        raise ArchiveUnsafe(Hazard.SIXTY_FOUR_BIT)
    if start + size + archive.END.size != total:
        raise ArchiveUnsafe(Hazard.HIDDEN_BYTES)
    if count > MOST_MEMBERS:
        raise ArchiveUnsafe(Hazard.TOO_MANY)
    return _at(stream, start, start + size), count, start


def _members(stream: BinaryIO, listing: bytes, count: int) -> Iterator[Packed]:
    at = 0
    for _ in range(count):
        fields = listing[at : at + archive.CENTRAL.size]
        if len(fields) < archive.CENTRAL.size or not fields.startswith(archive.CENTRAL_MARK):
            raise ArchiveUnsafe(Hazard.DAMAGED)
        unpacked = archive.CENTRAL.unpack(fields)
        flags, method, crc32 = unpacked[3], unpacked[4], unpacked[7]
        packed_size, size, name_length, extra, comment = unpacked[8:13]
        outside, start = unpacked[15], unpacked[16]
        at += archive.CENTRAL.size
        name = _name(listing[at : at + name_length])
        at += name_length + extra + comment
        content = _content_start(stream, start, name, flags, method)
        yield Packed(name, method, flags, crc32, packed_size, size, start, content, outside >> 16)
    if at != len(listing):
        raise ArchiveUnsafe(Hazard.HIDDEN_BYTES)


def _name(encoded: bytes) -> str:
    """A name that is safe to look at: plain characters, relative, without upward steps."""
    name = encoded.decode("ascii", "replace")
    if not _NAME.fullmatch(name):
        raise ArchiveUnsafe(Hazard.UNSAFE_NAME)
    parts = name.removesuffix("/").split("/")
    if any(part in ("", ".", "..") for part in parts):
        raise ArchiveUnsafe(Hazard.UNSAFE_NAME)
    return name


def _content_start(stream: BinaryIO, start: int, name: str, flags: int, method: int) -> int:
    fields = _at(stream, start, start + archive.LOCAL.size)
    if len(fields) < archive.LOCAL.size or not fields.startswith(archive.LOCAL_MARK):
        raise ArchiveUnsafe(Hazard.DAMAGED)
    _, _, *own, _, _, _, _, _, name_length, extra_length = archive.LOCAL.unpack(fields)
    name_start = start + archive.LOCAL.size
    name_end = name_start + int(name_length)
    if _at(stream, name_start, name_end) != name.encode() or own != [flags, method]:
        raise ArchiveUnsafe(Hazard.TWO_NAMES)
    return name_end + int(extra_length)


def _require_sane(members: tuple[Packed, ...], largest: int) -> None:
    seen: set[str] = set()
    for member in members:
        if member.name.casefold() in seen:
            raise ArchiveUnsafe(Hazard.DUPLICATE_NAME)
        seen.add(member.name.casefold())
        if member.flags & _ENCRYPTED:
            raise ArchiveUnsafe(Hazard.ENCRYPTED)
        if member.method not in (_STORED, _DEFLATED):
            raise ArchiveUnsafe(Hazard.UNKNOWN_METHOD)
        if stat.S_IFMT(member.mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise ArchiveUnsafe(Hazard.SPECIAL_FILE)
        if member.size > LARGEST_RATIO * max(member.packed_size, 1):
            raise ArchiveUnsafe(Hazard.BOMB)
        if member.method == _STORED and member.size != member.packed_size:
            raise ArchiveUnsafe(Hazard.TWO_NAMES)
    if sum(member.size for member in members) > largest:
        raise ArchiveUnsafe(Hazard.TOO_LARGE)


def _require_contiguous(members: tuple[Packed, ...], listing_start: int) -> None:
    """No file overlaps another, and no bytes lie between them but a late note of sizes where one is announced."""
    at = 0
    for member in sorted(members, key=lambda each: each.start):
        if member.start != at:
            raise ArchiveUnsafe(Hazard.HIDDEN_BYTES)
        at = member.content + member.packed_size
        if member.flags & _LATER_SIZES:
            at = _after_late_sizes(members, at, listing_start)
    if at != listing_start:
        raise ArchiveUnsafe(Hazard.HIDDEN_BYTES)


def _after_late_sizes(members: tuple[Packed, ...], at: int, listing_start: int) -> int:
    starts = {member.start for member in members} | {listing_start}
    for length in (12, 16):
        if at + length in starts:
            return at + length
    return at


def _is_as_written(stream: BinaryIO, members: tuple[Packed, ...], listing_start: int) -> bool:
    """Whether every byte outside the files' contents is the one that the files give."""
    plain = [archive.Member(member.name, member.size, member.crc32) for member in members]
    if plain != sorted(plain, key=lambda each: each.name):
        return False
    for member, packed in zip(plain, members, strict=True):
        if _at(stream, packed.start, packed.content) != archive.local_header(member):
            return False
    end = stream.seek(0, 2)
    return _at(stream, listing_start, end) == archive.directory(plain)


def _at(stream: BinaryIO, start: int, end: int) -> bytes:
    stream.seek(start)
    return stream.read(end - start)
