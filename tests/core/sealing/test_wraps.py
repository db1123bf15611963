"""Member keys under passphrases and passkeys, and the passphrases themselves."""

import threading
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core import sealing
from safeconduct.core.sealing import Context, MemberKeys, PasskeySecret, Passphrase, passphrases
from safeconduct.core.sealing.passphrases import Cost, Profile
from tests.core.sealing import strategies as own

CONTEXT = Context("north", "member-3", "keys", "bundle", 1)
PASSKEY = PasskeySecret(bytes(range(32)))
typed = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


@pytest.mark.usefixtures("insecure_costs")
@given(typed, own.contexts, own.contents)
def test_what_was_wrapped_under_a_passphrase_is_what_is_unwrapped(text: str, context: Context, plaintext: bytes) -> None:
    sealed = sealing.wrap_with_passphrase(Passphrase(text), context, plaintext)
    assert sealing.unwrap_with_passphrase(Passphrase(text), context, sealed) == plaintext


@pytest.mark.usefixtures("insecure_costs")
def test_any_single_bit_flipped_in_a_passphrase_wrap_is_refused() -> None:
    sealed = sealing.wrap_with_passphrase(Passphrase("long enough"), CONTEXT, b"keys")
    for bit in range(8 * len(sealed)):
        with pytest.raises(sealing.SealingRefused):
            sealing.unwrap_with_passphrase(Passphrase("long enough"), CONTEXT, own.with_bit_flipped(sealed, bit))


@pytest.mark.usefixtures("insecure_costs")
@pytest.mark.parametrize("other_passphrase", ["long enough", "long enouch"])
def test_parts_swapped_between_two_passphrase_wraps_are_refused(other_passphrase: str) -> None:
    sealed = sealing.wrap_with_passphrase(Passphrase("long enough"), CONTEXT, b"keys")
    other = sealing.wrap_with_passphrase(Passphrase(other_passphrase), CONTEXT, b"sync")
    parts = [slice(3, 19), slice(19, 51), slice(51, 83), slice(83, None), slice(19, None), slice(3, 83)]
    mixtures = own.swapped(sealed, other, parts)
    assert len(mixtures) == len(parts)
    for mixed in mixtures:
        with pytest.raises(sealing.SealingRefused):
            sealing.unwrap_with_passphrase(Passphrase("long enough"), CONTEXT, mixed)


@given(own.secrets, own.contexts, own.contents)
def test_what_was_wrapped_under_a_passkey_is_what_is_unwrapped(secret: bytes, context: Context, plaintext: bytes) -> None:
    passkey = PasskeySecret(secret)
    assert sealing.unwrap_with_passkey(passkey, context, sealing.wrap_with_passkey(passkey, context, plaintext)) == plaintext


def test_any_single_bit_flipped_in_a_passkey_wrap_is_refused() -> None:
    sealed = sealing.wrap_with_passkey(PASSKEY, CONTEXT, b"keys")
    for bit in range(8 * len(sealed)):
        with pytest.raises(sealing.SealingRefused):
            sealing.unwrap_with_passkey(PASSKEY, CONTEXT, own.with_bit_flipped(sealed, bit))


def test_parts_swapped_between_two_passkey_wraps_are_refused() -> None:
    sealed = sealing.wrap_with_passkey(PASSKEY, CONTEXT, b"keys")
    other = sealing.wrap_with_passkey(PASSKEY, CONTEXT, b"sync")
    parts = [slice(2, 34), slice(34, 66), slice(66, None), slice(2, 66)]
    for mixed in own.swapped(sealed, other, parts):
        with pytest.raises(sealing.SealingRefused):
            sealing.unwrap_with_passkey(PASSKEY, CONTEXT, mixed)


@settings(deadline=None)
@given(typed)
def test_a_passphrase_is_the_same_however_its_letters_were_composed(text: str) -> None:
    assert Passphrase(unicodedata.normalize("NFD", text)) == Passphrase(unicodedata.normalize("NFC", text))


def test_a_wrap_takes_the_full_cost() -> None:
    assert passphrases._COSTS[Profile.MEMBER] == Cost(memory_kib=65_536, passes=3, lanes=4)
    assert passphrases._COSTS[Profile.RECEIPT] == Cost(memory_kib=8_192, passes=1, lanes=1)
    assert set(passphrases._COSTS) == set(Profile)


def test_only_so_many_derivations_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most = 0, 0
    lock, all_in = threading.Lock(), threading.Event()

    class Counted:
        def __init__(self, **cost: object) -> None: ...

        def derive(self, content: bytes) -> bytes:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
                if running == 4:
                    all_in.set()
            all_in.wait(5)
            with lock:
                running -= 1
            return bytes(32)

    monkeypatch.setattr(passphrases, "Argon2id", Counted)
    threads = [threading.Thread(target=passphrases.stretch, args=(b"", bytes(16), Profile.MEMBER)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert most == 4


def test_a_passphrase_takes_its_time_and_is_told_from_another() -> None:
    sealed = sealing.wrap_with_passphrase(Passphrase("long enough"), CONTEXT, b"keys")
    assert sealing.unwrap_with_passphrase(Passphrase("long enough"), CONTEXT, sealed) == b"keys"
    with pytest.raises(sealing.CommitmentRefused):
        sealing.unwrap_with_passphrase(Passphrase("long enouch"), CONTEXT, sealed)


def test_bytes_of_no_wrap_are_refused_before_anything_slow_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrases, "stretch", lambda *_: pytest.fail("stretched for nothing"))
    for wrong in (b"", b"\x01\x03\x01", b"\x01\x03\x01" + bytes(351), b"\x01\x03\x02" + bytes(16 + 64 + 256 + 16)):
        with pytest.raises(sealing.SealingRefused):
            sealing.unwrap_with_passphrase(Passphrase("long enough"), CONTEXT, wrong)


def test_a_passphrase_gives_its_text_to_those_who_judge_it() -> None:
    assert Passphrase("е\u0308лка").text() == "ёлка"


@pytest.mark.parametrize("text", ["", "\n", "a\x00b", "\ud800", "x" * 1025])
def test_what_cannot_be_typed_is_no_passphrase(text: str) -> None:
    with pytest.raises(sealing.PassphraseRefused):
        Passphrase(text)


def test_secrets_of_the_wrong_type_are_a_mistake_of_the_caller() -> None:
    section = sealing.SectionKey(bytes(32))
    with pytest.raises(TypeError):
        sealing.wrap_with_passkey(section, CONTEXT, b"keys")  # type: ignore[arg-type]  # the mistake under test
    with pytest.raises(TypeError):
        sealing.wrap_with_passphrase("text", CONTEXT, b"keys")  # type: ignore[arg-type]  # the mistake under test
    with pytest.raises(TypeError):
        Passphrase(b"bytes")  # type: ignore[arg-type]  # the mistake under test


def test_member_keys_survive_their_way_through_a_seal() -> None:
    keys = MemberKeys.generate()
    sealed = sealing.wrap_with_passkey(PASSKEY, CONTEXT, keys.encode())
    again = MemberKeys.decode(sealing.unwrap_with_passkey(PASSKEY, CONTEXT, sealed))
    assert again == keys
    assert again.sealing == keys.sealing
    assert again.signing.public_key() == keys.signing.public_key()
    assert again.keyring == keys.keyring
    assert len({keys.sealing.secret_bytes(), keys.signing.secret_bytes(), keys.keyring.secret_bytes()}) == 3
