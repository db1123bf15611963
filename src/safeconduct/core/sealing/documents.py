"""P-256 keys and certificates for documents that officials check with their own tools, which know neither Ed25519 nor ML-DSA.

They follow from a signing key's seed, so whoever holds the seed can sign and nothing more has to be kept secret. Nothing of the
product relies on them: what counts are the attestations beside the document.
"""

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from safeconduct.core.sealing.keys import KEY_BYTES, Secret, purpose_string
from safeconduct.core.sealing.signatures import SigningPrivateKey

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_BACKDATED = timedelta(days=1)
_ROOT_VALID, _LEAF_VALID = timedelta(days=20 * 365), timedelta(days=10 * 365)


class DocumentKey(Secret):
    """Signs documents, certificates or time stamps for one organisation: ECDSA with P-256, as RFC 6979 says."""

    __slots__ = ("_key",)

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        wide = HKDF(hashes.SHA256(), 48, salt=None, info=purpose_string(b"p256")).derive(content)
        self._key = ec.derive_private_key(int.from_bytes(wide) % (_ORDER - 1) + 1, ec.SECP256R1())

    @classmethod
    def generate(cls) -> "DocumentKey":
        """A fresh key, for tests."""
        return cls(os.urandom(KEY_BYTES))

    @classmethod
    def following(cls, key: SigningPrivateKey, use: str) -> "DocumentKey":
        """The key for one use (`root`, `document`, `time`) that follows from a signing key."""
        info = purpose_string(b"document-key/" + use.encode())
        return cls(HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=info).derive(key.secret_bytes()))

    def sign(self, message: bytes) -> bytes:
        """A DER signature of the message."""
        return self._key.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))

    def public_der(self) -> bytes:
        """SubjectPublicKeyInfo."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return self._key.public_key().public_bytes(serialization.Encoding.DER, form)


@dataclass(frozen=True)
class Issued:
    """What an organisation's root has issued, as DER: its own certificate, one for a use, and its list of revocations."""

    root: bytes
    leaf: bytes
    revocations: bytes

    def root_pem(self) -> bytes:
        """The root certificate, for import."""
        return x509.load_der_x509_certificate(self.root).public_bytes(serialization.Encoding.PEM)


def issue(root: DocumentKey, leaf_key: bytes, *, organisation: str, for_time: bool, day: date) -> Issued:
    """Certificates of an organisation (its name): a root of its own and, under it, one for documents or for time stamps.

    `leaf_key` is a SubjectPublicKeyInfo. Valid from the day before `day`; 20 and 10 years.
    """
    start = datetime.combine(day, time(), tzinfo=UTC) - _BACKDATED
    issuer = _name(organisation, "Safeconduct root")
    authority = _certificate(issuer, issuer, root, root.public_der(), start, _ROOT_VALID)
    authority = authority.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    authority = authority.add_extension(_usage(sign=False, issue=True), critical=True)
    subject = _name(organisation, "Time stamps" if for_time else "Documents")
    leaf = _certificate(issuer, subject, root, leaf_key, start, _LEAF_VALID)
    leaf = leaf.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    leaf = leaf.add_extension(_usage(sign=True, issue=False), critical=True)
    if for_time:
        leaf = leaf.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    revoked = x509.CertificateRevocationListBuilder().issuer_name(issuer).last_update(start).next_update(start + _ROOT_VALID)
    revoked = revoked.add_extension(_issuer_key(root), critical=False).add_extension(x509.CRLNumber(1), critical=False)
    key, digest = root._key, hashes.SHA256()
    signed = [each.sign(key, digest, ecdsa_deterministic=True) for each in (authority, leaf)]
    listed = revoked.sign(key, digest, ecdsa_deterministic=True)
    der = serialization.Encoding.DER
    return Issued(signed[0].public_bytes(der), signed[1].public_bytes(der), listed.public_bytes(der))


def _certificate(
    issuer: x509.Name, subject: x509.Name, root: DocumentKey, public: bytes, start: datetime, valid: timedelta
) -> x509.CertificateBuilder:
    key = serialization.load_der_public_key(public)
    assert isinstance(key, ec.EllipticCurvePublicKey)
    # The serial number follows from what is certified, so that the same wish gives the same bytes.
    text = public + subject.public_bytes() + start.isoformat().encode()
    serial = int.from_bytes(HKDF(hashes.SHA256(), 16, salt=None, info=purpose_string(b"serial")).derive(text)) | 1
    builder = x509.CertificateBuilder().issuer_name(issuer).subject_name(subject).public_key(key).serial_number(serial)
    builder = builder.not_valid_before(start).not_valid_after(start + valid)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    return builder.add_extension(_issuer_key(root), critical=False)


def _issuer_key(root: DocumentKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(root._key.public_key())


def _name(organisation: str, use: str) -> x509.Name:
    common = f"{organisation[:40]}: {use}"
    parts = [(NameOID.ORGANIZATION_NAME, organisation[:60]), (NameOID.COMMON_NAME, common)]
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts])


def _usage(*, sign: bool, issue: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=sign,
        content_commitment=sign,
        key_cert_sign=issue,
        crl_sign=issue,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
