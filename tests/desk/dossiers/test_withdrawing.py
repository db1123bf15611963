"""Withdrawing a released dossier, and the time stamp that a released one carries."""

import io

import pytest

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.dossier import Check, CheckOutcome, Conclusion, Reason, Trust, Verdict, read_notice, verify_dossier
from safeconduct.core.statements import DossierReason, KeyReason
from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.custody.selectors import latest_entry
from safeconduct.desk.dossiers import services
from safeconduct.desk.dossiers.errors import NotReady
from safeconduct.desk.dossiers.models import Dossier, TimeKey, Withdrawal
from safeconduct.desk.dossiers.stamping import VALID_FOR, stamper_for
from safeconduct.desk.dossiers.vouching import trust_file, vouch_for
from safeconduct.desk.dossiers.withdrawing import notice_on, withdraw_dossier, withdraw_key
from safeconduct.desk.vault import files
from safeconduct.desk.vault.errors import NotGranted
from tests.cast import TODAY, Cast, a_case
from tests.walked import composed, released


def package(cast: Cast, dossier: Dossier) -> bytes:
    return b"".join(files.stream(services.package_of(dossier, cast.actor("farah"), today=TODAY)))


def verified(package: bytes, trust: bytes | None) -> Verdict:
    return verify_dossier(io.BytesIO(package), trust=Trust.decode(trust) if trust else None, today=TODAY)


def test_a_released_dossier_is_stamped_by_a_partners_key(cast: Cast) -> None:
    finding = verified(package(cast, released(cast, a_case(cast))), trust_file(TODAY)).finding(Check.TIME_STAMP)
    assert finding.outcome is CheckOutcome.HOLDS
    assert finding.facts[0] == "2026-11-22T12:00Z"
    assert "(lantern)" not in finding.facts[1]


def test_without_a_partners_time_key_nobody_is_named_to_stamp(cast: Cast) -> None:
    composed(cast, a_case(cast))
    assert stamper_for("lantern", ["harbour", "lantern"], today=TODAY) is not None
    assert stamper_for("lantern", ["lantern"], today=TODAY) is None
    assert stamper_for("lantern", ["harbour"], today=TODAY + 2 * VALID_FOR) is None
    TimeKey.objects.all().delete()
    assert stamper_for("lantern", ["harbour"], today=TODAY) is None


def test_a_withdrawn_dossier_is_shown_as_such_with_the_new_trust_file_and_not_handed_out(cast: Cast) -> None:
    dossier = released(cast, a_case(cast))
    handed_out, old_trust = package(cast, dossier), trust_file(TODAY)
    withdraw_dossier(dossier, cast.actor("farah"), DossierReason.MISTAKEN, today=TODAY)
    dossier.refresh_from_db()
    assert dossier.state == Dossier.State.WITHDRAWN
    assert verified(handed_out, old_trust).conclusion is Conclusion.HOLDS
    verdict = verified(handed_out, trust_file(TODAY))
    assert verdict.finding(Check.NOT_WITHDRAWN).problems[0].reason is Reason.WITHDRAWN
    assert verdict.conclusion is Conclusion.BROKEN
    with pytest.raises(NotReady):
        package(cast, dossier)
    assert latest_entry("lantern", Act.DOSSIER_WITHDRAWN, dossier.id).purpose is Purpose.DOSSIER


def test_the_notice_names_nobody_and_outlives_the_case(cast: Cast) -> None:
    dossier = released(cast, a_case(cast))
    withdraw_dossier(dossier, cast.actor("farah"), DossierReason.CONSENT, today=TODAY)
    encoded = notice_on(dossier)
    assert encoded is not None
    assert read_notice(encoded).organisation == "lantern"
    assert dossier.case.reference.encode() not in encoded
    dossier.delete()
    assert Withdrawal.objects.count() == 1
    assert encoded in trust_file(TODAY)


def test_only_a_released_dossier_is_withdrawn_and_only_once(cast: Cast) -> None:
    dossier = composed(cast, a_case(cast))
    with pytest.raises(NotReady):
        withdraw_dossier(dossier, cast.actor("farah"), DossierReason.MISTAKEN, today=TODAY)
    with pytest.raises(NotGranted):
        withdraw_dossier(dossier, cast.actor("chidi"), DossierReason.MISTAKEN, today=TODAY)


def test_the_page_withdraws_and_offers_the_notice(cast: Cast) -> None:
    dossier = released(cast, a_case(cast))
    client, page = cast.client("farah"), f"/desk/dossiers/{dossier.id}/withdraw/"
    assert client.get(f"/desk/dossiers/{dossier.id}/notice/").status_code == 404
    assert client.post(page, {"reason": "because"}).status_code == 422
    assert client.post(page, {"reason": "replaced"}).status_code == 302
    notice = client.get(f"/desk/dossiers/{dossier.id}/notice/")
    assert read_notice(notice.content).organisation == "lantern"
    assert client.get(f"/desk/dossiers/{dossier.id}/package/").status_code == 404
    assert b"notice/" in client.get(page).content


def test_a_withdrawn_key_spoils_what_it_signed_since_and_is_never_vouched_for_again(cast: Cast) -> None:
    handed_out = package(cast, released(cast, a_case(cast)))
    bea = cast.actor("bea")
    withdraw_key(bea.member, bea, KeyReason.STOLEN, since=TODAY, today=TODAY)
    verdict = verified(handed_out, trust_file(TODAY))
    assert verdict.finding(Check.NOT_WITHDRAWN).problems[0].reason is Reason.KEY_WITHDRAWN
    assert verdict.conclusion is Conclusion.BROKEN
    assert latest_entry("harbour", Act.CREDENTIAL_CHANGED, bea.id).purpose is Purpose.KEYS
    with pytest.raises(NotAllowed):
        vouch_for(bea.member, bea, today=TODAY)


def test_only_a_coordinator_of_the_same_organisation_withdraws_a_key_that_was_vouched_for(cast: Cast) -> None:
    bea = cast.actor("bea")
    with pytest.raises(NotReady):
        withdraw_key(bea.member, bea, KeyReason.LOST, since=TODAY, today=TODAY)
    with pytest.raises(NotAllowed):
        withdraw_key(bea.member, cast.actor("amal"), KeyReason.LOST, since=TODAY, today=TODAY)
    vouch_for(bea.member, bea, today=TODAY)
    with pytest.raises(NotAllowed):
        withdraw_key(bea.member, bea, KeyReason.LOST, since=TODAY + VALID_FOR, today=TODAY)


def test_the_page_withdraws_a_key(cast: Cast) -> None:
    bea = cast.actor("bea")
    client, page = cast.client("bea"), f"/desk/members/{bea.member.id}/withdraw-key/"
    assert client.get(page).status_code == 404
    vouch_for(bea.member, bea, today=TODAY)
    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": "stolen", "since": "2999-01-01"}).status_code == 422
    assert client.post(page, {"reason": "stolen", "since": "2026-11-01"}).status_code == 302
    assert client.get(page).status_code == 404
    assert client.post(f"/desk/members/{bea.member.id}/vouch/").status_code == 404
