"""After the dossier: submissions, permits and honest next steps."""

from datetime import date, timedelta

import pytest

from safeconduct.core.custody import Act
from safeconduct.core.procedures import StepState
from safeconduct.desk.cases.models import Case
from safeconduct.desk.custody.selectors import latest_entry
from safeconduct.desk.pathways import selectors, services
from safeconduct.desk.pathways.errors import NotReady, OtherRecipient
from safeconduct.desk.pathways.models import Authority
from tests.cast import TODAY, Cast, a_case
from tests.walked import composed, permitted, released


def steps(cast: Cast, case: Case, today: date = TODAY) -> dict[str, StepState]:
    """The steps of a case by id."""
    return {step.plan.id: step.state for step in selectors.path_of(case, cast.actor("farah"), today=today).steps}


def test_a_permit_starts_the_steps_and_an_expired_rule_gives_no_date(cast: Cast) -> None:
    case = a_case(cast)
    permitted(cast, case)
    case.refresh_from_db()
    assert case.stage == Case.Stage.PERMIT
    assert steps(cast, case)["travel"] is StepState.DUE
    farah = cast.actor("farah")
    for event in ("travelled", "arrived", "spada_contacted", "guda_registered", "attestation_received"):
        services.record_event(case, farah, event, TODAY, today=TODAY)
    found = steps(cast, case)
    assert found["travel"] is StepState.DONE
    assert found["ofpra_form"] is StepState.UNKNOWN_RULE


def test_nothing_is_submitted_before_its_release(cast: Cast) -> None:
    dossier = composed(cast, a_case(cast))
    authority = Authority.objects.create(organisation_id="lantern", name="Ministry", country="FR")
    with pytest.raises(NotReady):
        services.record_submission(dossier, cast.actor("farah"), authority, how="By hand", on=TODAY, today=TODAY)


def test_a_permit_that_ends_before_it_begins_is_refused(cast: Cast) -> None:
    case = a_case(cast)
    submission = permitted(cast, case).submission
    wrong = services.PermitDetails(
        kind="visa", number="X", issued_on=TODAY, valid_from=TODAY, valid_until=TODAY - timedelta(days=1)
    )
    with pytest.raises(NotReady):
        services.record_permit(submission, cast.actor("farah"), wrong, today=TODAY)


def test_a_new_authority_is_written_down(cast: Cast) -> None:
    authority = services.add_authority(cast.actor("farah"), name="Ministry", country="FR", language="fr", today=TODAY)
    assert latest_entry("lantern", Act.SETTING_CHANGED, authority.id).actor == cast.actor("farah").id


def test_a_dossier_goes_to_the_authority_that_it_was_composed_for_only(cast: Cast) -> None:
    dossier = released(cast, a_case(cast))
    other = Authority.objects.create(organisation_id="lantern", name="Another ministry", country="FR")
    with pytest.raises(OtherRecipient):
        services.record_submission(dossier, cast.actor("farah"), other, how="By hand", on=TODAY, today=TODAY)
    typed = {"dossier": dossier.id, "authority": other.id, "on": TODAY.isoformat(), "how": "By hand"}
    page = cast.client("farah").post(f"/desk/cases/{dossier.case_id}/path/submit/", typed)
    assert page.status_code == 422
    assert "composed for another authority" in page.content.decode()
    assert not dossier.case.submissions.exists()
