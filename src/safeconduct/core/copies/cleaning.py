"""The same file without what it tells about its maker: place, camera, author, history. Pixels and pages are not touched."""

import io
import struct
import zlib
from collections.abc import Iterator

import pikepdf
from PIL import Image

from safeconduct.core.copies.model import CopyRefused, Limit, Refusal

CLEANABLE = frozenset({"image/jpeg", "image/png", "image/webp", "application/pdf", "text/plain"})
"""Media types that can leave; of any other kind only a safe copy can."""
_ORIENTATION = 0x0112
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"cHRM", b"sBIT", b"bKGD", b"pHYs"})
# Start of image, end of image, restarts and the odd one without a length.
_JPEG_BARE = frozenset({0xD8, 0xD9, 0x01, *range(0xD0, 0xD8)})
# What a catalogue needs to draw pages and to read them aloud; names, actions, forms and attachments hang on other keys.
_PDF_ROOT_KEPT = frozenset(
    {"/Type", "/Version", "/Pages", "/PageLabels", "/StructTreeRoot", "/MarkInfo", "/Lang", "/OCProperties", "/OutputIntents"}
)
_PDF_KEYS = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AF", "/AA")


def cleaned(kind: str, content: bytes) -> bytes:
    """The file without metadata; a picture that has to be turned stays turned.

    Raises CopyRefused for other kinds and for broken files.
    """
    if kind not in CLEANABLE:
        raise CopyRefused(Refusal.KIND)
    if len(content) > Limit.FILE_BYTES:
        raise CopyRefused(Refusal.TOO_LARGE)
    try:
        return _CLEANERS[kind](content)
    except (struct.error, IndexError, ValueError, OSError, pikepdf.PdfError, SyntaxError) as error:
        raise CopyRefused(Refusal.BROKEN) from error


def _clean_jpeg(content: bytes) -> bytes:
    if not content.startswith(b"\xff\xd8"):
        raise CopyRefused(Refusal.BROKEN)
    kept = [b"\xff\xd8", *_only_orientation("JPEG", content)]
    at = 2
    while at < len(content):
        if content[at] != 0xFF:
            raise CopyRefused(Refusal.BROKEN)
        marker = content[at + 1]
        if marker == 0xFF:  # Fill bytes may stand before a marker.
            at += 1
            continue
        if marker == 0xD9:
            break
        if marker in _JPEG_BARE:
            at += 2
            continue
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise CopyRefused(Refusal.BROKEN)
        # Of the application segments only Adobe's colour transform is needed to draw the picture; comments are not.
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or content[at + 4 : at + 9] == b"Adobe":
            kept.append(content[at:end])
        at = end
        if marker == 0xDA:
            at = _end_of_scan(content, at)
            kept.append(content[end:at])
    # What stands behind the end of the picture (thumbnails, film, other files) is left out.
    return b"".join([*kept, b"\xff\xd9"])


def _end_of_scan(content: bytes, at: int) -> int:
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise CopyRefused(Refusal.BROKEN)
        if content[at + 1] == 0 or 0xD0 <= content[at + 1] <= 0xD7:
            at += 2
            continue
        return at


def _only_orientation(form: str, content: bytes) -> Iterator[bytes]:
    """An Exif segment that says how the picture is to be turned, and nothing else."""
    with Image.open(io.BytesIO(content), formats=[form]) as image:
        turned = image.getexif().get(_ORIENTATION, 1)
    if isinstance(turned, int) and 2 <= turned <= 8:
        tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
        segment = b"Exif\x00\x00" + tiff
        yield b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment


def _clean_png(content: bytes) -> bytes:
    signature = b"\x89PNG\r\n\x1a\n"
    if not content.startswith(signature):
        raise CopyRefused(Refusal.BROKEN)
    kept, at = [signature], len(signature)
    while True:
        length, name = struct.unpack(">I4s", content[at : at + 8])
        end = at + 12 + length
        if end > len(content) or zlib.crc32(content[at + 4 : end - 4]) != struct.unpack(">I", content[end - 4 : end])[0]:
            raise CopyRefused(Refusal.BROKEN)
        if name in _PNG_KEPT:
            kept.append(content[at:end])
        at = end
        if name == b"IEND":
            return b"".join(kept)


def _clean_webp(content: bytes) -> bytes:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        raise CopyRefused(Refusal.BROKEN)
    end = 8 + struct.unpack("<I", content[4:8])[0]
    kept, at = bytearray(b"WEBP"), 12
    while at + 8 <= min(end, len(content)):
        name, length = struct.unpack("<4sI", content[at : at + 8])
        stop = at + 8 + length + length % 2
        if at + 8 + length > len(content):
            raise CopyRefused(Refusal.BROKEN)
        chunk = bytearray(content[at:stop])
        if name == b"VP8X":
            chunk[8] &= 0b11110011 & 0xFF  # There is no Exif (bit 3) and no XMP (bit 2) any more.
        if name not in (b"EXIF", b"XMP "):
            kept += chunk
        at = stop
    return b"RIFF" + struct.pack("<I", len(kept)) + bytes(kept)


def _clean_pdf(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as document:
        del document.docinfo
        root = document.Root
        for key in list(root.keys()):
            if key not in _PDF_ROOT_KEPT:
                del root[key]
        for each in document.objects:
            if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
                # Links and other marks on a page may act when they are touched.
                for key in (*_PDF_KEYS, "/A") if "/Rect" in each else _PDF_KEYS:
                    if key in each:
                        del each[key]
        out = io.BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _clean_text(content: bytes) -> bytes:
    return content


_CLEANERS = {
    "image/jpeg": _clean_jpeg,
    "image/png": _clean_png,
    "image/webp": _clean_webp,
    "application/pdf": _clean_pdf,
    "text/plain": _clean_text,
}
