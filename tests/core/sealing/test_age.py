"""What is sealed to an age recipient opens with the stock program, and with nothing else."""

import base64
import hmac
import subprocess
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core.sealing import (
    AgeSealer,
    KeyRefused,
    SealingPrivateKey,
    age_recipient_of,
    age_sealed_size,
    read_age_recipient,
)
from tests.core.test_second_reader import READER, install, require_node

KEY = SealingPrivateKey.from_seed(b"\x41" * 32)
RECIPIENT = age_recipient_of(KEY.public_key())
CHUNK = 65_536


def sealed(content: bytes, *, pieces: int = 10_000) -> bytes:
    sealer = AgeSealer(read_age_recipient(RECIPIENT))
    body = [sealer.update(content[at : at + pieces]) for at in range(0, len(content), pieces)]
    return b"".join([sealer.header(), *body, sealer.finalize()])


def derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(secret)


def unpadded(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)


def opened(file: bytes, key: SealingPrivateKey = KEY) -> bytes:
    """A reader for these tests, line by line as the format says."""
    version, stanza, body, mac, rest = file.split(b"\n", 4)
    kind, name, share = stanza.split(b" ")
    assert (version, kind, name) == (b"age-encryption.org/v1", b"->", b"mlkem768x25519")
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    wrapped = unpadded(share) + unpadded(body)
    file_key = suite.decrypt(wrapped, key.hpke_key(), info=b"age-encryption.org/mlkem768x25519")
    unsigned = b"\n".join([version, stanza, body, b"---"])
    assert hmac.compare_digest(unpadded(mac[4:]), hmac.digest(derived(file_key, b"", b"header"), unsigned, "sha256"))
    cipher, payload = ChaCha20Poly1305(derived(file_key, rest[:16], b"payload")), rest[16:]
    found = []
    for number, at in enumerate(range(0, len(payload), CHUNK + 16)):
        is_last = at + CHUNK + 16 >= len(payload)
        found.append(cipher.decrypt(number.to_bytes(11, "big") + bytes([is_last]), payload[at : at + CHUNK + 16], None))
    return b"".join(found)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7]), st.integers(1, 100_000))
def test_every_size_in_every_pieces_opens(size: int, pieces: int) -> None:
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    file = sealed(content, pieces=pieces)
    assert opened(file) == content
    assert len(file) == age_sealed_size(size)


def test_another_key_opens_nothing() -> None:
    with pytest.raises((InvalidTag, ValueError)):
        opened(sealed(b"hello"), SealingPrivateKey.from_seed(b"\x42" * 32))


def test_the_same_content_is_sealed_differently_each_time() -> None:
    assert sealed(b"hello") != sealed(b"hello")


def test_a_finished_stream_takes_nothing_more() -> None:
    sealer = AgeSealer(KEY.public_key())
    sealer.finalize()
    with pytest.raises(ValueError, match="finished"):
        sealer.update(b"x")
    with pytest.raises(ValueError, match="finished"):
        sealer.finalize()


def test_a_recipient_is_read_back() -> None:
    assert read_age_recipient(RECIPIENT) == KEY.public_key()
    assert RECIPIENT.startswith("age1pq1")
    assert len(RECIPIENT) == 1959


@settings(max_examples=60, deadline=None)
@given(st.integers(7, len(RECIPIENT) - 1), st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7l"))
def test_a_mistyped_letter_is_noticed(at: int, letter: str) -> None:
    typed = RECIPIENT[:at] + letter + RECIPIENT[at + 1 :]
    if typed != RECIPIENT:
        with pytest.raises(KeyRefused):
            read_age_recipient(typed)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "age1pq1",
        "age1pq1qqqqqq",
        RECIPIENT.upper(),
        RECIPIENT[:-1],
        RECIPIENT + "q",
        RECIPIENT[:100] + RECIPIENT[101:],
        "age1cy0su9fwf3gf9mw868g5yut09p6nytfmmnktexz2ya5uqg9vl9sss4euqm",
        "AGE-SECRET-KEY-PQ-1" + "Q" * 58,
        "age1pq1" + "бвг" * 30,
    ],
)
def test_what_is_no_recipient_is_refused(text: str) -> None:
    with pytest.raises(KeyRefused):
        read_age_recipient(text)


@pytest.mark.foreign
@pytest.mark.parametrize("size", [0, 5, CHUNK, 3 * CHUNK + 11])
def test_the_stock_library_opens_it(tmp_path: Path, size: int) -> None:
    require_node()
    install()
    content = b"%PDF" * (size // 4) + b"." * (size % 4)
    (tmp_path / "sealed.age").write_bytes(sealed(content))
    program = ["node", "age.mjs", b"\x41".hex() * 32, str(tmp_path / "sealed.age")]
    ended = subprocess.run(program, cwd=READER, capture_output=True, check=False, timeout=60)
    assert ended.returncode == 0, ended.stderr[-500:]
    recipient, _, plain = ended.stdout.partition(b"\n")
    assert recipient.decode() == RECIPIENT
    assert plain == content
