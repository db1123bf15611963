"""A case does not outlive its purpose: each clock of the pack, what begins it, what it ends, what stops it."""

from datetime import timedelta

import pytest

from safeconduct import packs
from safeconduct.core.custody import Act
from safeconduct.core.evaluation import Outcome
from safeconduct.demo.evidence import arrived
from safeconduct.desk.cases import clocks, following
from safeconduct.desk.cases import services as cases
from safeconduct.desk.cases.clocks import Runs
from safeconduct.desk.cases.errors import NotConsented
from safeconduct.desk.cases.models import Case
from safeconduct.desk.cases.services import Consent
from safeconduct.desk.custody.selectors import entries_of
from safeconduct.desk.evaluations import services as evaluating
from safeconduct.desk.evidence import services as evidence
from safeconduct.desk.intake.models import Request
from safeconduct.desk.retention import services
from safeconduct.desk.retention.models import Certificate
from safeconduct.desk.vault import drafts
from safeconduct.desk.vault.models import Draft, SealedFile, SealedRecord
from safeconduct.desk.vault.sections import Section
from tests.cast import NOW, TODAY, Cast, a_case
from tests.walked import evaluated, interview

pytestmark = pytest.mark.django_db
OGG = b"OggS" + b"\0" * 200


def agreeing(cast: Cast, case: Case, *purposes: str) -> None:
    """The person agrees to these purposes and to no other."""
    pack = packs.consents(packs.CONSENTS)
    consents = [Consent(purpose=each.id, given=each.id in purposes, recipients=("Harbour", "Steppe")) for each in pack.purposes]
    cases.change_consents(case, cast.actor("amal"), consents, wording=pack.stamp, today=TODAY)


def recording(cast: Cast, case: Case) -> str:
    """Amal files the recording of an interview."""
    item = evidence.Item(title="Interview", kind=evidence.RECORDING, source="We", obtained="Recorded by us")
    return evidence.add_item(case, cast.actor("amal"), item, arrived("talk.ogg", OGG), today=TODAY)


def days(id_: str) -> timedelta:
    return timedelta(days=packs.retention(packs.RETENTION).clock(id_).days)


def swept(after: timedelta) -> services.Swept:
    """A sweep so long after today."""
    return services.sweep(NOW + after)


def there(case: Case) -> bool:
    return Case.objects.filter(pk=case.pk).exists()


@pytest.mark.parametrize("runs", [Runs.PROTECTED, Runs.ENDED, Runs.WITHDRAWN])
def test_a_case_whose_work_has_ended_goes_on_its_day_and_not_before(cast: Cast, runs: Runs) -> None:
    case = a_case(cast)
    clocks.end_work(case, cast.actor("amal"), runs, since=TODAY, today=TODAY)
    assert swept(days(runs) - timedelta(days=1)).cases == 0
    assert there(case)
    assert swept(days(runs)).cases == 1
    assert not there(case)
    assert not SealedRecord.objects.filter(subject=case.id).exists()
    certificate = Certificate.objects.get(thing=case.id, what=Certificate.What.CASE)
    assert (certificate.why, certificate.by) == (Certificate.Why.CLOCK, "system")
    acts = [entry.act for entry in entries_of("lantern")]
    assert Act.CASE_CLOSED in acts
    assert Act.CASE_ERASED in acts


def test_notes_about_offences_go_first_and_the_rest_stays(cast: Cast) -> None:
    case = a_case(cast)
    interview(cast, case)
    assert SealedRecord.objects.filter(subject=case.id, section=Section.CONDUCT).exists()
    clocks.end_work(case, cast.actor("amal"), Runs.PROTECTED, since=TODAY, today=TODAY)
    assert swept(days("offences")).parts == 1
    assert not SealedRecord.objects.filter(subject=case.id, section=Section.CONDUCT).exists()
    assert SealedRecord.objects.filter(subject=case.id, section=Section.ACCOUNT).exists()
    assert Certificate.objects.get(thing=case.id).what == Certificate.What.OFFENCES
    assert swept(days("offences")).parts == 0


def test_a_person_who_withdraws_is_forgotten_and_one_who_agrees_again_is_not(cast: Cast) -> None:
    case = a_case(cast)
    agreeing(cast, case)
    assert case.clocks.get(runs=Runs.WITHDRAWN).erase_on == TODAY + days("withdrawn")
    agreeing(cast, case, "case_handling")
    assert swept(days("withdrawn")).cases == 0
    agreeing(cast, case)
    assert swept(days("withdrawn")).cases == 1


def test_what_the_person_withdraws_on_their_own_page_begins_the_clock_when_the_case_follows(cast: Cast) -> None:
    case = a_case(cast)
    Request.objects.filter(case=case).update(consents_changed_on=TODAY)
    following.follow_person(case, cast.actor("amal"), today=TODAY)
    assert not case.clocks.exists()


def test_a_negative_decision_begins_six_months(cast: Cast) -> None:
    case = a_case(cast)
    evaluated(cast, case)
    case.refresh_from_db()
    evaluating.decide(case, cast.actor("amal"), Outcome.NOT_RECOMMENDED, "Reasons.", told="Reasons.", today=TODAY)
    assert case.clocks.get(runs=Runs.NOT_RECOMMENDED).erase_on == TODAY + days("not_recommended")
    assert case.clocks.filter(runs=Runs.OFFENCES).exists()


def test_a_recording_needs_its_own_consent(cast: Cast) -> None:
    case = a_case(cast)
    with pytest.raises(NotConsented):
        recording(cast, case)
    assert not case.clocks.exists()
    assert not SealedFile.objects.filter(subject=case.id).exists()


def test_a_recording_goes_six_months_after_both_evaluations_and_the_case_stays(cast: Cast) -> None:
    case = a_case(cast)
    agreeing(cast, case, "case_handling", "partner", "recording")
    record = recording(cast, case)
    assert case.clocks.get(runs=Runs.RECORDING).erase_on is None
    assert swept(timedelta(days=3650)).parts == 0
    evaluated(cast, case)
    assert swept(days("recording") - timedelta(days=1)).parts == 0
    assert swept(days("recording")).parts == 1
    assert not SealedRecord.objects.filter(record=record).exists()
    assert there(case)


def test_work_that_goes_on_stops_the_clocks(cast: Cast) -> None:
    case = a_case(cast)
    clocks.end_work(case, cast.actor("amal"), Runs.ENDED, since=TODAY, today=TODAY)
    clocks.go_on(case, cast.actor("amal"), today=TODAY)
    assert swept(timedelta(days=3650)).cases == 0
    assert there(case)


def test_a_hold_keeps_a_case_beyond_its_day(cast: Cast) -> None:
    case = a_case(cast)
    request = case.requests.get()
    clocks.end_work(case, cast.actor("amal"), Runs.WITHDRAWN, since=TODAY, today=TODAY)
    services.propose_hold(request, cast.actor("amal"), "A court asks for it.", today=TODAY)
    services.confirm_hold(request, cast.actor("farah"), today=TODAY)
    assert swept(days("withdrawn")).cases == 0
    assert swept(days("hold_review") + timedelta(days=1)).cases == 1


def test_what_colleagues_had_typed_about_a_case_goes_with_it(cast: Cast) -> None:
    case, other = a_case(cast), a_case(cast)
    for each in (case, other):
        drafts.save_draft(cast.actor("amal"), f"interview {each.id}", {"typed": "words"}, today=TODAY)
    clocks.end_work(case, cast.actor("amal"), Runs.WITHDRAWN, since=TODAY, today=TODAY)
    swept(days("withdrawn"))
    assert drafts.load_draft(cast.actor("amal"), f"interview {case.id}") is None
    assert Draft.objects.count() == 1


def test_the_page_ends_the_work_and_lets_it_go_on(cast: Cast) -> None:
    case, client = a_case(cast), cast.client("amal")
    page = f"/desk/cases/{case.id}/keeping/"
    late = client.post(page, {"act": "end", "how": "ended", "day": (TODAY + timedelta(days=400)).isoformat()})
    assert late.status_code == 422
    assert not case.clocks.exists()
    client.post(page, {"act": "end", "how": "ended", "day": "2026-01-02"})
    assert case.clocks.get(runs=Runs.ENDED).erase_on is not None
    assert case.reference in client.get("/desk/retention/").content.decode()
    client.post(page, {"act": "go-on"})
    assert not case.clocks.exists()
