"""The partner's time stamp: who may give it, over what, and what a dossier without one is worth."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from safeconduct.core.dossier import (
    Check,
    CheckOutcome,
    Conclusion,
    DossierRefused,
    Manifest,
    Problem,
    Reason,
    TimeStatement,
    Verdict,
    Voucher,
    VoucherRole,
    attest,
    compose,
    release,
    stamp,
    verify_dossier,
    vouch,
    write_dossier,
)
from safeconduct.core.dossier.attestations import Statement
from safeconduct.core.dossier.measuring import sha256_hex
from safeconduct.core.sealing import SigningPrivateKey
from tests.core.dossier import parts
from tests.core.dossier.tampering import Files, repacked, true_files, with_new_lists, with_new_manifest

PATH = "attestations/004-time.json"


def verdict_on(files: Files, today: date = parts.DAY) -> Verdict:
    return verify_dossier(io.BytesIO(repacked(with_new_lists(files))), trust=parts.trust(), today=today)


def statement(**changes: object) -> TimeStatement:
    files = true_files()
    true = TimeStatement(
        manifest=Manifest.decode(files["manifest.json"]).digest(),
        release=sha256_hex(files["attestations/003-release.json"]),
        organisation="harbour-house",
        minute=parts.NOW,
    )
    return replace(true, **changes)  # type: ignore[arg-type]  # any field may change


def with_stamp(said: Statement, key: SigningPrivateKey = parts.HARBOUR_CLOCK) -> Verdict:
    return verdict_on({**true_files(), PATH: attest(said, key)})


def composed_with(stamper: Voucher, key: SigningPrivateKey = parts.HARBOUR_CLOCK) -> Verdict:
    """What an organisation that strays would get: the true dossier, with another voucher for the time stamper."""
    true = parts.draft_of()
    draft = replace(true, manifest=replace(true.manifest, time_stamper=stamper))
    envelopes, released = parts.attested(draft)
    stream = io.BytesIO()
    write_dossier(draft, envelopes, released, stream, stamped=stamp(draft, released, time_key=key, now=parts.NOW))
    return verify_dossier(stream, trust=parts.trust(), today=parts.DAY)


def test_the_minute_and_the_clock_are_named() -> None:
    finding = verdict_on(true_files()).finding(Check.TIME_STAMP)
    assert finding.outcome is CheckOutcome.HOLDS
    assert finding.facts == ("2026-11-22T10:15Z", "Horloge du Port (harbour-house)")


def test_without_a_time_stamp_a_dossier_holds_and_says_what_is_left_open() -> None:
    verdict = verify_dossier(io.BytesIO(parts.packed(parts.unstamped())), trust=parts.trust(), today=parts.DAY)
    assert verdict.finding(Check.TIME_STAMP).problems == (Problem(Reason.NO_TIME_STAMP),)
    assert verdict.conclusion is Conclusion.HOLDS
    assert verdict.reservations == (Check.TIME_STAMP,)


def test_a_time_stamp_that_was_taken_away_is_missed() -> None:
    files = true_files()
    del files[PATH]
    verdict = verdict_on(files)
    assert verdict.finding(Check.TIME_STAMP).problems == (Problem(Reason.MISSING, PATH),)
    assert verdict.conclusion is Conclusion.BROKEN


def test_a_time_stamp_that_was_taken_out_of_the_manifest_breaks_every_signature() -> None:
    files = true_files()
    del files[PATH]
    files["manifest.json"] = replace(Manifest.decode(files["manifest.json"]), time_stamper=None).encode()
    verdict = verdict_on(with_new_manifest(files))
    assert verdict.finding(Check.RELEASE).outcome is CheckOutcome.BROKEN


OTHERWISE: dict[str, tuple[Callable[[], Verdict], Problem]] = {
    "another manifest": (lambda: with_stamp(statement(manifest="0" * 64)), Problem(Reason.OTHER_STATEMENT, PATH)),
    "another release": (lambda: with_stamp(statement(release="0" * 64)), Problem(Reason.OTHER_STATEMENT, PATH)),
    "another organisation": (lambda: with_stamp(statement(organisation="steppe-line")), Problem(Reason.OTHER_STATEMENT, PATH)),
    "another key": (lambda: with_stamp(statement(), parts.STRANGER), Problem(Reason.NOT_SIGNED, PATH)),
    "an evaluator's key": (lambda: with_stamp(statement(), parts.EVALUATOR_H), Problem(Reason.NOT_SIGNED, PATH)),
    "another statement": (
        lambda: with_stamp(parts.draft_of().statements()[0]),
        Problem(Reason.OTHER_STATEMENT, PATH),
    ),
    "before the release": (
        lambda: with_stamp(statement(minute=parts.NOW - timedelta(days=2))),
        Problem(Reason.BEFORE_RELEASE, "2026-11-20"),
    ),
    "in the future": (lambda: with_stamp(statement(minute=parts.NOW + timedelta(days=2))), Problem(Reason.NOT_YET, "2026-11-24")),
    "after the voucher": (
        lambda: with_stamp(statement(minute=datetime(2028, 1, 1, tzinfo=UTC))),
        Problem(Reason.VOUCHER_DAY, "Horloge du Port"),
    ),
}


@pytest.mark.parametrize(("made", "problem"), OTHERWISE.values(), ids=OTHERWISE)
def test_a_stamp_that_says_something_else_is_named(made: Callable[[], Verdict], problem: Problem) -> None:
    verdict = made()
    assert problem in verdict.finding(Check.TIME_STAMP).problems
    assert verdict.conclusion is Conclusion.BROKEN


def voucher(organisation: str, key: SigningPrivateKey, signer: SigningPrivateKey) -> Voucher:
    return vouch(
        signer,
        organisation=organisation,
        alias="Horloge",
        key=key.public_key(),
        first_day=parts.DAY,
        last_day=parts.DAY,
        role=VoucherRole.TIME,
    )


@pytest.mark.parametrize(
    ("stamper", "key", "reason"),
    [
        (voucher("steppe-line", parts.STRANGER, parts.STEPPE), parts.STRANGER, Reason.SAME_ORGANISATION),
        (voucher("harbour-house", parts.HARBOUR, parts.HARBOUR), parts.HARBOUR, Reason.SAME_KEY),
        (voucher("harbour-house", parts.EVALUATOR_H, parts.HARBOUR), parts.EVALUATOR_H, Reason.SAME_KEY),
        (voucher("harbour-house", parts.STRANGER, parts.STEPPE), parts.STRANGER, Reason.NOT_VOUCHED),
        (voucher("nobody-here", parts.STRANGER, parts.STEPPE), parts.STRANGER, Reason.UNNAMED_ORGANISATION),
    ],
    ids=["its own clock", "an organisation's key", "an evaluator's key", "not vouched for", "a stranger's clock"],
)
def test_a_clock_that_is_no_partners_is_named(stamper: Voucher, key: SigningPrivateKey, reason: Reason) -> None:
    verdict = composed_with(stamper, key)
    assert reason in [problem.reason for problem in verdict.finding(Check.TIME_STAMP).problems]
    assert verdict.conclusion is Conclusion.BROKEN


def test_a_voucher_of_one_role_is_none_of_the_other() -> None:
    as_evaluator = replace(parts.clock(), role=VoucherRole.EVALUATOR)
    true = parts.draft_of().manifest
    with pytest.raises(Exception, match="time_stamper"):
        replace(true, time_stamper=as_evaluator).encode()
    with pytest.raises(Exception, match="evaluators"):
        replace(true, evaluators=(true.evaluators[0], parts.clock())).encode()


@pytest.mark.parametrize(
    "stamper",
    [
        voucher("steppe-line", parts.STRANGER, parts.STEPPE),
        voucher("nobody-here", parts.STRANGER, parts.STEPPE),
        voucher("harbour-house", parts.STRANGER, parts.STEPPE),
        replace(parts.clock(), first_day=parts.DAY + timedelta(days=1)),
    ],
)
def test_what_no_reader_would_take_is_not_composed(stamper: Voucher) -> None:
    with pytest.raises(DossierRefused, match="time stamper"):
        compose(parts.content(), parts.evidence(), parts.proofs(), time_stamper=stamper)


def test_only_the_named_key_stamps_and_only_where_one_is_named() -> None:
    draft, plain = parts.draft_of(), parts.unstamped()
    envelopes, released = parts.attested(plain)
    for given, key in ((draft, parts.STRANGER), (plain, parts.HARBOUR_CLOCK)):
        with pytest.raises(DossierRefused, match="time key"):
            stamp(given, released, time_key=key, now=parts.NOW)
    with pytest.raises(DossierRefused, match="time stamp"):
        write_dossier(plain, envelopes, released, io.BytesIO(), stamped=b"{}")
    assert release(plain, envelopes, signing_key=parts.STEPPE, day=parts.DAY, released_by=("A", "B"))
