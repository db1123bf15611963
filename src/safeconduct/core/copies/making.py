"""From a kind of file to the way in which it is copied."""

from safeconduct.core.copies.model import Copy, CopyRefused, Limit, Refusal
from safeconduct.core.copies.papers import PAPERS, copy_of_paper
from safeconduct.core.copies.pictures import PICTURES, copy_of_picture
from safeconduct.core.copies.words import WORDS, copy_of_words

COPYABLE = PICTURES | PAPERS | WORDS
"""Media types of which a copy can be made; sound and film have none."""


def make_copy(kind: str, content: bytes) -> Copy:
    """A safe copy of a file of a media type that was recognised by its content.

    Raises CopyRefused, with the reason, where there is none to be had.
    """
    if kind not in COPYABLE:
        raise CopyRefused(Refusal.KIND)
    if len(content) > Limit.FILE_BYTES:
        raise CopyRefused(Refusal.TOO_LARGE)
    if kind in PICTURES:
        return copy_of_picture(kind, content)
    if kind in PAPERS:
        return copy_of_paper(content)
    return copy_of_words(kind, content)
