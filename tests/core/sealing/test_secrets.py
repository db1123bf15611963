"""Secrets do not leak by being printed, pickled, copied, compared slowly or mistaken for one another."""

import copy
import pickle

import pytest

from safeconduct.core import sealing
from safeconduct.core.sealing import Secret, SymmetricKey

TOKEN = sealing.Token(b"\x07" * 32)
SHARE = sealing.RecoveryKey(b"\x05" * 32).split(2, 2)[0]
SECRETS: list[tuple[Secret, str]] = [
    *((kind(b"distinctive-bytes-of-this-secret"), "distinctive") for kind in (
        sealing.CaseKey, sealing.SectionKey, sealing.KeyringKey, sealing.SessionSecret, sealing.FileKey,
        sealing.PasskeySecret, sealing.LogKey, sealing.SealingPrivateKey, sealing.SigningPrivateKey,
        sealing.RecoveryKey,
    )),
    (sealing.MemberKeys(b"distinctive-bytes-of-this-secret" * 3), "distinctive"),
    (sealing.Passphrase("distinctive words"), "distinctive"),
    (sealing.Receipt(b"31415926535897932384626433832795"), "3141"),
    (sealing.SpokenCode(b"314159265"), "3141"),
    (sealing.TotpSecret(b"distinctive-20-bytes"), "distinctive"),
    (TOKEN, TOKEN.text()[:8]),
    (SHARE, SHARE.words().split()[5]),
]  # fmt: skip


@pytest.mark.parametrize(("secret", "content"), SECRETS, ids=lambda value: type(value).__name__)
def test_a_secret_shows_only_its_type(secret: Secret, content: str) -> None:
    for shown in (repr(secret), str(secret), f"{secret}", f"{[secret]}", "%s" % secret):  # noqa: UP031  (the old form too)
        assert content not in shown
        assert type(secret).__name__ in shown


@pytest.mark.parametrize(("secret", "content"), SECRETS, ids=lambda value: type(value).__name__)
def test_a_secret_is_neither_pickled_nor_copied_nor_turned_into_bytes(secret: Secret, content: str) -> None:
    assert content
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError):
            pickle.dumps(secret, protocol)
    with pytest.raises(TypeError):
        copy.copy(secret)
    with pytest.raises(TypeError):
        copy.deepcopy(secret)
    with pytest.raises(TypeError):
        bytes(secret)  # type: ignore[call-overload]  # the mistake under test
    with pytest.raises(TypeError):
        vars(secret)
    with pytest.raises(TypeError):
        hash(secret)


def test_equal_bytes_of_two_types_are_not_equal() -> None:
    case, section = sealing.CaseKey(bytes(32)), sealing.SectionKey(bytes(32))
    assert case == sealing.CaseKey(bytes(32))
    assert case != section
    assert case != bytes(32)
    assert case != sealing.CaseKey(b"\x01" + bytes(31))


@pytest.mark.parametrize("size", [0, 16, 31, 33, 64])
def test_a_key_of_another_size_is_refused(size: int) -> None:
    kinds: list[type[SymmetricKey]] = [sealing.CaseKey, sealing.SectionKey, sealing.KeyringKey, sealing.SessionSecret]
    for kind in kinds:
        with pytest.raises(sealing.KeyRefused):
            kind.from_secret_bytes(bytes(size))
    for from_bytes in (
        sealing.SealingPrivateKey.from_seed,
        sealing.SealingPrivateKey.from_secret_bytes,
        sealing.SigningPrivateKey.from_seed,
        sealing.RecoveryKey.from_secret_bytes,
        sealing.TotpSecret.from_secret_bytes,
    ):
        with pytest.raises(sealing.KeyRefused):
            from_bytes(bytes(size))


def test_a_key_is_made_of_bytes_and_of_nothing_else() -> None:
    with pytest.raises(TypeError):
        sealing.CaseKey("0" * 32)  # type: ignore[arg-type]  # the mistake under test
    with pytest.raises(TypeError):
        sealing.CaseKey(bytearray(32))  # type: ignore[arg-type]  # mypy lets it pass with promotions on


def test_no_two_generated_keys_are_equal() -> None:
    assert sealing.CaseKey.generate() != sealing.CaseKey.generate()
    assert sealing.SealingPrivateKey.generate() != sealing.SealingPrivateKey.generate()


def test_refusals_hold_no_content() -> None:
    sealed = sealing.seal_record(sealing.CaseKey(bytes(32)), sealing.Context("o", "distinctive", "", "", 1), b"")
    with pytest.raises(sealing.SealingRefused) as refused:
        sealing.open_record(sealing.CaseKey(bytes(32)), sealing.Context("o", "distinctive-2", "", "", 1), sealed)
    assert "distinctive" not in str(refused.value)
    assert refused.value.stage is sealing.Stage.COMMITMENT


def test_every_refusal_names_one_stage_and_every_stage_has_one() -> None:
    stages = [refusal.stage for refusal in sealing.SealingRefused.__subclasses__()]
    assert sorted(stages, key=str) == sorted(sealing.Stage, key=str)
