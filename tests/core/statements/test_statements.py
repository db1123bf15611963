"""Statements: what an organisation signs is read back; whatever else comes is refused, and named."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.sealing import SigningPrivateKey, SigningPublicKey
from safeconduct.core.statements import (
    Belief,
    Check,
    Conclusion,
    Filing,
    NotStatementForm,
    Outcome,
    Reason,
    Signer,
    SiteCard,
    lines_of,
    read_statement,
    sign_statement,
    verify_statement,
)

SPEC = Path(__file__).resolve().parents[3] / "spec"
FOLDER = SPEC / "vectors" / "statements"
VECTORS = sorted(FOLDER.glob("*.txt"))
DAY = date(2026, 11, 22)
KEY = SigningPrivateKey.from_seed(b"\x07" * 32)
LANTERN = Signer("lantern", "Lantern")
FILING = Filing(filed_on=date(2026, 11, 20), number="0" * 32)


def believes_all(organisation: str, key: SigningPublicKey, day: date) -> Belief:
    return Belief.VALID


def read(path: Path) -> tuple[dict[str, str], bytes]:
    head, _, body = path.read_bytes().partition(b"\n\n")
    return dict(line.split(": ", 1) for line in head.decode().split("\n")), body


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_the_vector_has_its_outcome(path: Path) -> None:
    header, body = read(path)
    verdict = verify_statement(body, today=date.fromisoformat(header["today"]), believes=believes_all)
    reasons = [finding.reason.value for finding in verdict.findings if finding.reason is not None]
    assert (reasons or ["success"])[0] == header["expect"]


def test_there_are_enough_vectors_and_most_are_refusals() -> None:
    outcomes = [read(path)[0]["expect"] for path in VECTORS]
    assert len(outcomes) >= 40
    assert outcomes.count("success") * 3 <= len(outcomes)
    text = (SPEC / "statements-v1.md").read_text()
    assert not [outcome for outcome in outcomes if f"`{outcome}`" not in text]


def test_the_generator_gives_the_same_files_again(tmp_path: Path) -> None:
    program = SPEC / "tools" / "make_statement_vectors.py"
    paths = {**os.environ, "PYTHONPATH": str(SPEC.parent / "src")}
    subprocess.run([sys.executable, program, tmp_path], check=True, capture_output=True, env=paths)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {path.name: path.read_bytes() for path in VECTORS}


def test_what_is_signed_is_read_back_and_holds() -> None:
    made = sign_statement(KEY, LANTERN, FILING, day=DAY)
    assert read_statement(made.encode()) == made
    assert made.body == FILING
    assert verify_statement(made.encode(), today=DAY, believes=believes_all).conclusion is Conclusion.HOLDS


def test_what_no_reader_would_take_is_not_signed() -> None:
    for body in (Filing(filed_on=date(2026, 11, 23), number="0" * 32), Filing(filed_on=DAY, number="Ivan")):
        with pytest.raises(NotStatementForm):
            sign_statement(KEY, LANTERN, body, day=DAY)


@pytest.mark.parametrize(
    ("belief", "outcome", "conclusion"),
    [
        (Belief.VALID, Outcome.HOLDS, Conclusion.HOLDS),
        (Belief.UNKNOWN, Outcome.UNKNOWN, Conclusion.UNTRUSTED),
        (Belief.OUT_OF_TIME, Outcome.BROKEN, Conclusion.BROKEN),
        (Belief.WITHDRAWN, Outcome.BROKEN, Conclusion.BROKEN),
        (None, Outcome.UNKNOWN, Conclusion.UNTRUSTED),
    ],
)
def test_trust_is_for_the_readers_file_to_say(belief: Belief | None, outcome: Outcome, conclusion: Conclusion) -> None:
    encoded = sign_statement(KEY, LANTERN, FILING, day=DAY).encode()
    believes = (lambda organisation, key, day: belief) if belief else None
    verdict = verify_statement(encoded, today=DAY, believes=believes)
    assert next(finding for finding in verdict.findings if finding.check is Check.TRUST).outcome is outcome
    assert verdict.conclusion is conclusion


@given(st.integers(0, 6500), st.integers(1, 255))
def test_no_changed_byte_is_believed(position: int, mask: int) -> None:
    encoded = bytearray(sign_statement_once())
    encoded[position % len(encoded)] ^= mask
    verdict = verify_statement(bytes(encoded), today=DAY, believes=believes_all)
    assert verdict.conclusion in (Conclusion.BROKEN, Conclusion.UNREADABLE)


@given(st.binary(max_size=300))
def test_any_bytes_have_a_verdict(content: bytes) -> None:
    assert verify_statement(content, today=DAY, believes=None).conclusion is Conclusion.UNREADABLE


def test_every_reason_has_words_in_every_language() -> None:
    encoded = sign_statement_once()
    for language in ("en", "fr", "ru"):
        assert len(lines_of(verify_statement(encoded, today=DAY, believes=None), language)) == 13
        assert len(lines_of(verify_statement(b"{}", today=DAY, believes=None), language)) == 4
    specified = (SPEC / "statements-v1.md").read_text()
    assert all(f"`{reason.value}`" in specified for reason in Reason if reason is not Reason.NOT_CHECKED)


_made: list[bytes] = []


def sign_statement_once() -> bytes:
    """The bytes of one statement; signing is slow and not what these tests are about."""
    if not _made:
        _made.append(sign_statement(KEY, LANTERN, FILING, day=DAY).encode())
    return _made[0]


def test_a_site_card_shows_its_addresses_one_a_line() -> None:
    card = SiteCard(
        addresses=("https://one.example/", "https://two.example/"),
        fingerprints=("ab" * 32,),
        valid_from=date(2026, 11, 22),
        valid_until=date(2027, 11, 22),
    )
    signed = sign_statement(KEY, LANTERN, card, day=DAY)
    lines = lines_of(verify_statement(signed.encode(), today=date(2026, 12, 1), believes=None), "en")
    assert [line for line in lines if "https" in line] == ["addresses: https://one.example/", "addresses: https://two.example/"]
