"""Whom a trust file lets believe: keys that are missing, of another time, or withdrawn."""

import io
from dataclasses import replace
from datetime import date

import pytest

from safeconduct.core.dossier import Check, Conclusion, DatedKey, Problem, Reason, Signatory, Trust, verify_dossier
from safeconduct.core.sealing import SigningPrivateKey
from tests.core.dossier import parts


def test_without_a_trust_file_the_dossier_is_whole_but_open() -> None:
    verdict = verify_dossier(io.BytesIO(parts.dossier_bytes()), trust=None, today=parts.DAY)
    assert verdict.finding(Check.TRUST).problems == (Problem(Reason.NO_TRUST_FILE),)
    assert verdict.conclusion is Conclusion.UNTRUSTED


OLD_DAY = date(2025, 1, 1)


def dated(key: SigningPrivateKey, **changes: object) -> DatedKey:
    return replace(DatedKey(key=key.public_key().encode(), first_day=OLD_DAY), **changes)  # type: ignore[arg-type]  # any field


TRUSTS: dict[str, tuple[Trust, Reason, str, Conclusion]] = {
    "an organisation missing": (
        Trust(parts.trust().organisations[:1], day=parts.DAY),
        Reason.ORGANISATION_UNKNOWN,
        "harbour-house",
        Conclusion.UNTRUSTED,
    ),
    "another key": (
        parts.trust_with("harbour-house", keys=(dated(parts.STRANGER),), vouchers=()),
        Reason.KEY_UNKNOWN,
        "harbour-house",
        Conclusion.UNTRUSTED,
    ),
    "no log key": (parts.trust_with("steppe-line", logs=()), Reason.LOG_KEY_UNKNOWN, "steppe-line", Conclusion.UNTRUSTED),
    "a key that ended before": (
        parts.trust_with("steppe-line", keys=(dated(parts.STEPPE, last_day=date(2026, 6, 1)),)),
        Reason.KEY_OUT_OF_TIME,
        "steppe-line",
        Conclusion.BROKEN,
    ),
    "a key that begins later": (
        parts.trust_with("steppe-line", keys=(dated(parts.STEPPE, first_day=date(2026, 12, 1)),)),
        Reason.KEY_OUT_OF_TIME,
        "steppe-line",
        Conclusion.BROKEN,
    ),
    "a key withdrawn": (
        parts.trust_with("steppe-line", keys=(dated(parts.STEPPE, withdrawn_on=date(2026, 12, 1)),)),
        Reason.KEY_WITHDRAWN,
        "steppe-line",
        Conclusion.BROKEN,
    ),
    "an evaluator withdrawn": (
        parts.trust_with("harbour-house", withdrawn_keys=(parts.EVALUATOR_H.public_key().fingerprint(),)),
        Reason.KEY_WITHDRAWN,
        "Évaluateur Benedikt",
        Conclusion.BROKEN,
    ),
    "a log key withdrawn": (
        parts.trust_with(
            "steppe-line",
            logs=(DatedKey(key=parts.STEPPE_LOG.public_key().encode(), first_day=OLD_DAY, withdrawn_on=OLD_DAY),),
        ),
        Reason.KEY_WITHDRAWN,
        "steppe-line",
        Conclusion.BROKEN,
    ),
}


@pytest.mark.parametrize(("trust", "reason", "subject", "conclusion"), TRUSTS.values(), ids=TRUSTS)
def test_the_trust_file_decides_whom_to_believe(trust: Trust, reason: Reason, subject: str, conclusion: Conclusion) -> None:
    verdict = verify_dossier(io.BytesIO(parts.dossier_bytes()), trust=Trust.decode(trust.encode()), today=parts.DAY)
    assert Problem(reason, subject) in verdict.finding(Check.TRUST).problems
    assert verdict.conclusion is conclusion


def test_an_old_key_still_stands_for_an_old_dossier() -> None:
    keys = (dated(parts.STEPPE, last_day=parts.DAY), dated(parts.STRANGER, first_day=parts.DAY))
    verdict = verify_dossier(
        io.BytesIO(parts.dossier_bytes()),
        trust=parts.trust_with("steppe-line", keys=keys),
        today=parts.VALID_UNTIL,
    )
    assert verdict.conclusion is Conclusion.HOLDS


def test_signatories_are_compared_by_their_whole_key() -> None:
    assert Signatory("a1", "A", parts.STEPPE.public_key()) != Signatory("a1", "A", parts.HARBOUR.public_key())
