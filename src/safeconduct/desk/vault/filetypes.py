"""Types by content, never by name: an allow-list of signatures, everything else is refused."""

import re
import zlib

from safeconduct.desk.vault.errors import UploadRefused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
WACZ, WARC, WARC_PACKED = "application/wacz", "application/warc", "application/warc+gzip"
_PACKED = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"GIF87a", 0, "image/gif"),
    (b"GIF89a", 0, "image/gif"),
    (b"WEBPVP8", 8, "image/webp"),
    (b"ftypheic", 4, "image/heic"),
    (b"ftypheix", 4, "image/heic"),
    (b"ftypmif1", 4, "image/heic"),
    (b"ftypavif", 4, "image/avif"),
    (b"%PDF-", 0, "application/pdf"),
    (b"OggS", 0, "audio/ogg"),
    (b"ID3", 0, "audio/mpeg"),
    (b"\xff\xfb", 0, "audio/mpeg"),
    (b"\xff\xf3", 0, "audio/mpeg"),
    (b"#!AMR", 0, "audio/amr"),
    (b"ftypM4A", 4, "audio/mp4"),
    (b"fLaC", 0, "audio/flac"),
    (b"WAVE", 8, "audio/wav"),
    (b"ftyp", 4, "video/mp4"),
    (b"\x1aE\xdf\xa3", 0, "video/webm"),
    (_PACKED, 0, "application/zip"),
    (b"WARC/", 0, WARC),
)
# Names of parts, or the stored media type, that stand near the beginning of a packed document.
_DOCUMENTS = (
    (b"mimetype" + ODT.encode(), ODT),
    (b"mimetype" + ODS.encode(), ODS),
    (b"word/", DOCX),
    (b"xl/", XLSX),
)
_WACZ_PART = re.compile(rb"datapackage\.json|archive/[^/\0]{1,200}\.warc|pages/pages\.jsonl")
TEXT = "text/plain"
EXTENSIONS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/heic": "heic",
    "image/avif": "avif",
    "application/pdf": "pdf",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/flac": "flac",
    "audio/wav": "wav",
    "audio/amr": "amr",
    "audio/mp4": "m4a",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "application/zip": "zip",
    DOCX: "docx",
    XLSX: "xlsx",
    ODT: "odt",
    ODS: "ods",
    WACZ: "wacz",
    WARC: "warc",
    WARC_PACKED: "warc.gz",
    TEXT: "txt",
}


def recognise(head: bytes) -> str:
    """The media type of a file by its first bytes. Raises UploadRefused for what is not on the list."""
    for signature, offset, kind in _SIGNATURES:
        if head[offset : offset + len(signature)] == signature:
            return _document(head) if signature == _PACKED else kind
    if head.startswith(_GZIP) and _begins_a_warc(head):
        return WARC_PACKED
    if head and _is_text(head):
        return TEXT
    raise UploadRefused("not an accepted type of file")


def _begins_a_warc(head: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(head, 5) == b"WARC/"
    except zlib.error:
        return False


def _document(head: bytes) -> str:
    if _WACZ_PART.search(head):
        return WACZ
    return next((kind for mark, kind in _DOCUMENTS if mark in head), "application/zip")


def _is_text(head: bytes) -> bool:
    if any(byte < 0x20 and byte not in b"\t\n\r\f" for byte in head):
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        # A character may be cut at the end of the head.
        return error.start >= len(head) - 3
    return True
