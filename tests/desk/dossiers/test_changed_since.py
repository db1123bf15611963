"""Between composing and releasing a case goes on: what does not hold any more on the day of the release does not leave."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from safeconduct.core.redaction import Wording
from safeconduct.core.statements import KeyReason
from safeconduct.desk.cases import services as cases
from safeconduct.desk.cases.models import Case
from safeconduct.desk.concerns import canaries
from safeconduct.desk.dossiers import services
from safeconduct.desk.dossiers.errors import NotReady
from safeconduct.desk.dossiers.models import Dossier
from safeconduct.desk.dossiers.withdrawing import withdraw_key
from safeconduct.desk.evaluations import renewing
from safeconduct.desk.redactions.marks import PageMarks
from safeconduct.desk.redactions.services import Covered, cover_page, keep_wording
from safeconduct.desk.vault import files
from safeconduct.packs import CONSENTS, consents
from tests.cast import NOW, TODAY, Cast, a_case
from tests.walked import AUTHORITY, composed, everything_read, released, summons


def waiting(cast: Cast) -> tuple[Dossier, str]:
    """Composed with a picture and attested by both; waits for its release."""
    case = a_case(cast)
    picture = summons(cast, case)
    dossier = composed(cast, case, [picture])
    for row in dossier.attestations.select_related("dossier__case", "evaluator"):
        services.attest_dossier(row, cast.actor(row.evaluator.sign_in_name), today=TODAY)
    return Dossier.objects.select_related("case__organisation", "composed_by").get(pk=dossier.pk), picture


def withdraw_consent(cast: Cast, case: Case, picture: str) -> None:
    said = [cases.Consent(purpose="case_handling", given=True), cases.Consent(purpose="state_authority", given=False)]
    cases.change_consents(case, cast.actor("amal"), said, wording=consents(CONSENTS).stamp, today=TODAY)


def record_facts(cast: Cast, case: Case, picture: str) -> None:
    renewing.record_facts(case, cast.actor("amal"), "Il a été vu ailleurs.", today=TODAY)


def record_facts_of_a_submitted_case(cast: Cast, case: Case, picture: str) -> None:
    Case.objects.filter(pk=case.pk).update(stage=Case.Stage.SUBMISSION)
    record_facts(cast, case, picture)


def place_a_canary(cast: Cast, case: Case, picture: str) -> None:
    assert canaries.place(case, cast.actor("amal"), picture, today=TODAY)


def cover_more(cast: Cast, case: Case, picture: str) -> None:
    marks = PageMarks(cells=((1, 1),))
    covered = Covered(AUTHORITY, picture, {}, as_pictures=False)
    cover_page(case, cast.actor("amal"), covered, 1, marks, as_pictures=False, today=TODAY)


def black_out_a_name(cast: Cast, case: Case, picture: str) -> None:
    keep_wording(case, cast.actor("amal"), AUTHORITY, Wording.from_lines(["combattre"]), today=TODAY)


def withdraw_a_key(cast: Cast, case: Case, picture: str) -> None:
    bea = cast.actor("bea")
    withdraw_key(bea.member, bea, KeyReason.STOLEN, since=TODAY, today=TODAY)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (withdraw_consent, "consent"),
        (record_facts, "stage"),
        (record_facts_of_a_submitted_case, "expired"),
        (place_a_canary, "uncleaned"),
        (cover_more, "changed"),
        (black_out_a_name, "changed"),
        (withdraw_a_key, "voucher"),
    ],
)
def test_what_changed_since_it_was_composed_is_not_released(
    cast: Cast, change: Callable[[Cast, Case, str], None], reason: str
) -> None:
    dossier, picture = waiting(cast)
    change(cast, dossier.case, picture)
    dossier = Dossier.objects.select_related("case__organisation", "composed_by").get(pk=dossier.pk)
    with pytest.raises(NotReady) as refused:
        services.release_dossier(dossier, cast.actor("farah"), read=everything_read(cast, dossier), today=TODAY, now=NOW)
    assert refused.value.reason == reason
    dossier.refresh_from_db()
    assert dossier.state == Dossier.State.COMPOSED


def test_evaluations_that_expired_meanwhile_are_not_released(cast: Cast) -> None:
    dossier, _ = waiting(cast)
    years = timedelta(days=800)
    read = everything_read(cast, dossier)
    with pytest.raises(NotReady) as refused:
        services.release_dossier(dossier, cast.actor("farah"), read=read, today=TODAY + years, now=NOW + years)
    assert refused.value.reason == "expired"


def test_the_second_person_reads_the_document_itself(cast: Cast) -> None:
    dossier, _ = waiting(cast)
    assert f"/desk/dossiers/{dossier.id}/document/" in cast.client("farah").get(f"/desk/dossiers/{dossier.id}/release/").text
    answer = cast.client("farah").get(f"/desk/dossiers/{dossier.id}/document/")
    assert b"".join(answer).startswith(b"%PDF-")


def test_a_released_package_is_not_handed_out_after_the_consent_is_withdrawn(cast: Cast) -> None:
    dossier = released(cast, a_case(cast))
    assert b"".join(files.stream(services.package_of(dossier, cast.actor("farah"), today=TODAY)))
    withdraw_consent(cast, dossier.case, "")
    with pytest.raises(NotReady) as refused:
        services.package_of(dossier, cast.actor("farah"), today=TODAY)
    assert refused.value.reason == "consent"
    for page in ("package", "sealed"):
        answer = cast.client("farah").get(f"/desk/dossiers/{dossier.id}/{page}/")
        assert answer.status_code == 409
        assert "has not consented" in answer.content.decode()
