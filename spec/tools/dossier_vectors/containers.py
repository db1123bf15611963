"""Containers that are not opened at all, and one that is whole but packed anew."""

import io
import struct
import warnings
import zipfile
from collections.abc import Iterator

from dossier_vectors.parts import DECLARATION, Made, Vector, packed

SMALL = {"bagit.txt": DECLARATION, "manifest.json": b"{}"}


def zipped(names: dict[str, bytes], **changes: object) -> bytes:
    """An archive by another program, with attributes of each entry changed."""
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w") as opened:
        warnings.simplefilter("ignore")
        for name, content in names.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.external_attr, info.create_system = 0o100644 << 16, 3
            for attribute, value in changes.items():
                setattr(info, attribute, value)
            opened.writestr(info, content)
    return stream.getvalue()


def put(package: bytes, at: int, form: str, value: int) -> bytes:
    """A number written over the bytes at an offset, which may count from the end."""
    changed = bytearray(package)
    struct.pack_into(form, changed, at % len(changed), value)
    return bytes(changed)


def central(package: bytes, number: int = 0) -> int:
    """Where the directory's entry of that number begins."""
    at = -1
    for _ in range(number + 1):
        at = package.index(b"PK\x01\x02", at + 1)
    return at


def refused() -> Iterator[Vector]:
    """One vector for each way in which a ZIP can harm or mislead."""
    plain = packed(SMALL)
    first = central(plain)
    name = b"dossier/bagit.txt"
    local = plain.index(name)
    doubled = zipped({"dossier/bagit.txt": DECLARATION, "dossier/BAGIT.txt": DECLARATION})
    with_gap = put(put(plain[:first] + b"hidden!!" + plain[first:], -6, "<I", first + 8), -6, "<I", first + 8)
    deflated = zipped({"dossier/bagit.txt": b"\x00" * 5000}, compress_type=zipfile.ZIP_DEFLATED)
    for word, title, why, body in (
        ("not-zip", "empty", "Nothing.", b""),
        ("not-zip", "letter", "A letter.", b"%PDF-1.7 a letter"),
        ("not-zip", "cut", "Cut before its end record.", plain[:-23]),
        ("damaged", "cut-end", "Cut inside its end record.", plain[:-3]),
        ("bytes-after", "after", "A byte follows.", plain + b"\x00"),
        ("bytes-after", "comment", "A comment follows.", put(plain, -2, "<H", 5) + b"hello"),
        ("split", "disk", "The second of two disks.", put(plain, -18, "<H", 1)),
        ("64-bit", "zip64", "A directory beyond 32 bits.", put(plain, -6, "<I", 0xFFFFFFFF)),
        ("hidden-bytes", "before", "Bytes before the first file.", b"#!/bin/sh\n" + plain),
        ("hidden-bytes", "gap", "Bytes between the files and the directory.", with_gap),
        ("two-names", "overlap", "Two files in one place.", put(plain, central(plain, 1) + 42, "<I", 0)),
        ("too-many", "count", "20,001 files.", put(put(plain, -14, "<H", 20_001), -12, "<H", 20_001)),
        (
            "bomb",
            "ratio",
            "A file that claims to unpack to implausibly much.",
            put(deflated, central(deflated) + 24, "<I", 10**9),
        ),
        ("unsafe-name", "upward", "A name that leads upwards.", zipped({"dossier/../../passwd": b"x"})),
        ("unsafe-name", "absolute", "An absolute name.", zipped({"/dossier/bagit.txt": b"x"})),
        ("unsafe-name", "cyrillic", "A letter that only looks Latin.", zipped({"dossier/bаgit.txt": b"x"})),
        ("unsafe-name", "empty-part", "Two slashes.", zipped({"dossier//bagit.txt": b"x"})),
        (
            "two-names",
            "other-name",
            "Another name before the content.",
            plain[:local] + b"dossier/bagit.xxx" + plain[local + 17 :],
        ),
        ("two-names", "stored-sizes", "A stored file of two sizes.", put(plain, first + 24, "<I", 3)),
        ("duplicate-name", "capitals", "Two names that differ in capitals.", doubled),
        ("duplicate-name", "twice", "The same name twice.", put_name(doubled)),
        ("encrypted", "flag", "An encrypted file.", put(put(plain, first + 8, "<H", 1), 6, "<H", 1)),
        ("unknown-method", "method", "A file packed by an unknown method.", put(put(plain, first + 10, "<H", 12), 8, "<H", 12)),
        ("special-file", "link", "A symbolic link.", zipped({"dossier/bagit.txt": b"/etc/passwd"}, external_attr=0o120777 << 16)),
    ):
        yield Vector(f"container-{title}", "readable", why, body, lines={"findings": "readable:unsafe", "hazard": word})
    no_bag = zipped({"dossier/readme.txt": b"hello"})
    yield Vector("container-no-bag", "readable", "A ZIP without a bag.", no_bag, lines={"findings": "readable:not-a-bag"})


def put_name(doubled: bytes) -> bytes:
    """The second of two names made the same as the first, in both places."""
    return doubled.replace(b"dossier/BAGIT.txt", b"dossier/bagit.txt")


def packed_anew() -> Iterator[tuple[str, str, bytes]]:
    """The true dossier in other containers."""
    files = {f"dossier/{path}": content for path, content in sorted(Made().files().items())}
    yield "deflated", "Deflated.", zipped(files, compress_type=zipfile.ZIP_DEFLATED)
    yield "reordered", "In another order.", zipped(dict(reversed(files.items())))
    yield "dated", "With today's date.", zipped(files, date_time=(2026, 11, 22, 9, 0, 0))
    yield "renamed", "In another folder.", zipped({name.replace("dossier/", "other/", 1): each for name, each in files.items()})
    yield "no-folder", "Without its folder.", zipped({name.removeprefix("dossier/"): each for name, each in files.items()})
