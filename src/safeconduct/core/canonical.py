"""The one byte encoding for whatever is hashed or signed.

Two forms: canonical JSON for structures (sorted keys, no floats, no insignificant space, UTF-8)
and length-prefixed frames for lists of byte strings.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from safeconduct.core.errors import UnreadableInput

Value: TypeAlias = "bool | int | str | Sequence[Value] | Mapping[str, Value] | None"

# Integers beyond this are not exact in every reader (IEEE 754 doubles).
LARGEST_INTEGER = 2**53 - 1


class NotCanonical(UnreadableInput):
    """The bytes decode, but are not the one encoding of what they say; or hold what has none."""


def encode(value: Value) -> bytes:
    """The canonical JSON bytes of a value.

    Keys are sorted by code point. Raises NotCanonical for floats, integers beyond 2^53 - 1,
    lone surrogates and keys that are not strings.
    """
    _require_encodable(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise NotCanonical("a text holds a lone surrogate") from None


def decode(encoded: bytes) -> Value:
    """The value of canonical JSON bytes; NotCanonical when they are not exactly what `encode` gives."""
    try:
        value: Value = json.loads(encoded.decode())
        again = encode(value)
    except (ValueError, RecursionError):
        # ValueError covers bad UTF-8, bad JSON and numbers of thousands of digits.
        raise NotCanonical("not JSON in UTF-8, or nested too deeply") from None
    if again != encoded:
        raise NotCanonical("JSON, but not in its canonical form")
    return value


def frame(parts: Iterable[bytes]) -> bytes:
    """Each part behind its length as four bytes, big-endian: no two lists of parts give the same bytes."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _require_encodable(value: Value) -> None:
    if value is None or isinstance(value, bool | str):
        return
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise NotCanonical("an integer is too large to be exact everywhere")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise NotCanonical("a key is not text")
            _require_encodable(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _require_encodable(item)
    else:
        raise NotCanonical(f"a {type(value).__name__} has no canonical form")
