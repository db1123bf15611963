"""Safe copies: what somebody sent, drawn again from its pixels and words alone, so that nothing active reaches a reader.

`make_copy` gives pictures (JPEG) and plain words; `cleaned` gives the same file without what it tells about its maker.
Both parse hostile bytes: run them where nothing can be opened and little can be used up (safeconduct.copyist).
"""

from safeconduct.core.copies.cleaning import CLEANABLE, cleaned
from safeconduct.core.copies.hints import HINTED, device_hints
from safeconduct.core.copies.making import COPYABLE, make_copy
from safeconduct.core.copies.model import Copy, CopyRefused, Limit, Note, Page, Refusal
from safeconduct.core.copies.pictures import for_print
from safeconduct.core.copies.prints import are_alike, print_of

__all__ = [
    "CLEANABLE",
    "COPYABLE",
    "HINTED",
    "Copy",
    "CopyRefused",
    "Limit",
    "Note",
    "Page",
    "Refusal",
    "are_alike",
    "cleaned",
    "device_hints",
    "for_print",
    "make_copy",
    "print_of",
]
