"""Reading lists in tests."""

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from safeconduct.core.watchlists import HEAD_BYTES, Format, Listed, Source, read, recognise

LISTS = Path(__file__).parent / "lists"
TODAY = date(2026, 11, 22)


def sample(name: str) -> bytes:
    """The bytes of a sample."""
    return (LISTS / name).read_bytes()


def source_of(content: bytes, name: str = "list") -> Source:
    """A source over bytes."""
    return Source(name, io.BytesIO(content), TODAY, "tested")


def entries_of(content: bytes, beside: Mapping[Format, bytes] | None = None, name: str = "list") -> tuple[list[Listed], Source]:
    """Everything that is read from bytes, and the source with what it gathered."""
    source = source_of(content, name)
    others = {form: source_of(other, form.value[0]) for form, other in (beside or {}).items()}
    return list(read(recognise(name, content[:HEAD_BYTES]), source, others)), source
