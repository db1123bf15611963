"""What is sealed to a public key opens with its private half, in its context, as a whole."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core import sealing
from safeconduct.core.sealing import CaseKey, Context, SealingPrivateKey, SealingPublicKey
from tests.core.sealing import strategies as own

READER, STRANGER = SealingPrivateKey(bytes(range(32))), SealingPrivateKey(bytes(range(1, 33)))
CONTEXT = Context("north", "case-17", "identity", "grant/amal", 1)
OTHER = Context("north", "case-18", "identity", "grant/amal", 1)
# ML-KEM ciphertext, X25519 share, wrapped key, whole wrap, salt, commitment, payload.
PARTS = [
    slice(2, 1090),
    slice(1090, 1122),
    slice(1122, 1170),
    slice(2, 1170),
    slice(1170, 1202),
    slice(1202, 1234),
    slice(1234, None),
]


@given(own.secrets, own.contexts, own.contents)
def test_what_was_sealed_is_what_is_opened(seed: bytes, context: Context, plaintext: bytes) -> None:
    private = SealingPrivateKey.from_seed(seed)
    public = SealingPublicKey.decode(private.public_key().encode())
    assert sealing.open_from(private, context, sealing.seal_to(public, context, plaintext)) == plaintext


@settings(max_examples=300)
@given(st.integers(0, 8 * (1170 + 64 + 256 + 16) - 1))
def test_any_single_bit_that_is_flipped_is_refused(bit: int) -> None:
    sealed = sealing.seal_to(READER.public_key(), CONTEXT, b"section keys")
    assert 8 * len(sealed) > bit
    with pytest.raises(sealing.SealingRefused):
        sealing.open_from(READER, CONTEXT, own.with_bit_flipped(sealed, bit))


@pytest.mark.parametrize("other_reader", [READER, STRANGER], ids=["same-reader", "other-reader"])
@pytest.mark.parametrize("other_context", [CONTEXT, OTHER], ids=["same-context", "other-context"])
def test_parts_swapped_between_two_grants_are_refused(other_reader: SealingPrivateKey, other_context: Context) -> None:
    sealed = sealing.seal_to(READER.public_key(), CONTEXT, b"section keys")
    other = sealing.seal_to(other_reader.public_key(), other_context, b"other keys..")
    mixtures = own.swapped(sealed, other, PARTS)
    assert len(mixtures) == len(PARTS)
    for mixed in mixtures:
        with pytest.raises(sealing.SealingRefused):
            sealing.open_from(READER, CONTEXT, mixed)


def test_a_grant_is_refused_by_everyone_it_was_not_sealed_to() -> None:
    sealed = sealing.seal_to(READER.public_key(), CONTEXT, b"section keys")
    assert sealing.open_from(READER, CONTEXT, sealed) == b"section keys"
    with pytest.raises(sealing.WrapRefused):
        sealing.open_from(STRANGER, CONTEXT, sealed)
    with pytest.raises(sealing.WrapRefused):
        sealing.open_from(READER, OTHER, sealed)


def test_every_holder_of_a_section_reads_what_others_only_write_to_it() -> None:
    case = CaseKey.generate()

    def pair(section: str) -> SealingPrivateKey:
        return case.section(organisation="north", case="case-17", key_version=1, section=section).reading_pair()

    sealed = sealing.seal_to(pair("evaluations").public_key(), CONTEXT, b"my rating")
    assert sealing.open_from(pair("evaluations"), CONTEXT, sealed) == b"my rating"
    with pytest.raises(sealing.WrapRefused):
        sealing.open_from(pair("health"), CONTEXT, sealed)


def test_section_keys_depend_on_every_argument() -> None:
    case = CaseKey(bytes(32))
    keys = [
        case.section(organisation=organisation, case=subject, key_version=version, section=section).secret_bytes()
        for organisation in ("north", "south")
        for subject in ("case-17", "case-18")
        for version in (1, 2)
        for section in ("identity", "health")
    ]
    assert len(set(keys)) == 16


def test_public_keys_are_compared_by_value() -> None:
    again = SealingPublicKey.decode(READER.public_key().encode())
    assert again == READER.public_key()
    assert len({again, READER.public_key(), STRANGER.public_key()}) == 2
    assert again != STRANGER.public_key()
    assert again != READER.public_key().encode()


def test_the_library_answers_a_small_order_share_with_a_refusal() -> None:
    sealed = sealing.seal_to(READER.public_key(), CONTEXT, b"section keys")
    with pytest.raises(sealing.WrapRefused):
        sealing.open_from(READER, CONTEXT, own.with_part_of(sealed, bytes(len(sealed)), slice(1090, 1122)))
