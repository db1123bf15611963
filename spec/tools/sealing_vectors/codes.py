"""Vectors of what people type: receipts, tokens, spoken codes, one-time codes and recovery shares."""

import unicodedata
from collections.abc import Iterator
from unittest import mock

from safeconduct.core.sealing import Receipt, ReceiptLanguage, RecoveryKey, SpokenCode, Token, TotpSecret
from safeconduct.core.sealing import receipt_words as receipt_words_module
from sealing_vectors.fixed import Vector, fixed

DIGITS = "31415926535897932384626433832795"
SECRET = TotpSecret(b"12345678901234567890")


def receipts() -> Iterator[Vector]:
    """Receipt codes as people type them."""
    grouped = Receipt.parse(DIGITS).digits()
    good = {"digits": DIGITS, "locator": DIGITS[:7]}
    for name, why, text in (
        ("plain", "Digits only.", DIGITS),
        ("grouped", "As it is shown.", grouped),
        ("dashes", "With dashes.", grouped.replace(" ", "-")),
        ("long-dashes", "With the dashes that phones make of them.", grouped.replace(" ", " — ")),
        ("non-breaking", "With spaces that do not break.", grouped.replace(" ", "\u00a0")),
        ("thin-spaces", "With thin spaces.", grouped.replace(" ", "\u2009")),
        ("lines", "Over several lines, with a line end after it.", grouped.replace(" ", "\r\n") + "\n"),
        ("tabs", "With tabs.", grouped.replace(" ", "\t")),
    ):
        yield Vector(f"receipt-{name}", "success", why, "receipt", text.encode(), good)
    for name, why, text in (
        ("empty", "Nothing.", ""),
        ("spaces", "Only spaces.", " " * 32),
        ("short", "31 digits.", DIGITS[:-1]),
        ("long", "33 digits.", DIGITS + "0"),
        ("letter", "The letter O for a zero.", DIGITS[:-1] + "O"),
        ("cyrillic", "The letter З for a three.", "З" + DIGITS[1:]),
        ("arabic", "Arabic digits.", DIGITS.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))),
        ("wide", "Full-width digits.", DIGITS.translate(str.maketrans("0123456789", "０１２３４５６７８９"))),
        ("dots", "With dots.", grouped.replace(" ", ".")),
        ("underscores", "With underscores.", grouped.replace(" ", "_")),
        ("minus", "With a minus sign, which is no dash.", grouped.replace(" ", "\u2212")),
        ("sign", "A sign in front.", "+" + DIGITS),
        ("zero-width", "With spaces of no width.", grouped.replace(" ", "\u200b")),
        ("superscript", "A raised digit.", DIGITS[:-1] + "²"),
    ):
        yield Vector(f"receipt-{name}", "receipt", why, "receipt", text.encode())


def receipt_words() -> Iterator[Vector]:
    """Receipts in words: each writing, and what nobody can have written down."""
    receipt = Receipt.parse(DIGITS)
    words = {language: receipt.words(language) for language in ReceiptLanguage}
    russian, french, english = (words[language] for language in ReceiptLanguage)
    good = {"digits": DIGITS, "locator": DIGITS[:7]}
    for digits, name in ((DIGITS, "plain"), ("0" * 32, "zeros"), ("9" * 32, "nines")):
        for language in ReceiptLanguage:
            body = " ".join(Receipt.parse(digits).words(language)).encode()
            lines = {"digits": digits, "locator": digits[:7]}
            yield Vector(f"words-{language.value}-{name}", "success", "Words of one language.", "receipt", body, lines)
    for name, why, text in (
        ("lines", "One a line.", "\r\n".join(russian) + "\n"),
        ("commas", "With commas and a full stop.", ", ".join(english) + "."),
        ("dashes", "With dashes.", " – ".join(french)),
        ("capitals", "In capitals.", " ".join(russian).upper()),
        ("four-letters", "Four letters of each.", " ".join(receipt_words_module.plain(word)[:4] for word in french)),
        ("no-accents", "Without accents.", " ".join(receipt_words_module.plain(word) for word in french)),
        ("no-dots", "Without the dots of ё and the bow of й.", " ".join(receipt_words_module.plain(word) for word in russian)),
        ("decomposed", "Accents as characters of their own.", unicodedata.normalize("NFD", " ".join(russian))),
        ("tabs", "With tabs and spaces that do not break.", "\t\u00a0".join(english)),
    ):
        yield Vector(f"words-{name}", "success", why, "receipt", text.encode(), good)
    yield from _refused_words(russian, french, english)


def _refused_words(russian: list[str], french: list[str], english: list[str]) -> Iterator[Vector]:
    first, second = english[0], english[1]
    beyond = receipt_words_module.LISTS[ReceiptLanguage.ENGLISH][-1]
    latin = [russian[0].replace("а", "a").replace("о", "o").replace("е", "e").replace("р", "p"), *russian[1:]]
    for name, why, typed in (
        ("one", "One word.", [first]),
        ("ten", "Ten words.", english[:-1]),
        ("twelve", "Twelve words.", [*english, first]),
        ("unknown", "A word that is in no list.", ["safeconduct", *english[1:]]),
        ("three-letters", "Three letters of a word.", [first[:3], *english[1:]]),
        ("longer", "A word and an ending.", [first + "s", *english[1:]]),
        ("four-wrong", "Four letters that fit, and a fifth that does not.", [first[:4] + "q", *english[1:]]),
        ("two-languages", "The last word of another language.", [*russian[:-1], english[-1]]),
        ("half-half", "Six words of one language and five of another.", [*french[:6], *russian[6:]]),
        ("latin-letters", "Latin letters that look Cyrillic.", latin),
        ("swapped", "Two words have changed places.", [second, first, *english[2:]]),
        ("other-word", "Another word of the list.", [*english[:-1], _another(english[-1])]),
        ("beyond", "A number that no 32 digits write.", [beyond] * 11),
        ("number", "A number among the words.", ["42", *english[1:]]),
        ("digits-and-word", "Digits, and a word after them.", [DIGITS, first]),
        ("underscores", "Parted by underscores.", ["_".join(english)]),
        ("zero-width", "Parted by spaces of no width.", ["\u200b".join(english)]),
        ("line-separator", "Parted by a character that is no space.", ["\u2028".join(english)]),
        ("soft-hyphen", "A soft hyphen inside a word.", [first[:2] + "\u00ad" + first[2:], *english[1:]]),
    ):
        yield Vector(f"words-refused-{name}", "receipt", why, "receipt", " ".join(typed).encode())


def _another(word: str) -> str:
    """The next entry of the list: for the code of these vectors its three bits of check do not fit."""
    entries = receipt_words_module.LISTS[ReceiptLanguage.ENGLISH]
    return entries[(entries.index(word) + 1) % len(entries)]


def tokens() -> Iterator[Vector]:
    """Tokens from links, and spoken codes."""
    token = Token(fixed("token"))
    text, digest = token.text(), {"digest": token.digest().hex()}
    yield Vector("token-plain", "success", "A token.", "token", text.encode(), digest)
    last = "B" if text[-1] != "B" else "C"
    for name, why, changed in (
        ("empty", "Nothing.", ""),
        ("short", "42 characters.", text[:-1]),
        ("long", "44 characters.", text + "A"),
        ("padded", "With the padding of base64.", text + "="),
        ("newline", "A line end follows.", text + "\n"),
        ("standard", "A character of the other alphabet.", "+" + text[1:]),
        ("spelling", "Bits that carry nothing are set.", text[:-1] + last),
    ):
        yield Vector(f"token-{name}", "code", why, "token", changed.encode())
    code = SpokenCode.parse("314159265")
    beside = {"token": text, "digest": code.digest(token).hex()}
    for name, spoken in (("plain", "314159265"), ("grouped", "314 159 265"), ("dashes", "314-159-265")):
        yield Vector(f"spoken-{name}", "success", "Beside a token.", "spoken-code", spoken.encode(), beside)
    alone = {"digest": code.digest().hex()}
    yield Vector("spoken-alone", "success", "Without a token.", "spoken-code", b"314159265", alone)
    for name, why, spoken in (
        ("short", "Eight digits.", "31415926"),
        ("long", "Ten digits.", "3141592653"),
        ("letter", "A letter.", "31415926S"),
        ("empty", "Nothing.", ""),
    ):
        yield Vector(f"spoken-{name}", "code", why, "spoken-code", spoken.encode())


def one_time_codes() -> Iterator[Vector]:
    """Codes of an authenticator; the body is the code as typed."""
    at = 1_111_111_111
    step = at // 30
    codes = {offset: SECRET.code((step + offset) * 30).encode() for offset in (-2, -1, 0, 1, 2)}

    def vector(name: str, expect: str, why: str, code: bytes, **changes: str) -> Vector:
        inputs = {"secret": SECRET.secret_bytes().hex(), "at": str(at), **changes}
        return Vector(f"totp-{name}", expect, why, "one-time-code", code, inputs)

    yield vector("now", "success", "The code of this moment.", codes[0], step=str(step))
    yield vector("before", "success", "One step late.", codes[-1], step=str(step - 1))
    yield vector("after", "success", "One step early.", codes[1], step=str(step + 1))
    yield vector("spaced", "success", "Typed with a space.", codes[0][:3] + b" " + codes[0][3:], step=str(step))
    last = {"last-step": str(step - 1)}
    yield vector("next", "success", "After the code of the step before.", codes[0], step=str(step), **last)
    yield vector("rfc-6238", "success", "The last six digits of the value in RFC 6238.", b"050471", step=str(step))
    yield vector("old", "code", "Two steps late.", codes[-2])
    yield vector("early", "code", "Two steps early.", codes[2])
    yield vector("again", "code", "The same code once more.", codes[0], **{"last-step": str(step)})
    yield vector("older", "code", "A code from before the last one.", codes[-1], **{"last-step": str(step)})
    yield vector("wrong", "code", "Another code.", b"000000")
    yield vector("short", "code", "Five digits.", codes[0][:5])
    yield vector("long", "code", "Seven digits.", codes[0] + b"0")
    yield vector("letters", "code", "Letters.", b"abcdef")
    arabic = codes[0].decode().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    yield vector("arabic", "code", "Arabic digits.", arabic.encode())
    yield vector("empty", "code", "Nothing.", b"")


def recovery_shares() -> Iterator[Vector]:
    """Shares of recovery keys; the body is one share a line."""
    key = RecoveryKey(fixed("recovery key"))
    two, three = _split(key, 2, 3, "two of three"), _split(key, 3, 5, "three of five")
    stranger = _split(RecoveryKey(fixed("another recovery key")), 2, 3, "another")
    again = _split(key, 2, 3, "two of three again")
    good = {"key": key.secret_bytes().hex()}
    for name, why, shares in (
        ("first-two", "Two of three.", two[:2]),
        ("last-two", "Two others of three, in another order.", [two[2], two[1]]),
        ("all-three", "One more than needed.", two),
        ("three-of-five", "Three of five.", three[1:4]),
        ("capitals", "Typed in capitals.", [share.upper() for share in two[:2]]),
    ):
        yield Vector(f"share-{name}", "success", why, "recovery-shares", "\n".join(shares).encode(), good)
    first = two[0].split()
    swapped = " ".join([*first[:10], first[11], first[10], *first[12:]])
    for name, why, shares in (
        ("none", "No share.", []),
        ("one", "One of two.", two[:1]),
        ("same-twice", "One share twice.", [two[0], two[0]]),
        ("two-of-three-needed", "Two where three are needed.", three[:2]),
        ("mixed-keys", "Shares of two keys.", [two[0], stranger[1]]),
        ("mixed-splits", "Shares of two splits of one key.", [two[0], again[1]]),
        ("stray", "Enough shares, and one of another key.", [*two[:2], stranger[2]]),
        ("misspelt", "A word that is not in the list.", [two[0], two[1].rsplit(" ", 1)[0] + " safeconduct"]),
        ("words-swapped", "Two words have changed places.", [swapped, two[1]]),
        ("word-missing", "A word is missing.", [two[0].rsplit(" ", 1)[0], two[1]]),
        ("word-doubled", "A word stands twice.", [two[0] + " " + first[-1], two[1]]),
    ):
        yield Vector(f"share-{name}", "share", why, "recovery-shares", "\n".join(shares).encode())


def _split(key: RecoveryKey, threshold: int, count: int, label: str) -> list[str]:
    """Shares whose random parts are the bytes of a label."""
    rest = iter(range(1000))

    def next_bytes(size: int) -> bytes:
        return fixed(f"shares {label} {next(rest)}", size)

    with mock.patch("shamir_mnemonic.shamir.RANDOM_BYTES", next_bytes):
        return [share.words() for share in key.split(threshold, count)]
