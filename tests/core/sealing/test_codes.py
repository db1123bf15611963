"""Receipts, recovery shares, tokens, spoken codes and one-time codes."""

import base64
import itertools
import unicodedata
import urllib.parse

import pytest
import shamir_mnemonic
from hypothesis import assume, given
from hypothesis import strategies as st

from safeconduct.core import sealing
from safeconduct.core.sealing import (
    Context,
    Receipt,
    ReceiptLanguage,
    ReceiptProblem,
    ReceiptSalt,
    RecoveryKey,
    RecoveryShare,
    SpokenCode,
    Token,
    TotpSecret,
    receipt_words,
    recovery,
)
from tests.core.sealing.vectors import SPEC

CONTEXT = Context("north", "request-5", "conversation", "message/1", 1)
SECRET = TotpSecret(b"12345678901234567890")


@given(
    st.integers(0, 10**32 - 1), st.lists(st.sampled_from(["", " ", "-", "\u00a0", "—", "\n", "\t "]), min_size=32, max_size=32)
)
def test_a_receipt_is_read_whatever_stands_between_its_digits(number: int, between: list[str]) -> None:
    digits = f"{number:032}"
    text = "".join(digit + gap for digit, gap in zip(digits, between, strict=True))
    receipt = Receipt.parse(text)
    assert receipt.digits().replace(" ", "") == digits
    assert receipt.locator == digits[:7]
    assert Receipt.parse(receipt.digits()) == receipt


@given(st.integers(0, 10**32 - 1), st.sampled_from(list(ReceiptLanguage)), st.sampled_from([" ", ", ", "\n", " - ", "\u00a0"]))
def test_a_receipt_is_read_from_its_words_in_each_language(number: int, language: ReceiptLanguage, between: str) -> None:
    receipt = Receipt.parse(f"{number:032}")
    words = receipt.words(language)
    assert len(words) == 11
    assert Receipt.parse(between.join(words)) == receipt
    assert Receipt.parse(between.join(words).upper()) == receipt
    assert Receipt.parse(" ".join(receipt_words.plain(word)[:4] for word in words)) == receipt
    assert Receipt.parse(unicodedata.normalize("NFD", " ".join(words))) == receipt


@given(
    st.integers(0, 10**32 - 1),
    st.sampled_from(list(ReceiptLanguage)),
    st.integers(0, 10),
    st.text("абвгдежзabcdefgh", min_size=4),
)
def test_a_misspelt_word_is_named_by_its_place(number: int, language: ReceiptLanguage, place: int, wrong: str) -> None:
    words = Receipt.parse(f"{number:032}").words(language)
    assume(all(receipt_words._place(each, receipt_words.plain(wrong)) is None for each in ReceiptLanguage))
    with pytest.raises(sealing.ReceiptUnreadable) as refused:
        Receipt.parse(" ".join([*words[:place], wrong, *words[place + 1 :]]))
    assert (refused.value.problem, refused.value.word) == (ReceiptProblem.WORD, place + 1)


def test_most_slips_between_words_of_the_list_are_told_from_another_code() -> None:
    words = Receipt.parse("31415926535897932384626433832795").words(ReceiptLanguage.ENGLISH)
    told = 0
    for place in range(10):
        slipped = [*words]
        slipped[place], slipped[place + 1] = slipped[place + 1], slipped[place]
        try:
            Receipt.parse(" ".join(slipped))
        except sealing.ReceiptUnreadable as refused:
            told += refused.problem is ReceiptProblem.CHECK
    assert told >= 7


@pytest.mark.parametrize("language", list(ReceiptLanguage))
def test_words_of_a_list_cannot_be_taken_for_one_another(language: ReceiptLanguage) -> None:
    words = [receipt_words.plain(word) for word in receipt_words.LISTS[language]]
    assert len(words) == len({word[:4] for word in words}) == 1024
    assert all(4 <= len(word) <= 10 and word.isalpha() for word in words)
    known = set(words)
    for word in words:
        cut = {word[:at] + word[at + 1 :] for at in range(len(word))}
        swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)} - {word}
        changed = {
            word[:at] + letter + word[at + 1 :] for at in range(len(word)) for letter in set("".join(known)) if letter != word[at]
        }
        assert not known & (cut | swapped | changed), word


@pytest.mark.parametrize("language", list(ReceiptLanguage))
def test_the_lists_of_the_specification_are_those_of_the_code(language: ReceiptLanguage) -> None:
    published = (SPEC / "wordlists" / f"{language.value}.txt").read_text(encoding="utf-8")
    assert published == "".join(f"{word}\n" for word in receipt_words.LISTS[language])


@given(st.text(max_size=60))
def test_any_other_text_is_no_receipt(text: str) -> None:
    digits = [character for character in text if character in "0123456789"]
    if len(digits) != 32:
        with pytest.raises(sealing.ReceiptUnreadable):
            Receipt.parse(text)


def test_a_receipt_opens_its_conversation_and_no_other_does() -> None:
    receipt, salt = Receipt.generate(), ReceiptSalt.generate()
    public = sealing.receipt_pair(receipt, salt).public_key()
    sealed = sealing.seal_to(public, CONTEXT, b"we can help")
    typed = Receipt.parse(receipt.digits().replace(" ", "-"))
    assert sealing.open_from(sealing.receipt_pair(typed, ReceiptSalt(salt.encoded)), CONTEXT, sealed) == b"we can help"
    for other in (
        sealing.receipt_pair(Receipt.generate(), salt),
        sealing.receipt_pair(receipt, ReceiptSalt.generate()),
    ):
        with pytest.raises(sealing.WrapRefused):
            sealing.open_from(other, CONTEXT, sealed)


def test_receipts_are_drawn_from_all_their_digits() -> None:
    drawn = [Receipt.generate().digits().replace(" ", "") for _ in range(200)]
    assert len(set(drawn)) == 200
    assert all(len({digits[position] for digits in drawn}) == 10 for position in range(32))


@pytest.mark.parametrize(("threshold", "count"), [(2, 2), (2, 3), (3, 5), (16, 16)])
def test_any_threshold_of_shares_gives_the_key_and_fewer_do_not(threshold: int, count: int) -> None:
    key = RecoveryKey.generate()
    shares = key.split(threshold, count)
    assert len(shares) == count
    for some in itertools.islice(itertools.combinations(shares, threshold), 6):
        assert RecoveryKey.join(some) == key
    assert RecoveryKey.join(shares) == key
    assert RecoveryKey.join([RecoveryShare(share.words().upper()) for share in shares[:threshold]]) == key
    with pytest.raises(sealing.RecoveryRefused):
        RecoveryKey.join(shares[: threshold - 1])


def test_shares_that_do_not_belong_together_are_refused() -> None:
    key = RecoveryKey.generate()
    shares, again, stranger = key.split(2, 3), key.split(2, 3), RecoveryKey.generate().split(2, 3)
    for mixed in (
        [],
        [shares[0], shares[0]],
        [shares[0], again[1]],
        [shares[0], stranger[1]],
        [shares[0], shares[1], stranger[2]],
        [shares[0], shares[1], again[2]],
    ):
        with pytest.raises(sealing.RecoveryRefused):
            RecoveryKey.join(mixed)


def test_a_further_share_that_was_made_to_fit_another_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # The digest inside a share has 32 bits: a custodian could search for such a share, a test cannot.
    shares = RecoveryKey.generate().split(2, 3)
    answers = itertools.count()
    monkeypatch.setattr(recovery, "combine_mnemonics", lambda words: bytes(31) + bytes([next(answers)]))
    with pytest.raises(sealing.RecoveryRefused):
        RecoveryKey.join(shares)


@pytest.mark.parametrize(("threshold", "count"), [(1, 1), (1, 3), (0, 0), (3, 2), (2, 17)])
def test_thresholds_that_protect_nothing_are_refused(threshold: int, count: int) -> None:
    with pytest.raises(sealing.RecoveryRefused):
        RecoveryKey.generate().split(threshold, count)


def test_a_share_of_another_length_is_refused() -> None:
    short = shamir_mnemonic.generate_mnemonics(1, [(2, 2)], bytes(16))[0][0]
    with pytest.raises(sealing.RecoveryRefused):
        RecoveryShare(short)


def test_what_is_sealed_for_recovery_opens_with_the_joined_key() -> None:
    key = RecoveryKey.generate()
    sealed = sealing.seal_to(key.public_key(), CONTEXT, b"member keys")
    joined = RecoveryKey.join(key.split(2, 3)[1:])
    assert sealing.open_from(joined.private_key(), CONTEXT, sealed) == b"member keys"
    assert RecoveryKey.from_secret_bytes(joined.secret_bytes()) == key


def test_tokens_are_found_by_their_digest() -> None:
    token = sealing.new_token()
    assert Token.parse(token.text()) == token
    assert Token.parse(token.text()).digest() == token.digest()
    assert token.digest() != sealing.new_token().digest()
    assert urllib.parse.quote(token.text(), safe="") == token.text()


@given(st.binary(min_size=32, max_size=32))
def test_a_token_has_one_spelling(content: bytes) -> None:
    text = Token(content).text()
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    spellings = [text[:-1] + last for last in alphabet]
    read = []
    for spelling in spellings:
        assert len(base64.urlsafe_b64decode(spelling + "=")) == 32
        try:
            read.append(Token.parse(spelling))
        except sealing.CodeRefused:
            continue
    assert len(read) == 16
    assert read.count(Token(content)) == 1


def test_a_spoken_code_is_compared_by_its_digest() -> None:
    code, token = SpokenCode.generate(), sealing.new_token()
    heard = SpokenCode.parse(code.digits())
    assert heard.digest(token) == code.digest(token)
    assert heard.digest() == code.digest()
    assert len({code.digest(), code.digest(token), code.digest(sealing.new_token())}) == 3


@pytest.mark.parametrize(
    ("at", "expected"),
    [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")],
)
def test_one_time_codes_are_those_of_rfc_6238(at: int, expected: str) -> None:
    assert SECRET.code(at) == expected
    assert SECRET.verify(expected, at, None) == at // 30


@given(st.integers(0, 2**33), st.integers(-3, 3))
def test_a_code_is_taken_one_step_around_its_own_and_once(at: int, offset: int) -> None:
    later = at + 30 * offset
    if later < 0:
        return
    code = SECRET.code(at)
    if abs(offset) <= 1:
        step = SECRET.verify(code, later, None)
        with pytest.raises(sealing.CodeRefused):
            SECRET.verify(code, later, max(step, at // 30))


def test_the_first_step_has_no_step_before_it() -> None:
    assert SECRET.verify(SECRET.code(0), 0, None) == 0


def test_the_address_for_authenticators_names_the_secret() -> None:
    address = TotpSecret.from_secret_bytes(SECRET.secret_bytes()).provisioning_uri("amal", "Safeconduct")
    query = urllib.parse.parse_qs(urllib.parse.urlparse(address).query)
    assert query["secret"] == [base64.b32encode(SECRET.secret_bytes()).decode()]
    assert query["issuer"] == ["Safeconduct"]
    assert address.startswith("otpauth://totp/")
    assert TotpSecret.generate() != TotpSecret.generate()
