"""Vectors of what is sealed under a passphrase or a passkey, of passphrases, and of member keys."""

from collections.abc import Iterator

from safeconduct.core.sealing import MemberKeys, PasskeySecret, Passphrase
from safeconduct.core.sealing.keys import purpose_string
from safeconduct.core.sealing.layout import Kind
from safeconduct.core.sealing.passphrases import (
    Profile,
    stretch,
    wrap_with_passkey_from_parts,
    wrap_with_passphrase_from_parts,
)
from sealing_vectors.fixed import Vector, fixed, flipped, plaintext_line, replaced
from sealing_vectors.situation import (
    FIELDS,
    Fields,
    body,
    context_of,
    wrong_body,
    wrong_contexts,
    wrong_headers,
    wrong_paddings,
)

TYPED = "тихий берег & 7 ёлок"
DECOMPOSED = "тихии\u0306 берег & 7 е\u0308лок"
BUNDLE = b"\x01\x21" + fixed("member keys", 96)
PASSKEY = {"key": fixed("prf output").hex()}
BODY = 19


def as_typed(text: str) -> dict[str, str]:
    """The header line of a passphrase."""
    return {"passphrase": text.encode().hex()}


def passphrase_wraps() -> Iterator[Vector]:
    """Wraps under a passphrase; every slow derivation is shared by several vectors."""
    sealed = _wrap("wrap", BUNDLE)
    for name, why, text in (
        ("plain", "A member's keys under a passphrase.", TYPED),
        ("decomposed", "Typed with separate accents.", DECOMPOSED),
        ("wide", "Typed in full-width characters.", TYPED.replace("7", "７").replace("&", "＆")),
    ):
        inputs = {**as_typed(text), **FIELDS, **plaintext_line(BUNDLE)}
        yield Vector(f"passphrase-{name}", "success", why, "passphrase-wrap", sealed, inputs)
    inputs = {**as_typed(TYPED), **FIELDS}
    yield from wrong_headers("passphrase", "passphrase-wrap", Kind.PASSPHRASE_WRAP, inputs, sealed)
    yield from wrong_contexts("passphrase", "passphrase-wrap", "commitment", as_typed(TYPED), sealed)
    other = _wrap("other wrap", BUNDLE[::-1])
    yield from wrong_body("passphrase", "passphrase-wrap", inputs, sealed, other, BODY)
    for profile in (0, 2, 3, 255):
        why = "The receipts' cheap profile." if profile == 2 else "A cost profile that does not exist."
        changed = replaced(sealed, 2, bytes((profile,)))
        yield Vector(f"passphrase-profile-{profile}", "header", why, "passphrase-wrap", changed, inputs)
    for name, why, text in (
        ("capital", "One letter is a capital.", TYPED.capitalize()),
        ("space-after", "A space follows.", TYPED + " "),
        ("one-space", "A space is missing.", TYPED.replace(" ", "", 1)),
    ):
        wrong = {**inputs, **as_typed(text)}
        yield Vector(f"passphrase-{name}", "commitment", why, "passphrase-wrap", sealed, wrong)
    cheap = stretch(TYPED.encode(), fixed("argon salt", 16), Profile.RECEIPT)
    forged = sealed[:3] + fixed("argon salt", 16) + body(cheap, _info(), _padded(BUNDLE), fixed("cheap salt"))
    yield Vector("passphrase-cheap", "commitment", "Stretched at the receipts' cost.", "passphrase-wrap", forged, inputs)
    why = "One bit of the Argon2id salt is changed."
    yield Vector("passphrase-argon-salt", "commitment", why, "passphrase-wrap", flipped(sealed, 3), inputs)
    strong = stretch(TYPED.encode(), fixed("argon salt", 16), Profile.MEMBER)
    for name, why, padded in wrong_paddings(b"short"):
        changed = sealed[:BODY] + body(strong, _info(), padded, fixed(f"salt of {name}"))
        yield Vector(f"passphrase-padding-{name}", "padding", why, "passphrase-wrap", changed, inputs)


def passphrases() -> Iterator[Vector]:
    """Texts that are passphrases, with the bytes they stand for, and texts that are none."""
    for name, why, text in (
        ("latin", "As it is.", "correct horse battery staple"),
        ("composed", "Composed letters stay.", "ёлка"),
        ("separate", "Separate accents are composed.", "е\u0308лка"),
        ("ligature", "A ligature becomes its letters.", "oﬃce"),
        ("wide-space", "An ideographic space becomes a space.", "a\u3000b"),
        ("longest", "1,024 bytes.", "x" * 1024),
    ):
        normal = {"normal": Passphrase(text)._content.hex()}
        yield Vector(f"text-{name}", "success", why, "passphrase", text.encode(), normal)
    for name, why, text in (
        ("empty", "Nothing.", ""),
        ("long", "1,025 bytes.", "x" * 1025),
        ("long-when-normal", "More than 1,024 bytes once normalised.", "ﷺ" * 60),
        ("newline", "A line end.", "two\nlines"),
        ("zero", "A zero byte.", "a\x00b"),
        ("delete", "A control character.", "a\x7fb"),
        ("next-line", "A control character beyond ASCII.", "a\x85b"),
    ):
        yield Vector(f"text-{name}", "passphrase", why, "passphrase", text.encode())


def passkey_wraps() -> Iterator[Vector]:
    """Wraps under what a passkey's PRF gives."""
    key, context = PasskeySecret(bytes.fromhex(PASSKEY["key"])), context_of(FIELDS)

    def wrap(name: str, plaintext: bytes) -> bytes:
        return wrap_with_passkey_from_parts(key, context, plaintext, salt=fixed(f"salt of {name}"))

    sealed, other = wrap("passkey wrap", BUNDLE), wrap("other passkey wrap", BUNDLE[::-1])
    inputs = {**PASSKEY, **FIELDS}
    good = {**inputs, **plaintext_line(BUNDLE)}
    yield Vector("passkey-plain", "success", "A member's keys under a passkey.", "passkey-wrap", sealed, good)
    yield from wrong_headers("passkey", "passkey-wrap", Kind.PASSKEY_WRAP, inputs, sealed)
    yield from wrong_contexts("passkey", "passkey-wrap", "commitment", PASSKEY, sealed)
    yield from wrong_body("passkey", "passkey-wrap", inputs, sealed, other, 2)
    stranger = {**inputs, "key": fixed("another prf output").hex()}
    yield Vector("passkey-other", "commitment", "Another passkey.", "passkey-wrap", sealed, stranger)


def member_keys() -> Iterator[Vector]:
    """Bundles of member keys, opened already."""
    keys = MemberKeys.decode(BUNDLE)
    inputs = {
        "sealing": keys.sealing.secret_bytes().hex(),
        "signing": keys.signing.secret_bytes().hex(),
        "keyring": keys.keyring.secret_bytes().hex(),
    }
    yield Vector("member-keys-plain", "success", "Three keys.", "member-keys", BUNDLE, inputs)
    for name, stage, why, changed in (
        ("nothing", "length", "No bytes at all.", b""),
        ("cut", "length", "The last byte is missing.", BUNDLE[:-1]),
        ("two-keys", "length", "Two keys.", BUNDLE[:66]),
        ("extended", "length", "One byte follows.", BUNDLE + b"\x00"),
        ("bare", "header", "Without version and kind.", BUNDLE[2:]),
        ("version", "header", "Version 2.", replaced(BUNDLE, 0, b"\x02")),
        ("kind", "header", "The kind of a record.", replaced(BUNDLE, 1, b"\x01")),
    ):
        yield Vector(f"member-keys-{name}", stage, why, "member-keys", changed, inputs)


def _info() -> bytes:
    return purpose_string(b"passphrase-wrap", context_of(FIELDS).encode())


def _padded(plaintext: bytes) -> bytes:
    return plaintext + bytes(252 - len(plaintext)) + len(plaintext).to_bytes(4, "big")


def _wrap(name: str, plaintext: bytes, fields: Fields = FIELDS) -> bytes:
    return wrap_with_passphrase_from_parts(
        Passphrase(TYPED),
        context_of(fields),
        plaintext,
        argon_salt=fixed("argon salt", 16),
        salt=fixed(f"salt of {name}"),
    )
