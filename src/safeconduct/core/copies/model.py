"""What a copy is made of, what it says about itself, and why none could be made."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from safeconduct.core.errors import SafeconductError


class Limit(IntEnum):
    """How much one file may ask for; beyond it stands a refusal or a note, never a wait."""

    FILE_BYTES = 120 * 1024**2
    PIXELS = 100_000_000
    """Of a picture as it is stored; a phone's largest setting has 50 to 200 million, which JPEG decodes reduced."""
    JPEG_PIXELS = 220_000_000
    FRAMES = 1
    PAGES = 200
    LONG_SIDE = 1_800
    """Pixels of the longer side of a page as it is shown."""
    PART_BYTES = 40 * 1024**2
    """Of one part of a packed file, unpacked."""
    UNPACKED_BYTES = 120 * 1024**2
    PARTS = 3_000
    WORDS = 400_000
    """Characters of a copy in words."""
    PICTURES_IN_DOCUMENT = 40


class Refusal(StrEnum):
    """Why there is no copy."""

    KIND = "kind"
    """No copy is made of this kind of file."""
    TOO_LARGE = "too-large"
    BROKEN = "broken"
    LOCKED = "locked"
    """Protected with a password."""
    PACKED = "packed"
    """Unpacks to more than anything honest does."""
    TOO_LONG = "too-long"
    """It took more time or memory than a copy may take."""


class CopyRefused(SafeconductError):
    """There is no safe copy; `reason` says why. The original stays as it is."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(f"no copy: {reason.value}")
        self.reason = reason


class Note(StrEnum):
    """What a copy leaves out."""

    FIRST_FRAME = "first-frame"
    """A moving picture: only its first frame is shown."""
    FIRST_PAGES = "first-pages"
    WORDS_ONLY = "words-only"
    """Words and pictures of an office file, without its layout."""
    WORDS_CUT = "words-cut"
    TURNED = "turned"
    """Shown upright, as the camera noted."""


@dataclass(frozen=True, repr=False)
class Page:
    """One page as a JPEG of `width` by `height` pixels, without any metadata."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True, repr=False)
class Copy:
    """Pages in their order, then the words of what has no pages; either may be empty."""

    pages: Sequence[Page] = ()
    words: str = ""
    notes: Sequence[Note] = field(default=())
    prints: Sequence[Sequence[str]] = ()
    """How the first pages look (copies.prints); filled where the copy is drawn in a process of its own."""
