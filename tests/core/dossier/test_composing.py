"""What does not fit is refused before anything is written."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from safeconduct.core import custody
from safeconduct.core.dossier import (
    Claim,
    Conclusion,
    DossierContent,
    DossierRefused,
    Event,
    EvidenceFile,
    Manifest,
    NotDossierForm,
    attest,
    compose,
    enclose,
    release,
    resume,
    verify_dossier,
    vouch,
    write_dossier,
)
from safeconduct.core.dossier.attestations import EvaluationStatement
from safeconduct.core.sealing import SigningPrivateKey
from tests.core.dossier import parts

CONTENT = parts.content()
FIRST, SECOND = CONTENT.evaluators


def test_a_fitting_dossier_is_composed() -> None:
    draft = compose(CONTENT, parts.evidence(), parts.proofs())
    assert draft.manifest.reference == "STL-7K3M"
    assert [statement.alias for statement in draft.statements()] == [FIRST.alias, SECOND.alias]


def replaced(**changes: object) -> Callable[[], DossierContent]:
    return lambda: replace(CONTENT, **changes)  # type: ignore[arg-type]  # any field may change


def colleague(key: SigningPrivateKey = parts.STEPPE, first_day: date = parts.DAY) -> DossierContent:
    voucher = vouch(
        key,
        organisation="harbour-house",
        alias=SECOND.alias,
        key=SECOND.key,
        first_day=first_day,
        last_day=first_day + timedelta(days=1),
    )
    return replace(CONTENT, evaluators=(FIRST, voucher))


REFUSED: dict[str, Callable[[], DossierContent]] = {
    "an organisation that is not named": replaced(organisation="elsewhere"),
    "an organisation too few": replaced(organisations=CONTENT.organisations[1:]),
    "an organisation too many": replaced(organisations=(*CONTENT.organisations, replace(CONTENT.organisations[0], id="third"))),
    "one evaluation": replaced(evaluations=CONTENT.evaluations[:1], evaluators=(FIRST,)),
    "two evaluations of one organisation": replaced(evaluations=(CONTENT.evaluations[0],) * 2, evaluators=(FIRST, FIRST)),
    "evaluators in another order": replaced(evaluators=(SECOND, FIRST)),
    "an evaluator too few": replaced(evaluators=(FIRST,)),
    "a voucher signed by another organisation": colleague,
    "a voucher for another day": lambda: colleague(parts.HARBOUR, date(2026, 1, 1)),
    "an end before the beginning": replaced(valid_until=parts.DAY - timedelta(days=1)),
    "evidence that is not enclosed": replaced(evidence=CONTENT.evidence[:2]),
    "evidence in another order": replaced(evidence=tuple(reversed(CONTENT.evidence))),
    "a claim citing what is not there": replaced(claims=(Claim(text="x", standing="Établi", evidence=(4,)),)),
    "an event citing what is not there": replaced(chronology=(Event(when="2022", where="x", text="y", basis=(0,)),)),
    "a proof about something else": replaced(objects=(parts.FIRST,)),
    "a proof of an unknown log": replaced(logs=()),
}


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_not_composed(make: Callable[[], DossierContent]) -> None:
    with pytest.raises(DossierRefused):
        compose(make(), parts.evidence(), parts.proofs())


def test_a_dossier_needs_a_custody_proof() -> None:
    for proofs in [(), (b"{}",), (parts.proofs()[0].replace(b"case.opened", b"case.closed"),)]:
        with pytest.raises(DossierRefused, match="custody proof"):
            compose(CONTENT, parts.evidence(), proofs)


MALFORMED: dict[str, Callable[[], DossierContent]] = {
    "a reference with a space": replaced(reference="STL 7K3M"),
    "a version of zero": replaced(version=0),
    "a recipient of two lines": lambda: replace(CONTENT, recipient=replace(CONTENT.recipient, name="Ministère\nde l’Intérieur")),
    "a recipient that turns the terminal's text": lambda: replace(
        CONTENT, recipient=replace(CONTENT.recipient, name="Ministère \u202e")
    ),
    "an object that is a name": replaced(objects=("Ilya Sorokine",)),
    "a score among the words": lambda: replace(
        CONTENT,
        evaluations=(
            replace(CONTENT.evaluations[0], criteria=(replace(CONTENT.evaluations[0].criteria[0], words="4 sur 5"),)),
            CONTENT.evaluations[1],
        ),
    ),
    "a score in other digits": lambda: replace(
        CONTENT,
        evaluations=(
            replace(CONTENT.evaluations[0], criteria=(replace(CONTENT.evaluations[0].criteria[0], words="٤"),)),
            CONTENT.evaluations[1],
        ),
    ),
}


@pytest.mark.parametrize("make", MALFORMED.values(), ids=MALFORMED)
def test_a_field_that_a_reader_would_refuse_is_refused_here(make: Callable[[], DossierContent]) -> None:
    with pytest.raises((NotDossierForm, DossierRefused)):
        compose(make(), parts.evidence(), parts.proofs())


@pytest.mark.parametrize(
    ("kind", "extension"), [("../x", "jpg"), ("photo", "j/pg"), ("Photo", "jpg"), ("", "jpg"), ("photo", "")]
)
def test_names_of_evidence_cannot_lead_anywhere(kind: str, extension: str) -> None:
    with pytest.raises(NotDossierForm):
        enclose([EvidenceFile(kind, extension, parts.in_pieces(b"x"))])


# --- release ---

DRAFT = parts.draft_of()
STATEMENTS = DRAFT.statements()


def released(*envelopes: bytes, key: SigningPrivateKey = parts.STEPPE, by: tuple[str, str] = ("A", "B")) -> bytes:
    return release(DRAFT, envelopes, signing_key=key, day=parts.DAY, released_by=by)


def evaluation(statement: EvaluationStatement, key: SigningPrivateKey) -> bytes:
    return attest(statement, key)


ONE, TWO = evaluation(STATEMENTS[0], parts.EVALUATOR_S), evaluation(STATEMENTS[1], parts.EVALUATOR_H)


def test_what_was_attested_is_released_and_verifies() -> None:
    stream = io.BytesIO()
    signed = released(ONE, TWO)
    write_dossier(DRAFT, [ONE, TWO], signed, stream, stamped=parts.stamped(DRAFT, signed))
    assert verify_dossier(stream, trust=parts.trust(), today=parts.DAY).conclusion is Conclusion.HOLDS


NOT_RELEASED: dict[str, tuple[bytes, ...]] = {
    "one attestation": (ONE,),
    "three attestations": (ONE, TWO, TWO),
    "in another order": (TWO, ONE),
    "signed by somebody else": (ONE, evaluation(STATEMENTS[1], parts.STRANGER)),
    "over another manifest": (ONE, evaluation(replace(STATEMENTS[1], manifest="0" * 64), parts.EVALUATOR_H)),
    "not an envelope": (ONE, b"{}"),
}


@pytest.mark.parametrize("envelopes", NOT_RELEASED.values(), ids=NOT_RELEASED)
def test_without_the_right_attestations_nothing_is_released(envelopes: tuple[bytes, ...]) -> None:
    with pytest.raises(DossierRefused):
        released(*envelopes)


def test_another_organisations_key_releases_nothing() -> None:
    with pytest.raises(DossierRefused, match="signing key"):
        released(ONE, TWO, key=parts.HARBOUR)


def test_one_person_does_not_release_alone() -> None:
    with pytest.raises(NotDossierForm, match="released_by"):
        released(ONE, TWO, by=("A", "A"))


# --- composed today, released tomorrow ---


def test_a_draft_that_was_kept_is_the_same_draft() -> None:
    kept = DRAFT.manifest.encode()
    again = resume(kept, DRAFT.documents, parts.evidence_files())
    assert again.manifest == DRAFT.manifest
    assert again.statements() == STATEMENTS


def test_a_draft_whose_files_changed_is_refused() -> None:
    kept = DRAFT.manifest.encode()
    other_evidence = parts.evidence_files([*parts.FILES[:2], ("capture", "html", b"changed")])
    other_documents = {**DRAFT.documents, "data/claims.json": b"{}"}
    for documents, files in [
        (DRAFT.documents, other_evidence),
        (DRAFT.documents, parts.evidence_files()[:2]),
        (other_documents, parts.evidence_files()),
    ]:
        with pytest.raises(DossierRefused, match="not the one"):
            resume(kept, documents, files)


def test_a_manifest_finds_its_organisations() -> None:
    manifest = Manifest.decode(DRAFT.manifest.encode())
    assert manifest == DRAFT.manifest
    assert manifest.signatory("steppe-line") is not None
    assert manifest.signatory("elsewhere") is None


def test_the_proofs_are_about_the_case_and_its_evaluations() -> None:
    objects = {custody.ProofBundle.decode(proof).entry.object for proof in parts.proofs()}
    assert objects == set(CONTENT.objects)
