"""Signing a PDF: the organisation's signature, a partner's time stamp over it, what verifies both, a time stamp over all.

Everything happens in memory; nothing is fetched. pyHanko takes a second to load and is loaded only here, when it is needed.
"""

import hashlib
import io
import logging
import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast  # Any: pyHanko's and asn1crypto's structures

from safeconduct.core.pades.model import Chain, DocumentRefused

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

_POLICY = "1.3.6.1.4.1.4146.2.3"
_FIELD, _STAMP_FIELD = "Signature", "Timestamp"
_DIGEST = "sha256"
# It warns with each signature that nothing is fetched; that is what is wanted.
logging.getLogger("pyhanko.sign.signers.pdf_signer").setLevel(logging.ERROR)


def sign_document(pdf: bytes, *, signer: Chain, stamper: Chain, at: datetime) -> bytes:
    """The PDF with an invisible signature of PAdES level B-LTA.

    `at` (aware) stands as the time in signature and stamps, said to be true to a day. DocumentRefused for what is no PDF.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import fields, signers
    from pyhanko_certvalidator import ValidationContext
    from pyhanko_certvalidator.errors import PathError

    roots = [_loaded(signer.root), _loaded(stamper.root)]
    context = ValidationContext(
        trust_roots=roots,
        other_certs=[_loaded(signer.leaf), _loaded(stamper.leaf)],
        crls=[signer.revocations, stamper.revocations],
        allow_fetching=False,
        revocation_mode="require",
        moment=at,
    )
    metadata = signers.PdfSignatureMetadata(
        field_name=_FIELD,
        md_algorithm=_DIGEST,
        subfilter=fields.SigSeedSubFilter.PADES,
        embed_validation_info=True,
        use_pades_lta=True,
        timestamp_field_name=_STAMP_FIELD,
        validation_context=context,
    )
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        clock = _stamper(stamper, at)
        signing = _at(at)(metadata, signer=_signer(signer), timestamper=clock)
        out = signing.sign_pdf(writer, in_place=False, output=io.BytesIO())
    except (PdfError, PathError) as error:
        raise DocumentRefused("the document cannot be signed") from error
    signed: bytes = out.getvalue()
    return signed


def _at(moment: datetime) -> Any:
    from pyhanko.sign import signers

    class OurPdfSigner(signers.PdfSigner):
        """Writes the given moment where pyHanko would ask the clock."""

        def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
            """The session, at that moment."""
            session = super().init_signing_session(*args, **kwargs)
            session.system_time = moment
            return session

    return OurPdfSigner


def _loaded(certificate: bytes) -> Any:
    from asn1crypto import x509

    return x509.Certificate.load(certificate)


def _signer(chain: Chain) -> Any:
    from pyhanko.sign.signers import Signer
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class OurSigner(Signer):
        """A signer whose key is behind a function."""

        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            """The signature; ECDSA with SHA-256 is all there is."""
            assert digest_algorithm == _DIGEST
            return chain.sign(data)

    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko's is untyped
    store.register_multiple([_loaded(chain.root), _loaded(chain.leaf)])
    return OurSigner(signing_cert=_loaded(chain.leaf), cert_registry=store, signature_mechanism=_ecdsa())


def _ecdsa() -> Any:
    from asn1crypto import algos

    return algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"})


def _stamper(chain: Chain, at: datetime) -> "TimeStamper":
    from asn1crypto import algos, cms, core, tsp
    from asn1crypto import x509 as asn1_x509
    from pyhanko.sign import general, timestamps

    certificate, attribute = _loaded(chain.leaf), cast("Any", general.simple_cms_attribute)

    class OurTimeStamper(timestamps.TimeStamper):
        """RFC 3161 without a network: the answer is made here."""

        async def async_request_tsa_response(self, req: Any) -> Any:
            """A stamp for the digest that is asked about."""
            statement: dict[str, Any] = {
                "version": "v1",
                "policy": tsp.ObjectIdentifier(_POLICY),
                "message_imprint": req["message_imprint"],
                "serial_number": secrets.randbits(63),
                "gen_time": at,
                "accuracy": {"seconds": 86_400},
                "tsa": asn1_x509.GeneralName(name="directory_name", value=certificate.subject),
            }
            if req["nonce"].native is not None:
                statement["nonce"] = req["nonce"]
            told = tsp.TSTInfo(statement).dump()
            token = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(self._signed(told))})
            granted = tsp.PKIStatusInfo({"status": tsp.PKIStatus("granted")})
            return tsp.TimeStampResp({"status": granted, "time_stamp_token": token})

        def _signed(self, told: bytes) -> dict[str, Any]:
            digest = algos.DigestAlgorithm({"algorithm": _DIGEST})
            attributes = cms.CMSAttributes(
                [
                    attribute("content_type", "tst_info"),
                    attribute("signing_time", cms.Time({"utc_time": core.UTCTime(at)})),
                    attribute("signing_certificate_v2", general.as_signing_certificate_v2(certificate)),
                    attribute("message_digest", hashlib.sha256(told).digest()),
                ]
            )
            names = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
            who = cms.SignerIdentifier({"issuer_and_serial_number": cms.IssuerAndSerialNumber(names)})
            one = cms.SignerInfo(
                {
                    "version": "v1",
                    "sid": who,
                    "digest_algorithm": digest,
                    "signature_algorithm": _ecdsa(),
                    "signed_attrs": attributes,
                    "signature": chain.sign(attributes.dump()),
                }
            )
            content = {"content_type": cms.ContentType("tst_info"), "content": cms.ParsableOctetString(told)}
            return {
                "version": "v3",
                "digest_algorithms": cms.DigestAlgorithms((digest,)),
                "encap_content_info": cms.EncapsulatedContentInfo(content),
                "certificates": [certificate, _loaded(chain.root)],
                "signer_infos": [one],
            }

    return OurTimeStamper()  # type: ignore[no-untyped-call]  # pyHanko's is untyped
