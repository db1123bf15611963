"""The one ZIP file that a set of files gives (spec/dossier-v1.md section 2).

Stored, sorted, with fixed dates and modes, sizes written before the bytes: so the same files give the
same archive everywhere, and a reader can rebuild every header and compare.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from safeconduct.core.dossier.measuring import Chunks, Measured
from safeconduct.core.dossier.refusals import DossierRefused

BASE = "dossier/"
"""The bag's base directory."""
LARGEST_ARCHIVE = 2**32 - 1
"""Bytes; the format without 64-bit extensions ends there."""
MOST_MEMBERS = 65_534
_VERSION_NEEDED = 20
_MADE_BY = 3 << 8 | _VERSION_NEEDED
_MIDNIGHT = 0
_FIRST_OF_1980 = 1 << 5 | 1
_MODE = 0o100644 << 16

LOCAL = struct.Struct("<4sHHHHHIIIHH")
CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
END = struct.Struct("<4sHHHHIIH")
LOCAL_MARK, CENTRAL_MARK, END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive, named with the base directory."""

    name: str
    size: int
    crc32: int


def local_header(member: Member) -> bytes:
    """The bytes before a file's content."""
    name = member.name.encode("ascii")
    return (
        LOCAL.pack(
            LOCAL_MARK,
            _VERSION_NEEDED,
            0,
            0,
            _MIDNIGHT,
            _FIRST_OF_1980,
            member.crc32,
            member.size,
            member.size,
            len(name),
            0,
        )
        + name
    )


def directory(members: Sequence[Member]) -> bytes:
    """Everything after the last file's content. Raises DossierRefused when the archive would be too large."""
    entries, offset = [], 0
    for member in members:
        name = member.name.encode("ascii")
        if offset > LARGEST_ARCHIVE or member.size > LARGEST_ARCHIVE:
            raise DossierRefused("the files are larger than 4 GiB together")
        entries.append(
            CENTRAL.pack(
                CENTRAL_MARK,
                _MADE_BY,
                _VERSION_NEEDED,
                0,
                0,
                _MIDNIGHT,
                _FIRST_OF_1980,
                member.crc32,
                member.size,
                member.size,
                len(name),
                0,
                0,
                0,
                0,
                _MODE,
                offset,
            )
            + name
        )
        offset += LOCAL.size + len(name) + member.size
    listing = b"".join(entries)
    if offset + len(listing) + END.size > LARGEST_ARCHIVE or len(members) > MOST_MEMBERS:
        raise DossierRefused("the files are too many, or larger than 4 GiB together")
    count = len(members)
    return listing + END.pack(END_MARK, 0, 0, count, count, len(listing), offset, 0)


def write_archive(files: Iterable[tuple[str, Measured, Chunks]], stream: BinaryIO) -> None:
    """Write named files, in order of name, to a stream that need not be seekable.

    Memory stays that of one piece. Raises DossierRefused before the first byte when the files do not
    fit a ZIP, and while writing when a file is no longer what was measured.
    """
    ordered = sorted(files, key=lambda file: file[0])
    members = [Member(BASE + name, measured.size, measured.crc32) for name, measured, _ in ordered]
    ending = directory(members)
    for member, (name, measured, chunks) in zip(members, ordered, strict=True):
        stream.write(local_header(member))
        written = 0
        for piece in chunks():
            stream.write(piece)
            written += len(piece)
        if written != measured.size:
            raise DossierRefused(f"{name} changed while it was written")
    stream.write(ending)
