"""What Hypothesis draws for the sealing tests, and the cutting and flipping of sealed bytes."""

from collections.abc import Sequence

from hypothesis import strategies as st

from safeconduct.core.sealing import CaseKey, Context, KeyringKey, SectionKey, SessionSecret

secrets = st.binary(min_size=32, max_size=32)
record_keys = st.builds(
    lambda key_type, content: key_type(content),
    st.sampled_from([CaseKey, SectionKey, KeyringKey, SessionSecret]),
    secrets,
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
names = texts.filter(bool)
contexts = st.builds(Context, names, names, texts, texts, st.integers(0, 2**53 - 1))
# Around every step of padding, and around the size from which records are read another way.
contents = st.one_of(
    st.binary(max_size=600),
    st.builds(lambda size, byte: bytes([byte]) * size, st.integers(16_000, 17_000), st.integers(0, 255)),
)


def with_bit_flipped(sealed: bytes, bit: int) -> bytes:
    changed = bytearray(sealed)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def with_part_of(sealed: bytes, other: bytes, part: slice) -> bytes:
    """The sealed bytes with one part taken from other sealed bytes."""
    start, stop, _ = part.indices(len(sealed))
    return sealed[:start] + other[part] + sealed[stop:]


def swapped(sealed: bytes, other: bytes, parts: Sequence[slice]) -> list[bytes]:
    """Every way to take one part from the other that changes the bytes."""
    mixed = [with_part_of(sealed, other, part) for part in parts]
    return [changed for changed in mixed if changed not in (sealed, other)]
