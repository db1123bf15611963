"""Vectors of signatures, of the log's signatures, and of the public keys that check them."""

import hashlib
from collections.abc import Iterator

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safeconduct.core.sealing import LogKey, SigningPrivateKey
from safeconduct.core.sealing.keys import purpose_string
from safeconduct.core.sealing.layout import Kind
from safeconduct.core.sealing.signatures import SigningPublicKey, signed_bytes
from sealing_vectors import mldsa
from sealing_vectors.fixed import Vector, fixed, flipped, replaced
from sealing_vectors.situation import Fields, wrong_headers

SIGNER, STRANGER = SigningPrivateKey(fixed("signer")), SigningPrivateKey(fixed("another signer"))
MESSAGE = b"Both evaluators recommend protection."
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493
PRIME = 2**255 - 19
ORDER_EIGHT = 2707385501144840649318225287225658788936804267575313519463743609750303402022


def halves(signer: SigningPrivateKey, signed: bytes) -> tuple[bytes, bytes]:
    """Both signatures, the second one without randomness."""
    seeds = hashlib.shake_256(purpose_string(b"signing-pair") + signer.secret_bytes()).digest(64)
    return Ed25519PrivateKey.from_private_bytes(seeds[:32]).sign(signed), mldsa.sign(seeds[32:], signed)


def sign(signer: SigningPrivateKey, purpose: str, message: bytes) -> bytes:
    """A signature from parts."""
    return b"\x01\x06" + b"".join(halves(signer, signed_bytes(signer.public_key(), purpose, message)))


def inputs_of(public: SigningPublicKey, purpose: str, message: bytes) -> Fields:
    """The header lines of a signature; purpose and message in hexadecimal, left out when empty."""
    lines = {"public": public.encode().hex(), "purpose": purpose.encode().hex(), "message": message.hex()}
    return {name: value for name, value in lines.items() if value}


def signatures() -> Iterator[Vector]:
    """Signatures that hold, then signatures that do not."""
    public = SIGNER.public_key()
    for name, why, purpose, message in (
        ("plain", "One message.", "attestation", MESSAGE),
        ("empty", "An empty message.", "attestation", b""),
        ("long-purpose", "A purpose of 64 characters.", "a" * 64, MESSAGE),
        ("marked-purpose", "A purpose with each mark.", "9/custody.entry-1", MESSAGE),
    ):
        yield Vector(
            f"signature-{name}", "success", why, "signature", sign(SIGNER, purpose, message), inputs_of(public, purpose, message)
        )
    good = sign(SIGNER, "attestation", MESSAGE)
    inputs = inputs_of(public, "attestation", MESSAGE)
    yield from wrong_headers("signature", "signature", Kind.SIGNATURE, inputs, good)
    for name, why, changed_inputs in (
        ("other-message", "Another message.", inputs_of(public, "attestation", MESSAGE + b"!")),
        ("no-message", "No message.", inputs_of(public, "attestation", b"")),
        ("other-purpose", "Signed for another purpose.", inputs_of(public, "release", MESSAGE)),
        ("shifted", "The last letter of the purpose before the message.", inputs_of(public, "attestatio", b"n" + MESSAGE)),
        ("other-signer", "Another signer's key.", inputs_of(STRANGER.public_key(), "attestation", MESSAGE)),
    ):
        yield Vector(f"signature-{name}", "signature", why, "signature", good, changed_inputs)
    for name, why, purpose in (
        ("purpose-empty", "No purpose.", ""),
        ("purpose-capital", "A capital letter in the purpose.", "Attestation"),
        ("purpose-space", "A space in the purpose.", "attestation "),
        ("purpose-newline", "A line end after the purpose.", "attestation\n"),
        ("purpose-mark-first", "A purpose that begins with a mark.", "-attestation"),
        ("purpose-long", "A purpose of 65 characters.", "a" * 65),
    ):
        yield Vector(f"signature-{name}", "context", why, "signature", good, inputs_of(public, purpose, MESSAGE))
    yield from _wrong_halves(good, inputs)


def _wrong_halves(good: bytes, inputs: Fields) -> Iterator[Vector]:
    head, ed25519, lattice = good[:2], good[2:66], good[66:]
    public = SIGNER.public_key()
    other = sign(SIGNER, "attestation", MESSAGE + b"!")
    stranger = halves(STRANGER, signed_bytes(public, "attestation", MESSAGE))
    bare = halves(SIGNER, MESSAGE)
    s = int.from_bytes(ed25519[32:], "little") + GROUP_ORDER
    for name, stage, why, changed in (
        ("ed25519-missing", "length", "Only the ML-DSA half.", head + lattice),
        ("lattice-missing", "length", "Only the Ed25519 half.", head + ed25519),
        ("cut", "length", "The last byte is missing.", good[:-1]),
        ("extended", "length", "One byte follows.", good + b"\x00"),
        ("bare", "header", "Without version and kind.", good[2:]),
        ("halves-swapped", "signature", "The halves have changed places.", head + lattice + ed25519),
        ("ed25519-zero", "signature", "The Ed25519 half is all zero.", head + bytes(64) + lattice),
        ("lattice-zero", "signature", "The ML-DSA half is all zero.", head + ed25519 + bytes(len(lattice))),
        ("ed25519-other-message", "signature", "The Ed25519 half is over another message.", head + other[2:66] + lattice),
        ("lattice-other-message", "signature", "The ML-DSA half is over another message.", head + ed25519 + other[66:]),
        ("ed25519-stranger", "signature", "The Ed25519 half is a stranger's.", head + stranger[0] + lattice),
        ("lattice-stranger", "signature", "The ML-DSA half is a stranger's.", head + ed25519 + stranger[1]),
        ("unbound", "signature", "Both halves are over the bare message.", head + bare[0] + bare[1]),
        ("first-bit", "signature", "The first bit of the Ed25519 half is changed.", flipped(good, 2)),
        ("ed25519-end", "signature", "A bit of the Ed25519 scalar is changed.", flipped(good, 64)),
        ("lattice-bit", "signature", "The first bit of the ML-DSA half is changed.", flipped(good, 66)),
        ("last-bit", "signature", "The last bit is changed.", flipped(good, -1)),
        ("scalar-beyond", "signature", "The Ed25519 scalar is not reduced.", replaced(good, 34, s.to_bytes(32, "little"))),
    ):
        yield Vector(f"signature-{name}", stage, why, "signature", changed, inputs)
    raw, strange = public.encode()[2:], STRANGER.public_key().encode()[2:]
    mixed = SigningPublicKey(raw[:32] + strange[32:])
    signed = signed_bytes(public, "attestation", MESSAGE)
    changed = head + ed25519 + halves(STRANGER, signed)[1]
    why = "A public key put together from two signers, each of whom signed for the first."
    yield Vector("signature-mixed-key", "signature", why, "signature", changed, inputs_of(mixed, "attestation", MESSAGE))


def log_signatures() -> Iterator[Vector]:
    """Signatures of a custody log, and public keys of logs."""
    key = LogKey(fixed("log key"))
    text = b"safeconduct/custody/north\n13\n"
    inputs = {"public": key.public_key().encode().hex(), "message": text.hex()}
    good = key.sign(text)
    yield Vector("log-plain", "success", "A note's text.", "log-signature", good, inputs)
    stranger = LogKey(fixed("another log")).public_key().encode().hex()
    s = (int.from_bytes(good[32:], "little") + GROUP_ORDER).to_bytes(32, "little")
    for name, stage, why, changed, other in (
        ("other-message", "signature", "Another text.", good, {"message": text[:-1].hex()}),
        ("other-key", "signature", "Another log.", good, {"public": stranger}),
        ("bit", "signature", "A bit is changed.", flipped(good, 0), {}),
        ("scalar-beyond", "signature", "The scalar is not reduced.", good[:32] + s, {}),
        ("cut", "length", "63 bytes.", good[:-1], {}),
        ("extended", "length", "65 bytes.", good + b"\x00", {}),
    ):
        yield Vector(f"log-{name}", stage, why, "log-signature", changed, {**inputs, **other})
    yield Vector("log-key-plain", "success", "A log's public key.", "log-public-key", key.public_key().encode())
    for name, why, encoded in small_order_points():
        yield Vector(f"log-key-{name}", "key", why, "log-public-key", encoded)
    yield Vector("log-key-cut", "length", "31 bytes.", "log-public-key", key.public_key().encode()[:-1])


def signing_public_keys() -> Iterator[Vector]:
    """Public keys that may check signatures, and some that may not."""
    encoded = SIGNER.public_key().encode()
    inputs = {"private": SIGNER.secret_bytes().hex(), "fingerprint": SIGNER.public_key().fingerprint()}
    yield Vector("signing-key-plain", "success", "The public half of a seed.", "signing-public-key", encoded, inputs)
    for name, stage, why, changed in (
        ("cut", "length", "The last byte is missing.", encoded[:-1]),
        ("extended", "length", "One byte follows.", encoded + b"\x00"),
        ("ed25519-alone", "length", "Only the Ed25519 key.", encoded[:34]),
        ("version", "header", "Version 2.", replaced(encoded, 0, b"\x02")),
        ("kind", "header", "The kind of a sealing key.", replaced(encoded, 1, b"\x11")),
    ):
        yield Vector(f"signing-key-{name}", stage, why, "signing-public-key", changed, inputs)
    for name, why, point in small_order_points():
        yield Vector(f"signing-key-{name}", "key", why, "signing-public-key", replaced(encoded, 2, point), inputs)


def small_order_points() -> Iterator[tuple[str, str, bytes]]:
    """Encodings of Ed25519 public keys that must not be used."""
    sign_bit = 1 << 255
    for name, why, number in (
        ("neutral", "The neutral element.", 1),
        ("neutral-signed", "The neutral element with a sign.", 1 | sign_bit),
        ("order-2", "The point of order 2.", PRIME - 1),
        ("order-4", "A point of order 4.", 0),
        ("order-4-signed", "The other point of order 4.", sign_bit),
        ("order-8", "A point of order 8.", ORDER_EIGHT),
        ("order-8-other", "Another point of order 8.", (PRIME - ORDER_EIGHT) | sign_bit),
        ("beyond-prime", "A coordinate that is not reduced: the prime itself.", PRIME),
        ("largest", "All bits set.", 2**256 - 1),
        ("off-curve", "A coordinate that no point has.", 2),
    ):
        yield name, why, number.to_bytes(32, "little")
