"""Fixed bytes where the product takes random ones, and the form of a vector file."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

LINE = 96
LARGEST_INLINE = 256


def fixed(label: str, size: int = 32) -> bytes:
    """The bytes of this label: SHAKE256 of the label after a fixed prefix."""
    return hashlib.shake_256(b"safeconduct sealing vectors v1/" + label.encode()).digest(size)


@dataclass(frozen=True)
class Vector:
    """One file: its name, what must come of it, why, which entry point reads it, and what it is given."""

    name: str
    expect: str
    why: str
    kind: str
    body: bytes
    inputs: Mapping[str, str] = field(default_factory=dict)

    def encode(self) -> bytes:
        """Header lines, an empty line, the bytes as lines of hexadecimal."""
        lines = {"expect": self.expect, "why": self.why, "kind": self.kind, **self.inputs}
        for name, value in lines.items():
            if not value or "\n" in value:
                raise ValueError(f"{self.name}: {name} has no value on one line")
        head = "".join(f"{name}: {value}\n" for name, value in lines.items())
        digits = self.body.hex()
        rows = [digits[start : start + LINE] for start in range(0, len(digits), LINE)]
        return (head + "\n" + "".join(f"{row}\n" for row in rows)).encode()


def plaintext_line(plaintext: bytes) -> dict[str, str]:
    """The expected plaintext as a header line: its bytes, or their digest when there are many."""
    if 0 < len(plaintext) <= LARGEST_INLINE:
        return {"plaintext": plaintext.hex()}
    return {"plaintext-sha256": hashlib.sha256(plaintext).hexdigest()}


def flipped(content: bytes, position: int, mask: int = 1) -> bytes:
    """The bytes with one of them changed."""
    changed = bytearray(content)
    changed[position] ^= mask
    return bytes(changed)


def replaced(content: bytes, position: int, piece: bytes) -> bytes:
    """The bytes with a piece of them overwritten."""
    end = position + len(piece) if position >= 0 else len(content) + position + len(piece)
    start = end - len(piece)
    return content[:start] + piece + content[end:]
