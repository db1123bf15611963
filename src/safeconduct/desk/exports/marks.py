"""The mark of one export: a code that can be read in every file, and a quiet one in its texts, at the ends of lines."""

import hashlib

_BITS = 24
_LABEL = "—"


def shown(mark: str) -> str:
    """The code as it stands in files: groups of four."""
    return "-".join(mark[start : start + 4] for start in range(0, len(mark), 4)).upper()


def marked(text: str, mark: str) -> str:
    """A text that bears the mark: its code at the end, and spaces at the ends of lines that follow from it."""
    lines = [*text.rstrip("\n").split("\n"), "", f"{_LABEL} {shown(mark)}"]
    return "".join(
        line.rstrip(" ") + (" " if bit else "") + "\n" for line, bit in zip(lines, _bits(mark, len(lines)), strict=True)
    )


def bears(text: str, mark: str) -> bool:
    """Whether a found text bears a mark: by its code, or by all of 24 lines or more before the last two."""
    if shown(mark) in text:
        return True
    lines = text.rstrip("\n").split("\n")[:-2]
    return len(lines) >= _BITS and [line.endswith(" ") for line in lines] == _bits(mark, len(lines))


def _bits(mark: str, count: int) -> list[bool]:
    digest = int.from_bytes(hashlib.sha256(mark.encode()).digest()[: _BITS // 8])
    return [bool(digest >> (number % _BITS) & 1) for number in range(count)]
