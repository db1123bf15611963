"""Withdrawn dossiers and keys: whose notice counts, and what a time stamp saves when a key was stolen."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest

from safeconduct.core import statements
from safeconduct.core.dossier import (
    Check,
    CheckOutcome,
    Conclusion,
    DatedKey,
    NotDossierForm,
    Notice,
    Problem,
    Reason,
    Trust,
    Verdict,
    read_notice,
    verify_dossier,
)
from safeconduct.core.sealing import SigningPrivateKey
from safeconduct.core.statements import DossierReason, DossierWithdrawal, Filing, KeyReason, KeyWithdrawal, Signer
from tests.core.dossier import parts

LATER = parts.DAY + timedelta(days=30)
DIGEST = parts.draft_of().manifest.digest()
STEPPE, HARBOUR = Signer("steppe-line", "Ligne des Steppes"), Signer("harbour-house", "Maison du Port")


def signed(key: SigningPrivateKey, signer: Signer, body: statements.Body, day: date = LATER) -> Notice:
    return read_notice(statements.sign_statement(key, signer, body, day=day).encode())


def of_dossier(key: SigningPrivateKey = parts.STEPPE, signer: Signer = STEPPE, manifest: str = DIGEST) -> Notice:
    body = DossierWithdrawal(manifest=manifest, withdrawn_on=LATER, reason=DossierReason.MISTAKEN)
    return signed(key, signer, body)


def of_key(withdrawn: SigningPrivateKey, signer: Signer, *, by: SigningPrivateKey, since: date) -> Notice:
    fingerprint = withdrawn.public_key().fingerprint()
    return signed(by, signer, KeyWithdrawal(key=fingerprint, withdrawn_from=since, reason=KeyReason.STOLEN))


def verdict_with(*notices: Notice, trust: Trust | None = None, package: bytes = parts.dossier_bytes()) -> Verdict:
    return verify_dossier(io.BytesIO(package), trust=trust or parts.trust(), today=LATER, notices=notices)


def withdrawn(verdict: Verdict) -> list[Problem]:
    return list(verdict.finding(Check.NOT_WITHDRAWN).problems)


def test_a_withdrawn_dossier_is_broken_and_says_by_whom_since_when_and_why() -> None:
    verdict = verdict_with(of_dossier())
    assert withdrawn(verdict) == [Problem(Reason.WITHDRAWN, "steppe-line, 2026-12-22, mistaken")]
    assert verdict.conclusion is Conclusion.BROKEN


def test_an_evaluators_organisation_may_withdraw_too() -> None:
    assert withdrawn(verdict_with(of_dossier(parts.HARBOUR, HARBOUR)))[0].reason is Reason.WITHDRAWN


def test_a_notice_in_the_trust_file_counts_like_one_that_was_sent() -> None:
    trust = replace(parts.trust(), day=LATER, notices=(of_dossier(),))
    assert withdrawn(verdict_with(trust=Trust.decode(trust.encode())))[0].reason is Reason.WITHDRAWN


def test_a_notice_on_another_dossier_changes_nothing() -> None:
    assert verdict_with(of_dossier(manifest="0" * 64)).conclusion is Conclusion.HOLDS


@pytest.mark.parametrize(
    "notice",
    [of_dossier(parts.STRANGER), of_dossier(parts.EVALUATOR_S), of_dossier(parts.STRANGER, Signer("nobody", "Nobody"))],
    ids=["a stranger's key", "an evaluator's key", "a strange organisation"],
)
def test_a_notice_of_unknown_hand_does_not_withdraw_but_is_shown(notice: Notice) -> None:
    verdict = verdict_with(notice)
    assert [problem.reason for problem in withdrawn(verdict)] == [Reason.NOTICE_UNPROVEN]
    assert verdict.conclusion is Conclusion.HOLDS
    assert verdict.reservations == (Check.NOT_WITHDRAWN,)


def test_a_notice_by_a_newer_key_of_the_trust_file_counts() -> None:
    new = DatedKey(key=parts.STRANGER.public_key().encode(), first_day=LATER)
    keys = (*parts.trust().organisations[0].keys, new)
    trust = parts.trust_with("steppe-line", keys=keys)
    assert withdrawn(verdict_with(of_dossier(parts.STRANGER), trust=trust))[0].reason is Reason.WITHDRAWN


def test_an_old_trust_file_leaves_open_whether_something_was_withdrawn() -> None:
    verdict = verdict_with(trust=replace(parts.trust(), day=parts.DAY - timedelta(days=1)))
    assert withdrawn(verdict) == [Problem(Reason.TRUST_OLDER, "2026-11-21")]
    assert verdict.conclusion is Conclusion.HOLDS


# --- keys ---


def test_a_stolen_key_spoils_what_it_signed_from_that_day_on() -> None:
    verdict = verdict_with(of_key(parts.STEPPE, STEPPE, by=parts.STEPPE, since=parts.DAY))
    assert withdrawn(verdict) == [Problem(Reason.KEY_WITHDRAWN, "steppe-line, 2026-11-22, stolen")]
    assert verdict.conclusion is Conclusion.BROKEN


def test_what_a_partner_stamped_before_the_theft_still_holds() -> None:
    notice = of_key(parts.STEPPE, STEPPE, by=parts.STEPPE, since=parts.DAY + timedelta(days=1))
    assert verdict_with(notice).conclusion is Conclusion.HOLDS


def test_without_a_stamp_the_dossiers_own_day_proves_nothing() -> None:
    notice = of_key(parts.STEPPE, STEPPE, by=parts.STEPPE, since=parts.DAY + timedelta(days=1))
    verdict = verdict_with(notice, package=parts.packed(parts.unstamped()))
    assert withdrawn(verdict)[0].reason is Reason.KEY_WITHDRAWN


def test_a_stamp_of_the_same_organisation_does_not_save_its_key() -> None:
    notice = of_key(parts.EVALUATOR_H, HARBOUR, by=parts.HARBOUR, since=parts.DAY + timedelta(days=1))
    assert withdrawn(verdict_with(notice))[0].subject.startswith("Évaluateur Benedikt, ")


def test_a_withdrawn_clock_proves_nothing_of_any_day() -> None:
    notice = of_key(parts.HARBOUR_CLOCK, HARBOUR, by=parts.HARBOUR, since=LATER)
    assert withdrawn(verdict_with(notice))[0].subject.startswith("Horloge du Port, ")


def test_nobody_withdraws_a_partners_key() -> None:
    notice = of_key(parts.HARBOUR, STEPPE, by=parts.STEPPE, since=parts.DAY)
    verdict = verdict_with(notice)
    assert withdrawn(verdict) == [Problem(Reason.NOTICE_UNPROVEN, "steppe-line")]
    assert verdict.finding(Check.NOT_WITHDRAWN).outcome is CheckOutcome.UNKNOWN


# --- reading ---


def test_what_is_no_notice_is_refused() -> None:
    true = of_dossier().encoded
    filing = statements.sign_statement(parts.STEPPE, STEPPE, Filing(filed_on=LATER, number="0" * 32), day=LATER).encode()
    for encoded in (b"", b"{}", filing, true.replace(b"mistaken", b"replaced"), true + b"\n"):
        with pytest.raises(NotDossierForm, match="notice"):
            read_notice(encoded)


def test_a_trust_file_with_a_notice_of_a_key_that_is_not_in_it_is_refused() -> None:
    trust = replace(parts.trust(), notices=(of_dossier(parts.STRANGER),))
    with pytest.raises(NotDossierForm, match="notices"):
        Trust.decode(trust.encode())
