"""The signature inside a document: offline, for years, under given roots only; tampering is found."""

import hashlib
import shutil
import ssl
import subprocess
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from safeconduct.core.dossier import render
from safeconduct.core.pades import Chain, DocumentRefused, check, sign_document
from safeconduct.core.sealing import SigningPrivateKey
from safeconduct.core.sealing.documents import DocumentKey, issue
from tests.core.dossier import parts

DAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, tzinfo=UTC)
LATER = [datetime(2026, 11, 23, tzinfo=UTC), datetime(2034, 1, 1, tzinfo=UTC)]


def chain(seed: int, name: str, use: str) -> Chain:
    """An organisation's certificates for documents or for time stamps."""
    key = SigningPrivateKey.from_seed(bytes([seed]) * 32)
    leaf = DocumentKey.following(key, use)
    root = DocumentKey.following(key, "root")
    issued = issue(root, leaf.public_der(), organisation=name, for_time=use == "time", day=DAY)
    return Chain(issued.root, issued.leaf, issued.revocations, leaf.sign)


OURS, THEIRS = chain(1, "Ligne des Steppes", "document"), chain(2, "Maison du Port", "time")
ROOTS = [OURS.root, THEIRS.root]


@cache
def signed() -> bytes:
    """A signed dossier document."""
    return sign_document(render(parts.content(), proofs=3), signer=OURS, stamper=THEIRS, at=AT)


@pytest.mark.parametrize("at", LATER)
def test_the_signature_holds_now_and_in_years_without_a_network(at: datetime) -> None:
    finding = check(signed(), roots=ROOTS, at=at)
    assert finding is not None
    assert (finding.intact, finding.long_term, finding.covers_all) == (True, True, True)
    assert "Ligne des Steppes" in finding.signer


@pytest.mark.parametrize("roots", [[OURS.root], [THEIRS.root], [chain(3, "Ligne des Steppes", "document").root, THEIRS.root]])
def test_it_does_not_hold_under_other_roots(roots: list[bytes]) -> None:
    finding = check(signed(), roots=roots, at=LATER[0])
    assert finding is not None
    assert not finding.long_term


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6])
def test_a_changed_byte_is_found(part: float) -> None:
    changed = bytearray(signed())
    changed[int(len(changed) * part)] ^= 1
    finding = check(bytes(changed), roots=ROOTS, at=LATER[0])
    assert finding is None or not finding.intact


def test_what_is_added_afterwards_is_no_part_of_it() -> None:
    finding = check(signed() + b"\n%%EOF trailing", roots=ROOTS, at=LATER[0])
    assert finding is None or not finding.covers_all or not finding.long_term


def test_a_document_without_a_signature_has_none() -> None:
    assert check(render(parts.content(), proofs=3), roots=ROOTS, at=AT) is None
    assert check(b"no document", roots=ROOTS, at=AT) is None
    with pytest.raises(DocumentRefused):
        sign_document(b"no document", signer=OURS, stamper=THEIRS, at=AT)


def test_keys_and_certificates_follow_from_the_organisations_key() -> None:
    again = chain(1, "Ligne des Steppes", "document")
    assert (again.root, again.leaf, again.revocations) == (OURS.root, OURS.leaf, OURS.revocations)
    assert again.sign(b"x") == OURS.sign(b"x")
    key = SigningPrivateKey.from_seed(bytes(32))
    assert len({DocumentKey.following(key, use).public_der() for use in ("root", "document", "time")}) == 3
    assert "DocumentKey" in repr(DocumentKey.following(key, "root"))
    assert key.secret_bytes().hex() not in repr(DocumentKey.following(key, "root"))


@pytest.mark.foreign
@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig (poppler-utils) is not installed")
def test_a_tool_that_is_not_ours_says_that_the_signature_is_valid(tmp_path: Path) -> None:
    (tmp_path / "dossier.pdf").write_bytes(signed())
    said = subprocess.run(["pdfsig", "-nocert", "dossier.pdf"], cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    assert "Signature Validation: Signature is Valid." in said
    assert "Nov 22 2026 00:00:00" in said
    (tmp_path / "dossier.pdf").write_bytes(signed().replace(b"/Lang (fr)", b"/Lang (en)", 1).replace(b"%PDF-1.7", b"%PDF-1.6", 1))
    said = subprocess.run(["pdfsig", "-nocert", "dossier.pdf"], cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." not in said


@pytest.mark.foreign
@pytest.mark.skipif(None in (shutil.which("pdfsig"), shutil.which("openssl")), reason="pdfsig or openssl is not installed")
@pytest.mark.parametrize(("root", "said"), [(OURS.root, "OK"), (THEIRS.root, "")])
def test_an_official_checks_the_certificate_with_openssl_as_the_guide_says(tmp_path: Path, root: bytes, said: str) -> None:
    (tmp_path / "dossier.pdf").write_bytes(signed())
    (tmp_path / "organisation-roots.pem").write_text(ssl.DER_cert_to_PEM_cert(root))
    for command in (
        "pdfsig -dump dossier.pdf",
        "openssl pkcs7 -inform DER -in dossier.pdf.sig0 -print_certs -out signer.pem",
        "openssl verify -CAfile organisation-roots.pem signer.pem",
    ):
        ended = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.stdout.removeprefix("signer.pem:").strip() == said


def test_the_document_under_the_signature_is_the_one_that_was_set() -> None:
    plain = render(parts.content(), proofs=3)
    assert hashlib.sha256(signed()[: len(plain)]).digest() == hashlib.sha256(plain).digest()
