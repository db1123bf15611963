"""What the signatures must say: forgers who hold some keys, organisations that stray, trust that is missing or withdrawn."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from safeconduct.core.dossier import (
    Check,
    CheckOutcome,
    Conclusion,
    Manifest,
    Problem,
    Reason,
    Trust,
    Verdict,
    attest,
    verify_dossier,
    vouch,
)
from safeconduct.core.dossier.attestations import (
    RELEASE_TYPE,
    SIGNING_PURPOSE,
    Envelope,
    EvaluationStatement,
    ReleaseStatement,
    TimeStatement,
    pre_authentication,
)
from safeconduct.core.dossier.evaluations import decode_evaluations, encode_evaluations
from safeconduct.core.dossier.manifest import EVALUATIONS_PATH
from safeconduct.core.dossier.measuring import sha256_hex
from safeconduct.core.sealing import SigningPrivateKey, sign
from tests.core.dossier import parts
from tests.core.dossier.tampering import Files, repacked, true_files, with_new_manifest

FIRST, SECOND, RELEASE = (
    "attestations/001-evaluation.json",
    "attestations/002-evaluation.json",
    "attestations/003-release.json",
)


def verdict_on(files: Files, *, trust: Trust | None = None, today: date = parts.DAY) -> Verdict:
    package = repacked(with_new_manifest(files))
    return verify_dossier(io.BytesIO(package), trust=trust or parts.trust(), today=today)


def outcome(verdict: Verdict, check: Check) -> CheckOutcome:
    return verdict.finding(check).outcome


def signed_again(
    files: Files,
    manifest: Manifest,
    *,
    evaluators: tuple[SigningPrivateKey, ...] = (parts.EVALUATOR_S, parts.EVALUATOR_H),
    releaser: SigningPrivateKey = parts.STEPPE,
) -> Files:
    """The dossier with this manifest, attested anew by whoever's keys are at hand."""
    files = with_new_manifest({**files, "manifest.json": manifest.encode()})
    manifest = Manifest.decode(files["manifest.json"])
    for path in [path for path in files if path.startswith("attestations/")]:
        del files[path]
    shown = decode_evaluations(files[EVALUATIONS_PATH])
    envelopes = [
        attest(EvaluationStatement.about(each, manifest=manifest.digest()), key)
        for each, key in zip(shown, evaluators, strict=False)
    ]
    for number, envelope in enumerate(envelopes, start=1):
        files[f"attestations/{number:03}-evaluation.json"] = envelope
    release = ReleaseStatement(
        manifest=manifest.digest(),
        organisation=manifest.organisation,
        day=manifest.day,
        recipient=manifest.recipient,
        released_by=("A", "B"),
        attestations=tuple(sha256_hex(envelope) for envelope in envelopes),
    )
    files[f"attestations/{len(envelopes) + 1:03}-release.json"] = attest(release, releaser)
    if manifest.time_stamper is not None:
        time = TimeStatement(
            manifest=manifest.digest(),
            release=sha256_hex(files[f"attestations/{len(envelopes) + 1:03}-release.json"]),
            organisation="harbour-house",
            minute=parts.NOW,
        )
        files[f"attestations/{len(envelopes) + 2:03}-time.json"] = attest(time, parts.HARBOUR_CLOCK)
    return files


def manifest() -> Manifest:
    return Manifest.decode(true_files()["manifest.json"])


# --- forgers with some keys ---


def test_a_forger_with_keys_of_their_own_is_not_in_the_trust_file() -> None:
    stranger = parts.STRANGER
    forged = replace(
        manifest(),
        organisations=tuple(
            replace(each, key=stranger.public_key()) if each.id == "steppe-line" else each for each in manifest().organisations
        ),
        evaluators=(
            vouch(
                stranger,
                organisation="steppe-line",
                alias="Évaluatrice Aigul",
                key=parts.EVALUATOR_S.public_key(),
                first_day=parts.DAY,
                last_day=parts.DAY,
            ),
            manifest().evaluators[1],
        ),
    )
    verdict = verdict_on(signed_again(true_files(), forged, releaser=stranger))
    assert verdict.conclusion is Conclusion.UNTRUSTED
    assert Problem(Reason.KEY_UNKNOWN, "steppe-line") in verdict.finding(Check.TRUST).problems


def test_an_organisation_alone_cannot_make_its_partners_evaluation() -> None:
    own_key_for_partner = vouch(
        parts.STEPPE,
        organisation="harbour-house",
        alias="Évaluateur Benedikt",
        key=parts.STRANGER.public_key(),
        first_day=parts.DAY,
        last_day=parts.DAY,
    )
    forged = replace(manifest(), evaluators=(manifest().evaluators[0], own_key_for_partner))
    verdict = verdict_on(signed_again(true_files(), forged, evaluators=(parts.EVALUATOR_S, parts.STRANGER)))
    assert verdict.finding(Check.VOUCHERS).problems == (Problem(Reason.NOT_VOUCHED, "Évaluateur Benedikt"),)
    assert verdict.conclusion is Conclusion.BROKEN


def test_a_voucher_for_another_day_is_named() -> None:
    late = parts.DAY + timedelta(days=1)
    voucher = vouch(
        parts.HARBOUR,
        organisation="harbour-house",
        alias="Évaluateur Benedikt",
        key=parts.EVALUATOR_H.public_key(),
        first_day=late,
        last_day=late,
    )
    verdict = verdict_on(signed_again(true_files(), replace(manifest(), evaluators=(manifest().evaluators[0], voucher))))
    assert verdict.finding(Check.VOUCHERS).problems == (Problem(Reason.VOUCHER_DAY, "Évaluateur Benedikt"),)


def test_one_evaluation_is_too_few_and_not_independent() -> None:
    shown = parts.content().evaluations[:1]
    files = {**true_files(), EVALUATIONS_PATH: encode_evaluations(shown)}
    forged = replace(manifest(), evaluators=manifest().evaluators[:1])
    verdict = verdict_on(signed_again(files, forged, evaluators=(parts.EVALUATOR_S,)))
    assert outcome(verdict, Check.EVALUATIONS) is CheckOutcome.BROKEN
    assert outcome(verdict, Check.INDEPENDENCE) is CheckOutcome.BROKEN
    assert outcome(verdict, Check.RELEASE) is CheckOutcome.HOLDS


def test_two_evaluators_of_one_organisation_are_not_independent() -> None:
    colleague = vouch(
        parts.STEPPE,
        organisation="steppe-line",
        alias="Évaluateur Timur",
        key=parts.EVALUATOR_H.public_key(),
        first_day=parts.DAY,
        last_day=parts.DAY,
    )
    shown = (parts.content().evaluations[0], parts.evaluation(colleague, "d"))
    files = {**true_files(), EVALUATIONS_PATH: encode_evaluations(shown)}
    forged = replace(manifest(), evaluators=(manifest().evaluators[0], colleague))
    verdict = verdict_on(signed_again(files, forged))
    assert verdict.finding(Check.INDEPENDENCE).problems == (Problem(Reason.SAME_ORGANISATION, "steppe-line"),)
    assert outcome(verdict, Check.ATTESTATIONS) is CheckOutcome.HOLDS


def test_one_key_for_two_evaluators_is_named() -> None:
    same = vouch(
        parts.HARBOUR,
        organisation="harbour-house",
        alias="Évaluateur Benedikt",
        key=parts.EVALUATOR_S.public_key(),
        first_day=parts.DAY,
        last_day=parts.DAY,
    )
    forged = replace(manifest(), evaluators=(manifest().evaluators[0], same))
    verdict = verdict_on(signed_again(true_files(), forged, evaluators=(parts.EVALUATOR_S, parts.EVALUATOR_S)))
    assert verdict.finding(Check.INDEPENDENCE).problems == (Problem(Reason.SAME_KEY),)


def test_other_authors_than_the_evaluators_named_are_found() -> None:
    turned = tuple(reversed(parts.content().evaluations))
    files = {**true_files(), EVALUATIONS_PATH: encode_evaluations(turned)}
    verdict = verdict_on(signed_again(files, manifest()))
    assert Problem(Reason.OTHER_AUTHORS, EVALUATIONS_PATH) in verdict.finding(Check.EVALUATIONS).problems


def test_an_organisation_that_the_manifest_does_not_name_cannot_release() -> None:
    forged = replace(manifest(), organisations=manifest().organisations[:1])
    verdict = verdict_on(signed_again(true_files(), forged))
    assert verdict.finding(Check.RELEASE).problems == (Problem(Reason.UNNAMED_ORGANISATION, "steppe-line"),)
    assert Problem(Reason.UNNAMED_ORGANISATION, "steppe-line") in verdict.finding(Check.VOUCHERS).problems


# --- envelopes that say something else ---


def enveloped(statement: EvaluationStatement | ReleaseStatement, key: SigningPrivateKey) -> bytes:
    return attest(statement, key)


def evaluation_statement() -> EvaluationStatement:
    return EvaluationStatement.decode(Envelope.decode(true_files()[FIRST]).payload)


def release_statement() -> ReleaseStatement:
    return ReleaseStatement.decode(Envelope.decode(true_files()[RELEASE]).payload)


def changed_envelope(path: str, **changes: object) -> bytes:
    envelope = Envelope.decode(true_files()[path])
    return replace(envelope, **changes).encode()  # type: ignore[arg-type]  # any field may change


def two_signatures() -> bytes:
    content = true_files()[FIRST]
    at = content.index(b"[") + 1
    one = content[at : content.index(b"]")]
    return content[:at] + one + b"," + content[at:]


def signed_payload(payload: bytes) -> bytes:
    """Signed by the organisation itself, but not of the form."""
    signature = sign(parts.STEPPE, SIGNING_PURPOSE, pre_authentication(RELEASE_TYPE, payload))
    return Envelope(RELEASE_TYPE, payload, parts.STEPPE.public_key().fingerprint(), signature).encode()


def release_by(first: str, second: str) -> bytes:
    return signed_payload(replace(release_statement(), released_by=(first, second)).encode())


SAYS_ELSE: dict[str, tuple[str, Callable[[], bytes], Reason]] = {
    "another manifest": (
        FIRST,
        lambda: enveloped(replace(evaluation_statement(), manifest="0" * 64), parts.EVALUATOR_S),
        Reason.OTHER_STATEMENT,
    ),
    "another evaluation": (
        FIRST,
        lambda: enveloped(replace(evaluation_statement(), evaluation="0" * 64), parts.EVALUATOR_S),
        Reason.OTHER_STATEMENT,
    ),
    "another word": (
        FIRST,
        lambda: enveloped(replace(evaluation_statement(), criteria={"identity": "Douteux"}), parts.EVALUATOR_S),
        Reason.OTHER_STATEMENT,
    ),
    "a release in an evaluator's place": (
        FIRST,
        lambda: enveloped(release_statement(), parts.EVALUATOR_S),
        Reason.OTHER_STATEMENT,
    ),
    "another evaluator's key": (
        FIRST,
        lambda: enveloped(evaluation_statement(), parts.EVALUATOR_H),
        Reason.NOT_SIGNED,
    ),
    "the right key's name, another's signature": (
        FIRST,
        lambda: replace(
            Envelope.decode(enveloped(evaluation_statement(), parts.EVALUATOR_H)),
            key_id=parts.EVALUATOR_S.public_key().fingerprint(),
        ).encode(),
        Reason.NOT_SIGNED,
    ),
    "another type": (FIRST, partial(changed_envelope, FIRST, payload_type="text/plain"), Reason.NOT_SIGNED),
    "a signature cut short": (FIRST, partial(changed_envelope, FIRST, signature=b"\x01"), Reason.NOT_SIGNED),
    "two signatures": (FIRST, two_signatures, Reason.FORM),
    "no envelope": (FIRST, lambda: b"{}", Reason.FORM),
    "a release to somebody else": (
        RELEASE,
        lambda: enveloped(replace(release_statement(), recipient="Consulat"), parts.STEPPE),
        Reason.OTHER_STATEMENT,
    ),
    "a release before the dossier's day": (
        RELEASE,
        lambda: enveloped(replace(release_statement(), day=parts.DAY - timedelta(days=1)), parts.STEPPE),
        Reason.OTHER_STATEMENT,
    ),
    "a release with other attestations": (
        RELEASE,
        lambda: enveloped(replace(release_statement(), attestations=("0" * 64,)), parts.STEPPE),
        Reason.OTHER_ATTESTATIONS,
    ),
    "a release by one person": (RELEASE, lambda: release_by("A", "A"), Reason.FORM),
    "a release by a dictionary": (RELEASE, lambda: signed_payload(b"{}"), Reason.FORM),
    "a release by an evaluator": (
        RELEASE,
        lambda: enveloped(release_statement(), parts.EVALUATOR_S),
        Reason.NOT_SIGNED,
    ),
    "an evaluation in the release's place": (
        RELEASE,
        lambda: enveloped(evaluation_statement(), parts.STEPPE),
        Reason.OTHER_STATEMENT,
    ),
}


@pytest.mark.parametrize(("path", "make", "reason"), SAYS_ELSE.values(), ids=SAYS_ELSE)
def test_an_envelope_that_says_something_else_is_named(path: str, make: Callable[[], bytes], reason: Reason) -> None:
    verdict = verdict_on({**true_files(), path: make()})
    check = Check.RELEASE if path == RELEASE else Check.ATTESTATIONS
    assert Problem(reason, path) in verdict.finding(check).problems
    assert verdict.conclusion is Conclusion.BROKEN


def test_an_attestation_signed_again_does_not_fit_the_release() -> None:
    """The signature is good, but the organisation released another envelope."""
    again = replace(evaluation_statement(), day=evaluation_statement().day)
    verdict = verdict_on({**true_files(), FIRST: enveloped(again, parts.EVALUATOR_S)})
    # ML-DSA signatures are randomised, so the same statement gives another envelope.
    assert outcome(verdict, Check.ATTESTATIONS) is CheckOutcome.HOLDS
    assert verdict.finding(Check.RELEASE).problems == (Problem(Reason.OTHER_ATTESTATIONS, RELEASE),)


# --- validity ---


@pytest.mark.parametrize(
    ("today", "reason"),
    [
        (parts.VALID_UNTIL, None),
        (parts.DAY - timedelta(days=1), None),
        (parts.VALID_UNTIL + timedelta(days=1), Reason.EXPIRED),
        (parts.DAY - timedelta(days=2), Reason.NOT_YET),
    ],
)
def test_a_dossier_is_valid_between_its_days(today: date, reason: Reason | None) -> None:
    found = [problem.reason for problem in verdict_on(true_files(), today=today).finding(Check.VALIDITY).problems]
    assert found == ([] if reason is None else [reason])


# --- custody ---


def test_a_dossier_without_custody_proof_is_broken() -> None:
    files = {path: content for path, content in true_files().items() if not path.startswith("data/custody/")}
    verdict = verdict_on(signed_again(files, manifest()))
    assert verdict.finding(Check.CUSTODY).problems == (Problem(Reason.NO_PROOF),)


def test_a_proof_of_another_log_or_about_another_case_is_named() -> None:
    another_log = replace(manifest(), logs=())
    verdict = verdict_on(signed_again(true_files(), another_log))
    assert Problem(Reason.PROOF_REFUSED, "data/custody/001.json (signature)") in verdict.finding(Check.CUSTODY).problems
    another_case = replace(manifest(), objects=(parts.FIRST, parts.SECOND))
    verdict = verdict_on(signed_again(true_files(), another_case))
    assert verdict.finding(Check.CUSTODY).problems == (Problem(Reason.OTHER_OBJECT, "data/custody/001.json"),)
