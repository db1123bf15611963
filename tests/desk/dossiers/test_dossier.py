"""A dossier: within the consents, attested by its evaluators, released by a second person, verifiable by a stranger."""

import hashlib
import io
import zipfile

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.dossier import Conclusion, Trust, verify_dossier
from safeconduct.core.pades import check
from safeconduct.core.redaction import BLOCK, Wording
from safeconduct.core.sealing import SealingRefused
from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.cases import services as cases
from safeconduct.desk.cases.models import Case
from safeconduct.desk.custody.selectors import latest_entry
from safeconduct.desk.dossiers import selectors, services
from safeconduct.desk.dossiers.errors import NotReady, SamePerson
from safeconduct.desk.dossiers.models import Attestation, DocumentCertificates, Dossier, EvaluatorVoucher
from safeconduct.desk.dossiers.vouching import trust_file, vouch_for
from safeconduct.desk.redactions.services import keep_wording
from safeconduct.desk.vault import files, opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.packs import CONSENTS, consents
from tests.cast import NOW, TODAY, Cast, a_case
from tests.walked import AUTHORITY, composed, everything_read, plan, released, summons


def package(cast: Cast, dossier: Dossier) -> bytes:
    """The bytes that leave."""
    return b"".join(files.stream(services.package_of(dossier, cast.actor("farah"), today=TODAY)))


def attested(cast: Cast, dossier: Dossier) -> None:
    """Both evaluators attest."""
    for row in dossier.attestations.select_related("dossier__case", "evaluator"):
        services.attest_dossier(row, cast.actor(row.evaluator.sign_in_name), today=TODAY)


def test_a_released_dossier_verifies_with_the_coalitions_keys(cast: Cast) -> None:
    dossier = released(cast, a_case(cast))
    verdict = verify_dossier(io.BytesIO(package(cast, dossier)), trust=Trust.decode(trust_file(TODAY)), today=TODAY)
    assert verdict.conclusion is Conclusion.HOLDS
    assert verdict.manifest is not None
    assert verdict.manifest.recipient == AUTHORITY
    assert dossier.case.stage == Case.Stage.SUBMISSION


def test_the_document_carries_the_organisations_signature_stamped_by_a_partner(cast: Cast) -> None:
    with zipfile.ZipFile(io.BytesIO(package(cast, released(cast, a_case(cast))))) as archive:
        document = archive.read("dossier/data/dossier.pdf")
    roots = [bytes(row.root) for row in DocumentCertificates.objects.all()]
    finding = check(document, roots=roots, at=NOW)
    assert finding is not None
    assert (finding.intact, finding.long_term, finding.covers_all) == (True, True, True)
    assert cast.organisation("lantern").name in finding.signer
    alone = check(document, roots=[bytes(DocumentCertificates.objects.get(pk="lantern").root)], at=NOW)
    assert alone is not None
    assert not alone.long_term


def test_a_stranger_without_the_trust_file_is_told_so(cast: Cast) -> None:
    dossier = released(cast, a_case(cast))
    verdict = verify_dossier(io.BytesIO(package(cast, dossier)), trust=None, today=TODAY)
    assert verdict.conclusion is Conclusion.UNTRUSTED


def test_the_composer_cannot_release(cast: Cast) -> None:
    dossier = composed(cast, a_case(cast))
    attested(cast, dossier)
    with pytest.raises(SamePerson):
        services.release_dossier(dossier, cast.actor("amal"), read=everything_read(cast, dossier), today=TODAY, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(released_by=dossier.composed_by)


def test_nothing_is_released_before_both_have_attested(cast: Cast) -> None:
    dossier = composed(cast, a_case(cast))
    first = dossier.attestations.select_related("dossier__case", "evaluator").order_by("position").first()
    assert first is not None
    services.attest_dossier(first, cast.actor(first.evaluator.sign_in_name), today=TODAY)
    with pytest.raises(NotReady) as refused:
        services.release_dossier(dossier, cast.actor("farah"), read=everything_read(cast, dossier), today=TODAY, now=NOW)
    assert refused.value.reason == "attestations"


def test_of_two_who_release_at_the_same_moment_the_first_counts(cast: Cast) -> None:
    """Each had read the page before the other signed."""
    dossier = composed(cast, a_case(cast))
    attested(cast, dossier)
    late = Dossier.objects.select_related("case__organisation", "composed_by").get(pk=dossier.pk)
    services.release_dossier(dossier, cast.actor("farah"), read=everything_read(cast, dossier), today=TODAY, now=NOW)
    first = package(cast, dossier)
    with pytest.raises(NotReady) as refused:
        services.release_dossier(late, cast.actor("farah"), read=everything_read(cast, late), today=TODAY, now=NOW)
    assert refused.value.reason == "released"
    assert package(cast, dossier) == first


def test_nothing_is_released_before_the_second_person_has_read_each_thing(cast: Cast) -> None:
    dossier = composed(cast, a_case(cast))
    attested(cast, dossier)
    things = everything_read(cast, dossier)
    assert set(things) >= {"account", "evaluations"}
    for missing in things:
        with pytest.raises(NotReady) as refused:
            services.release_dossier(
                dossier, cast.actor("farah"), read=[each for each in things if each != missing], today=TODAY, now=NOW
            )
        assert refused.value.reason == "unread"
    page = f"/desk/dossiers/{dossier.id}/release/"
    assert cast.client("farah").post(page, {"read": things[:-1]}).status_code == 422
    assert cast.client("farah").post(page, {"read": things}).status_code == 302
    assert cast.client("farah").get(f"/desk/cases/{dossier.case_id}/dossiers/").content.decode().count(" UTC</td>") == 1


def test_what_each_item_tells_about_the_person_stands_on_both_pages(cast: Cast) -> None:
    case = a_case(cast)
    dossier = composed(cast, case, [summons(cast, case)])
    case.refresh_from_db()
    shown = selectors.shown_before_release(dossier, cast.actor("farah"), today=TODAY)
    assert any("shows the face; names a relative" in thing.reveals for thing in shown.things)
    composing = cast.client("amal").get(f"/desk/cases/{case.id}/dossiers/compose/").content.decode()
    assert "Summons — shows the face; names a relative" in composing


def test_the_composer_sees_that_a_second_person_is_waited_for(cast: Cast) -> None:
    dossier = composed(cast, a_case(cast))
    here = f"/desk/cases/{dossier.case_id}/dossiers/"
    assert "Waiting for a second person" in cast.client("amal").get(here).content.decode()
    assert "Read and release" in cast.client("farah").get(here).content.decode()


def test_a_release_is_listed_with_recipient_and_exact_bytes(cast: Cast) -> None:
    dossier = released(cast, a_case(cast))
    (kept,) = selectors.releases(dossier.case, cast.actor("amal"), today=TODAY)
    content = package(cast, dossier)
    assert (kept.version, kept.recipient, kept.size) == (1, AUTHORITY, len(content))
    assert kept.sha256 == hashlib.sha256(content).hexdigest()


def test_names_are_black_in_everything_that_a_dossier_says(cast: Cast) -> None:
    case = a_case(cast)
    services_words = Wording.from_lines(["combattre", "Discharge"])
    keep_wording(case, cast.actor("amal"), AUTHORITY, services_words, today=TODAY)
    dossier = released(cast, case)
    with zipfile.ZipFile(io.BytesIO(package(cast, dossier))) as archive:
        read = PdfReader(io.BytesIO(archive.read("dossier/data/dossier.pdf")))
    text = "".join(page.extract_text() for page in read.pages)
    assert "combattre" not in text
    assert "Discharge" not in text
    assert BLOCK in text


def test_a_member_of_another_organisation_cannot_release(cast: Cast) -> None:
    dossier = composed(cast, a_case(cast))
    attested(cast, dossier)
    with pytest.raises(NotGranted):
        services.release_dossier(dossier, cast.actor("chidi"), read=everything_read(cast, dossier), today=TODAY, now=NOW)


def test_nobody_signs_in_another_evaluators_place(cast: Cast) -> None:
    dossier = composed(cast, a_case(cast))
    row = Attestation.objects.select_related("dossier__case").get(dossier=dossier, evaluator=cast.actor("bea").member)
    with pytest.raises(SealingRefused):
        services.attest_dossier(row, cast.actor("emil"), today=TODAY)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("withdraw", "consent"),
        ("other authority", "consent"),
        ("stage", "stage"),
        ("voucher", "voucher"),
    ],
)
def test_nothing_is_composed_outside_consent_stage_and_vouchers(cast: Cast, change: str, reason: str) -> None:
    case = a_case(cast)
    record = plan_of(cast, case)
    wording = consents(CONSENTS).stamp
    chosen = plan([record])
    if change == "withdraw":
        said = [cases.Consent(purpose="case_handling", given=True), cases.Consent(purpose="state_authority", given=False)]
        cases.change_consents(case, cast.actor("amal"), said, wording=wording, today=TODAY)
    elif change == "other authority":
        said = [cases.Consent(purpose="state_authority", given=True, recipients=["Another Ministry"])]
        cases.change_consents(case, cast.actor("amal"), said, wording=wording, today=TODAY)
    elif change == "stage":
        Case.objects.filter(pk=case.pk).update(stage=Case.Stage.DECISION)
        case.refresh_from_db()
    else:
        EvaluatorVoucher.objects.all().delete()
    before = Dossier.objects.count()
    with pytest.raises(NotReady) as refused:
        services.compose_dossier(case, cast.actor("amal"), chosen, today=TODAY)
    assert refused.value.reason == reason
    assert Dossier.objects.count() == before


def test_each_version_is_attested_and_released_anew(cast: Cast) -> None:
    case = a_case(cast)
    record = plan_of(cast, case)
    second = services.compose_dossier(case, cast.actor("amal"), plan([record], language="en"), today=TODAY)
    assert second.version == 2
    assert second.attestations.filter(envelope=None).count() == 2


def test_only_a_coordinator_of_the_same_organisation_vouches(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        vouch_for(cast.actor("bea").member, cast.actor("amal"), today=TODAY)
    with pytest.raises(NotAllowed):
        vouch_for(cast.actor("emil").member, cast.actor("emil"), today=TODAY)


def test_vouching_for_a_key_is_written_down(cast: Cast) -> None:
    bea = cast.actor("bea")
    vouch_for(bea.member, bea, today=TODAY)
    assert latest_entry("harbour", Act.CREDENTIAL_CHANGED, bea.id).purpose is Purpose.KEYS


def plan_of(cast: Cast, case: Case) -> str:
    """A case whose first version is composed; gives its piece of evidence."""
    dossier = composed(cast, case)
    case.refresh_from_db()
    with opening.opened(case.subject, holder=cast.actor("amal"), purpose=Purpose.DOSSIER, today=TODAY) as file:
        record: str = file.read(dossier.record).content["evidence"][0]
    return record


def test_days_are_written_out_and_the_name_among_us_stays_here(cast: Cast) -> None:
    dossier = released(cast, a_case(cast))
    with zipfile.ZipFile(io.BytesIO(package(cast, dossier))) as archive:
        read = PdfReader(io.BytesIO(archive.read("dossier/data/dossier.pdf")))
    text = " ".join("".join(page.extract_text() for page in read.pages).split())
    assert "10 janvier 2023" in text
    assert "2023-01-10" not in text
    assert "Zvonarev" in text
    assert "Nom à employer avec vous" not in text
