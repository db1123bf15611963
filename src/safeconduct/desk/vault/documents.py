"""Keys and certificates with which an organisation signs documents, and its server stamps them for partners."""

from dataclasses import dataclass
from datetime import date

from safeconduct.core.pades import Chain
from safeconduct.core.sealing import SigningPrivateKey
from safeconduct.core.sealing.documents import DocumentKey, issue

_ROOT, _DOCUMENT, _TIME = "root", "document", "time"


@dataclass(frozen=True)
class Certificates:
    """Public: an organisation's root, what it issued for documents and for time stamps, and its list of revocations (DER)."""

    root: bytes
    document: bytes
    time: bytes
    revocations: bytes
    root_pem: bytes


def certificates(name: str, signing_key: SigningPrivateKey, time_key: SigningPrivateKey, *, since: date) -> Certificates:
    """Certificates of an organisation that was founded on a day; the same whenever they are made."""
    root = DocumentKey.following(signing_key, _ROOT)
    document, time = DocumentKey.following(signing_key, _DOCUMENT), DocumentKey.following(time_key, _TIME)
    papers = issue(root, document.public_der(), organisation=name, for_time=False, day=since)
    stamps = issue(root, time.public_der(), organisation=name, for_time=True, day=since)
    return Certificates(papers.root, papers.leaf, stamps.leaf, papers.revocations, papers.root_pem())


def document_signer(papers: Certificates, signing_key: SigningPrivateKey) -> Chain:
    """What signs documents for the organisation."""
    return Chain(papers.root, papers.document, papers.revocations, DocumentKey.following(signing_key, _DOCUMENT).sign)


def document_stamper(papers: Certificates, time_key: SigningPrivateKey) -> Chain:
    """What stamps documents with the organisation's time key."""
    return Chain(papers.root, papers.time, papers.revocations, DocumentKey.following(time_key, _TIME).sign)
