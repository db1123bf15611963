"""Pieces of evidence made for the demonstration: a drawn summons and a typed letter, plainly marked as invented."""

import hashlib
import struct
import zlib

from safeconduct.desk.vault.files import SealingStream
from safeconduct.desk.vault.uploads import SealedUpload

LETTER = (
    b"RAPORT (specimen, personne fictive)\n\n"
    b"Au commandant de la compagnie de transport\n"
    b"Le 10 janvier 2023\n\n"
    b"Je refuse de prendre part aux actions de combat pour des raisons de conscience\n"
    b"et je demande a etre releve de mes fonctions.\n"
)


def drawn_page(width: int = 420, height: int = 594) -> bytes:
    """A grey page with lines and a round stamp, as PNG."""
    rows = []
    for y in range(height):
        row = bytearray([248] * (width * 3))
        if 80 < y < height - 120 and y % 22 < 2:
            row[120 : (width - 40) * 3] = bytes([120] * ((width - 40) * 3 - 120))
        _stamp(row, y, width, height)
        rows.append(b"\0" + bytes(row))
    content = zlib.compress(b"".join(rows), 9)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", content) + _chunk(b"IEND", b"")


def arrived(name: str, content: bytes) -> SealedUpload:
    """Content as if it had just been uploaded: sealed in the home, its key in memory."""
    stream = SealingStream()
    stream.write(content)
    stream.close_sealed()
    return SealedUpload(
        file_id=stream.file_id,
        key=stream.key,
        name=name,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        head=content[:4096],
    )


def _stamp(row: bytearray, y: int, width: int, height: int) -> None:
    across, down = width - 110, height - 90
    for x in range(across - 50, across + 50):
        distance = (x - across) ** 2 + (y - down) ** 2
        if 42**2 < distance < 47**2 or 30**2 < distance < 32**2:
            row[x * 3 : x * 3 + 3] = bytes((70, 80, 150))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
