"""Captures of web pages: WARC files and WACZ packages, opened, verified and told, without running or writing anything of them.

    capture, shown = open_capture("application/wacz", content)

Sources: ISO 28500:2017 (WARC 1.1); Web Archive Collection Zipped (WACZ) 1.1.1, its `datapackage.json`, `datapackage-digest.json`
and `pages.jsonl`. Both are bytes of somebody unknown: run this where nothing can be opened and little can be used up
(safeconduct.copyist).
"""

from collections.abc import Callable

from safeconduct.core.captures.model import Capture, Digest, Finding, PageLine, Problem, RecordLine
from safeconduct.core.captures.showing import Gallery
from safeconduct.core.captures.wacz import read_wacz
from safeconduct.core.captures.warc import read_warc
from safeconduct.core.copies import Copy, CopyRefused, Limit, Refusal

WACZ, WARC, WARC_PACKED = "application/wacz", "application/warc", "application/warc+gzip"
KINDS = frozenset({WACZ, WARC, WARC_PACKED})

__all__ = [
    "KINDS",
    "WACZ",
    "WARC",
    "WARC_PACKED",
    "Capture",
    "Digest",
    "Finding",
    "PageLine",
    "Problem",
    "RecordLine",
    "open_capture",
]

_READERS: dict[str, Callable[[bytes, Gallery], Capture]] = {WACZ: read_wacz, WARC: read_warc, WARC_PACKED: read_warc}


def open_capture(kind: str, content: bytes) -> tuple[Capture, Copy]:
    """What a capture says and whether it holds, and what can be shown of it: its pictures drawn again, its pages as words.

    Raises CopyRefused for another kind, what is larger or unpacks to more than is allowed, names that lead out of the package,
    and what is none.
    """
    if kind not in KINDS:
        raise CopyRefused(Refusal.KIND)
    if len(content) > Limit.FILE_BYTES:
        raise CopyRefused(Refusal.TOO_LARGE)
    gallery = Gallery()
    return _READERS[kind](content, gallery), gallery.copy()
