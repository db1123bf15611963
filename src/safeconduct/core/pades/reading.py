"""Checking a signed PDF under given roots, offline: nothing that stands in the file is fetched or believed."""

import asyncio
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any  # pyHanko's structures

from safeconduct.core.pades.model import Finding


def check(pdf: bytes, *, roots: Sequence[bytes], at: datetime) -> Finding | None:
    """What holds of the document's signature at a moment (aware) under root certificates (DER).

    None where there is none, or the file is so broken that it cannot be found.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation.errors import SignatureValidationError

    try:
        return asyncio.run(_checked(pdf, roots, at))
    except (PdfError, SigningError, SignatureValidationError, ValueError):
        return None


async def _checked(pdf: bytes, roots: Sequence[bytes], at: datetime) -> Finding | None:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import ades
    from pyhanko_certvalidator.ltv.types import ValidationTimingInfo

    embedded = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    if len(embedded) != 1:
        return None
    timing = ValidationTimingInfo(validation_time=at, best_signature_time=at, point_in_time_validation=True)
    result = await ades.ades_lta_validation(embedded[0], _policy(roots), timing_info=timing)
    status = result.api_status
    return Finding(
        intact=bool(status and status.intact),
        long_term=result.ades_subindic.status.name == "PASSED",
        covers_all=bool(status and status.modification_level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES)),
        signer=embedded[0].signer_cert.subject.human_friendly if embedded[0].signer_cert else "",
    )


def _policy(roots: Sequence[bytes]) -> Any:
    from asn1crypto import x509
    from pyhanko.sign.validation import policy_decl as pdf_policy
    from pyhanko_certvalidator.context import CertValidationPolicySpec
    from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
    from pyhanko_certvalidator.registry import SimpleTrustManager

    trust = SimpleTrustManager.build(trust_roots=[x509.Certificate.load(root) for root in roots])
    policy = CertValidationPolicySpec(trust_manager=trust, revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO))
    # By default what a file names would be fetched.
    offline = pdf_policy.RevocationInfoGatheringSpec(
        online_fetching_rule=pdf_policy.RevinfoOnlineFetchingRule.LOCAL_ONLY,
        certificate_fetching_rule=pdf_policy.CertificateFetchingRule.NEVER_FETCH,
    )
    return pdf_policy.PdfSignatureValidationSpec(
        pdf_policy.SignatureValidationSpec(
            cert_validation_policy=policy, ts_cert_validation_policy=policy, revinfo_gathering_policy=offline
        )
    )
