"""Vectors of sealing public keys and of derivations."""

from collections.abc import Iterator

from safeconduct.core.sealing import (
    CaseKey,
    Receipt,
    ReceiptSalt,
    RecoveryKey,
    SealingPrivateKey,
    SectionKey,
    receipt_pair,
)
from sealing_vectors.fixed import Vector, fixed, replaced

PRIME = 2**255 - 19
READER = SealingPrivateKey(fixed("reader's seed"))
X25519 = 1186
SMALL_ORDER = (
    ("zero", "The share 0.", 0),
    ("one", "The share 1.", 1),
    ("order-8", "A share of order 8.", 325606250916557431795983626356110631294008115727848805560023387167927233504),
    (
        "order-8-other",
        "Another share of order 8.",
        39382357235489614581723060781553021112529911719440698176882885853963445705823,
    ),
    ("minus-one", "The prime less one.", PRIME - 1),
    ("prime", "Not reduced: the prime.", PRIME),
    ("prime-one", "Not reduced: the prime and one.", PRIME + 1),
    ("largest", "Not reduced: the largest of 255 bits.", 2**255 - 1),
)


def sealing_public_keys() -> Iterator[Vector]:
    """Public keys that may be sealed to, and some that may not."""
    encoded = READER.public_key().encode()
    inputs = {"private": READER.secret_bytes().hex()}
    yield Vector("sealing-key-plain", "success", "The public half of a seed.", "sealing-public-key", encoded, inputs)
    own = int.from_bytes(encoded[X25519:], "little") | 1 << 255
    for name, stage, why, changed in (
        ("nothing", "length", "No bytes at all.", b""),
        ("cut", "length", "The last byte is missing.", encoded[:-1]),
        ("extended", "length", "One byte follows.", encoded + b"\x00"),
        ("lattice-alone", "length", "Only the ML-KEM key.", encoded[:X25519]),
        ("x25519-alone", "length", "Only the X25519 key.", encoded[:2] + encoded[X25519:]),
        ("version", "header", "Version 2.", replaced(encoded, 0, b"\x02")),
        ("kind", "header", "The kind of a signing key.", replaced(encoded, 1, b"\x12")),
        ("halves-swapped", "key", "The X25519 key before the ML-KEM key.", encoded[:2] + encoded[X25519:] + encoded[2:X25519]),
        ("coefficient-first", "key", "The first coefficient is 3329.", replaced(encoded, 2, b"\x01\x0d")),
        ("coefficient-second", "key", "The second coefficient is 4095.", replaced(encoded, 3, b"\xf0\xff")),
        ("coefficient-last", "key", "The last coefficient is 4095.", replaced(encoded, 1152, b"\xf0\xff")),
        (
            "high-bit",
            "key",
            "The bit of the X25519 key that the curve ignores.",
            replaced(encoded, X25519, own.to_bytes(32, "little")),
        ),
    ):
        yield Vector(f"sealing-key-{name}", stage, why, "sealing-public-key", changed, inputs)
    for name, why, number in SMALL_ORDER:
        changed = replaced(encoded, X25519, number.to_bytes(32, "little"))
        yield Vector(f"sealing-key-{name}", "key", why, "sealing-public-key", changed, inputs)


def derivations() -> Iterator[Vector]:
    """What is derived from what: the body is the derived key or seed."""
    case = CaseKey(fixed("case key"))

    def section_key(name: str, why: str, **changes: str) -> Vector:
        fields = {"organisation": "north", "subject": "case-17", "section": "identity", "version": "1", **changes}
        derived = case.section(
            organisation=fields["organisation"],
            case=fields["subject"],
            key_version=int(fields["version"]),
            section=fields["section"],
        )
        inputs = {"key": case.secret_bytes().hex(), **fields}
        return Vector(f"section-key-{name}", "success", why, "section-key", derived.secret_bytes(), inputs)

    yield section_key("plain", "The identity section.")
    yield section_key("other-section", "Another section.", section="health")
    yield section_key("other-version", "After a rotation of the case key's number.", version="2")
    yield section_key("other-case", "The same key, told another case.", subject="case-18")
    yield section_key("other-organisation", "The same key, told another organisation.", organisation="south")
    for name, why, changes in (
        ("long", "A section of 256 bytes.", {"section": "x" * 256}),
        ("version-beyond", "A version of 2^53.", {"version": str(2**53)}),
    ):
        fields = {"organisation": "north", "subject": "case-17", "section": "identity", "version": "1", **changes}
        inputs = {"key": case.secret_bytes().hex(), **fields}
        yield Vector(f"section-key-{name}", "context", why, "section-key", b"", inputs)
    key = SectionKey(fixed("section key"))
    inputs = {"key": key.secret_bytes().hex()}
    why = "The pair that holders of a section share."
    yield Vector("reading-pair", "success", why, "reading-pair", key.reading_pair().secret_bytes(), inputs)
    recovery = RecoveryKey(fixed("recovery key"))
    inputs = {"key": recovery.secret_bytes().hex()}
    why = "The pair of a recovery key."
    yield Vector("recovery-pair", "success", why, "recovery-pair", recovery.private_key().secret_bytes(), inputs)
    yield from _receipt_pairs()


def _receipt_pairs() -> Iterator[Vector]:
    for name, digits, salt in (
        ("plain", "31415926535897932384626433832795", fixed("receipt salt", 16)),
        ("zeros", "0" * 32, fixed("receipt salt", 16)),
        ("other-salt", "31415926535897932384626433832795", fixed("another receipt salt", 16)),
    ):
        pair = receipt_pair(Receipt.parse(digits), ReceiptSalt(salt))
        inputs = {"receipt": digits, "seed": pair.secret_bytes().hex()}
        yield Vector(f"receipt-pair-{name}", "success", "An applicant's pair.", "receipt-pair", salt, inputs)
    for name, why, salt in (
        ("short-salt", "A salt of 15 bytes.", bytes(15)),
        ("long-salt", "A salt of 17 bytes.", bytes(17)),
        ("no-salt", "No salt.", b""),
    ):
        yield Vector(f"receipt-pair-{name}", "length", why, "receipt-pair", salt, {"receipt": "1" * 32})
