"""Checkpoints are C2SP signed notes: only the expected log's own key makes one."""

import base64
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.custody import (
    EMPTY_ROOT,
    Checkpoint,
    CheckpointRefused,
    CustodyRefused,
    Note,
    NoteKey,
    NoteRefused,
    SignatureRefused,
    Stage,
    open_checkpoint,
    origin_of,
    root_of,
    sign_note,
)
from tests.core.custody.parts import ORGANISATION, LogSigner, entries, leaves_of, note_key

LEAVES = leaves_of(entries(5))
SIGNER = LogSigner(1)
STRANGER = LogSigner(2)
NOTE = SIGNER.note(LEAVES)
ORIGIN = origin_of(ORGANISATION)

# The example of the C2SP note specification and of its reference implementation's documentation.
PUBLISHED_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PUBLISHED_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PUBLISHED_NOTE = (
    PUBLISHED_TEXT
    + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZ"
    + "SNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
).encode()


def opened(note: bytes, *keys: NoteKey) -> Checkpoint:
    return open_checkpoint(note, origin=ORIGIN, keys=keys or (SIGNER.key,))


def test_a_signed_checkpoint_opens_to_what_was_signed() -> None:
    assert opened(NOTE) == Checkpoint(ORIGIN, 5, root_of(LEAVES))


def test_the_published_example_note_verifies() -> None:
    name, key_id, encoded = PUBLISHED_KEY.split("+", 2)
    key = note_key(name, base64.b64decode(encoded)[1:])
    assert key.key_hash.hex() == key_id
    note = Note.decode(PUBLISHED_NOTE)
    assert note.require_signed_by([key]) == (key,)
    assert note.text == PUBLISHED_TEXT


def test_lines_of_unknown_witnesses_are_passed_over() -> None:
    witness = sign_note(Note.decode(NOTE).text, name="witness", public_key=STRANGER.public, sign=STRANGER.sign)
    both = NOTE + witness.split(b"\n\n")[1]
    assert opened(both).size == 5
    assert opened(both, SIGNER.key, note_key("witness", STRANGER.public)).size == 5


def test_an_empty_log_has_a_checkpoint() -> None:
    assert opened(SIGNER.note([])) == Checkpoint(ORIGIN, 0, EMPTY_ROOT)


def body(text: str) -> bytes:
    return sign_note(text, name=ORIGIN, public_key=SIGNER.public, sign=SIGNER.sign)


def lines(*texts: str) -> bytes:
    return body("".join(text + "\n" for text in texts))


ROOT = base64.b64encode(root_of(LEAVES)).decode()
SIGNATURE_LINE = NOTE.split(b"\n\n")[1]

REFUSED: dict[str, tuple[Callable[[], bytes], type[CustodyRefused]]] = {
    "nothing": (lambda: b"", NoteRefused),
    "no signature": (lambda: NOTE.split(b"\n\n")[0] + b"\n", NoteRefused),
    "no last line end": (lambda: NOTE[:-1], NoteRefused),
    "no text": (lambda: b"\n\n" + SIGNATURE_LINE, NoteRefused),
    "carriage returns": (lambda: NOTE.replace(b"\n", b"\r\n"), NoteRefused),
    "a tab": (lambda: NOTE.replace(b"5", b"\t5", 1), NoteRefused),
    "not UTF-8": (lambda: b"\xff" + NOTE, NoteRefused),
    "too large": (lambda: b"x" * 70_000 + NOTE, NoteRefused),
    "too many signatures": (lambda: NOTE + SIGNATURE_LINE * 64, NoteRefused),
    "a hyphen for the dash": (lambda: NOTE.replace("—".encode(), b"-"), NoteRefused),
    "a signature without name": (lambda: NOTE.replace(SIGNATURE_LINE, "— \n".encode()), NoteRefused),
    "a signature with an empty name": (lambda: NOTE.replace(b" " + ORIGIN.encode(), b" "), NoteRefused),
    "a name with a plus": (lambda: NOTE.replace(b" safeconduct", b" safe+conduct"), NoteRefused),
    "base64 with a space": (lambda: NOTE[:-3] + b" " + NOTE[-3:], NoteRefused),
    "base64 in another spelling": (lambda: respelled(NOTE), NoteRefused),
    "a signature of four bytes": (
        lambda: NOTE.replace(SIGNATURE_LINE, f"— {ORIGIN} AAAAAA==\n".encode()),
        NoteRefused,
    ),
    "a stranger's signature": (lambda: STRANGER.note(LEAVES), SignatureRefused),
    "a stranger's signature under the known hash": (lambda: forged(b"\x00" * 64), SignatureRefused),
    "a signature cut short": (lambda: forged(b"\x00" * 63), SignatureRefused),
    "the same key twice": (lambda: NOTE + SIGNATURE_LINE, SignatureRefused),
    "a witness alone": (
        lambda: sign_note(Note.decode(NOTE).text, name="witness", public_key=SIGNER.public, sign=SIGNER.sign),
        SignatureRefused,
    ),
    "another size": (lambda: NOTE.replace(b"\n5\n", b"\n6\n"), SignatureRefused),
    "another log's text": (lambda: lines("safeconduct/custody/south", "5", ROOT), CheckpointRefused),
    "two lines": (lambda: lines(ORIGIN, "5"), CheckpointRefused),
    "an extension line": (lambda: lines(ORIGIN, "5", ROOT, "more"), CheckpointRefused),
    "a size with a zero in front": (lambda: lines(ORIGIN, "05", ROOT), CheckpointRefused),
    "a size with a sign": (lambda: lines(ORIGIN, "+5", ROOT), CheckpointRefused),
    "a size in other digits": (lambda: lines(ORIGIN, "٥", ROOT), CheckpointRefused),
    "a size beyond all logs": (lambda: lines(ORIGIN, "9" * 16, ROOT), CheckpointRefused),
    "a root of 31 bytes": (
        lambda: lines(ORIGIN, "5", base64.b64encode(bytes(31)).decode()),
        CheckpointRefused,
    ),
    "a root that is not base64": (lambda: lines(ORIGIN, "5", "ro!t"), CheckpointRefused),
    "an empty log with a root": (lambda: lines(ORIGIN, "0", ROOT), CheckpointRefused),
    "an origin with a space": (lambda: lines("safeconduct custody", "5", ROOT), CheckpointRefused),
}


@pytest.mark.parametrize(("make", "refusal"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_checkpoint_of_this_log_is_refused(make: Callable[[], bytes], refusal: type[CustodyRefused]) -> None:
    with pytest.raises(refusal) as refused:
        opened(make())
    assert isinstance(refused.value.stage, Stage)


@given(st.integers(0, len(NOTE) - 1), st.integers(1, 255))
def test_any_changed_byte_of_a_checkpoint_is_refused(at: int, mask: int) -> None:
    changed = bytearray(NOTE)
    changed[at] ^= mask
    with pytest.raises(CustodyRefused):
        opened(bytes(changed))


def test_a_key_name_or_text_that_cannot_stand_in_a_note_is_not_signed() -> None:
    for name, text in [("", "a\n"), ("a b", "a\n"), ("a", "a"), ("a", "a\tb\n")]:
        with pytest.raises(NoteRefused):
            sign_note(text, name=name, public_key=SIGNER.public, sign=SIGNER.sign)
    with pytest.raises(NoteRefused):
        sign_note("a\n", name="a", public_key=SIGNER.public, sign=lambda _: b"short")
    with pytest.raises(NoteRefused):
        note_key("a", b"short")


def forged(signature: bytes) -> bytes:
    line = base64.b64encode(SIGNER.key.key_hash + signature).decode()
    return NOTE.split(b"\n\n")[0] + f"\n\n— {ORIGIN} {line}\n".encode()


def respelled(note: bytes) -> bytes:
    """The same bytes, with padding bits set that a lax reader passes over."""
    head, last = note[:-3], note[-3:-2]
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return head + alphabet[alphabet.index(last) + 1 :][:1] + note[-2:]
