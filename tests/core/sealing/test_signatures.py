"""Signatures hold for one signer, one purpose and one message, and only with both halves."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core import sealing
from safeconduct.core.sealing import LogKey, LogPublicKey, SigningPrivateKey, SigningPublicKey, sign, verify
from tests.core.sealing import strategies as own

SIGNER, STRANGER = SigningPrivateKey(bytes(range(32))), SigningPrivateKey(bytes(range(1, 33)))
PUBLIC = SIGNER.public_key()
purposes = st.from_regex(r"[a-z0-9][a-z0-9/.-]{0,63}", fullmatch=True)


@settings(deadline=None, max_examples=30)
@given(own.secrets, purposes, st.binary(max_size=200))
def test_a_signature_holds_for_what_was_signed(seed: bytes, purpose: str, message: bytes) -> None:
    signer = SigningPrivateKey.from_seed(seed)
    verify(SigningPublicKey.decode(signer.public_key().encode()), purpose, message, sign(signer, purpose, message))


@settings(deadline=None, max_examples=300)
@given(st.integers(0, 8 * 3375 - 1))
def test_any_single_bit_that_is_flipped_is_refused(bit: int) -> None:
    signature = sign(SIGNER, "attestation", b"the dossier")
    with pytest.raises(sealing.SealingRefused):
        verify(PUBLIC, "attestation", b"the dossier", own.with_bit_flipped(signature, bit))


@pytest.mark.parametrize("part", [slice(2, 66), slice(66, None), slice(2, 34), slice(34, 66), slice(66, 114)])
@pytest.mark.parametrize(
    ("signer", "purpose", "message"),
    [
        (STRANGER, "attestation", b"the dossier"),
        (SIGNER, "release", b"the dossier"),
        (SIGNER, "attestation", b"another dossier"),
    ],
    ids=["other-signer", "other-purpose", "other-message"],
)
def test_a_half_or_a_part_of_another_signature_is_refused(
    part: slice, signer: SigningPrivateKey, purpose: str, message: bytes
) -> None:
    signature = sign(SIGNER, "attestation", b"the dossier")
    other = sign(signer, purpose, message)
    for mixed in (own.with_part_of(signature, other, part), other):
        with pytest.raises(sealing.SignatureRefused):
            verify(PUBLIC, "attestation", b"the dossier", mixed)


def test_fingerprints_tell_signers_apart() -> None:
    assert PUBLIC.fingerprint() == SigningPublicKey.decode(PUBLIC.encode()).fingerprint()
    assert len({PUBLIC.fingerprint(), STRANGER.public_key().fingerprint()}) == 2
    assert len(PUBLIC.fingerprint()) == 64
    assert STRANGER.public_key() != PUBLIC
    assert PUBLIC.encode() != PUBLIC
    assert len({PUBLIC, SigningPublicKey.decode(PUBLIC.encode())}) == 1


def test_a_log_signs_its_notes() -> None:
    key = LogKey.generate()
    public = LogPublicKey.decode(LogKey.from_secret_bytes(key.secret_bytes()).public_key().encode())
    assert public == key.public_key()
    assert public not in (LogKey.generate().public_key(), public.encode())
    assert len({public, key.public_key()}) == 1
    signature = key.sign(b"a note\n")
    public.verify(b"a note\n", signature)
    for bit in range(8 * len(signature)):
        with pytest.raises(sealing.SignatureRefused):
            public.verify(b"a note\n", own.with_bit_flipped(signature, bit))


def test_seeds_are_kept_and_generated_apart() -> None:
    assert SigningPrivateKey.from_secret_bytes(SIGNER.secret_bytes()) == SIGNER
    assert SigningPrivateKey.generate() != SigningPrivateKey.generate()
