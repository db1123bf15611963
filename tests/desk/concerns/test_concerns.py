"""A security concern reaches the security readers, holds back what must not leave, and nobody else learns what it says."""

import pytest

from safeconduct.core.custody import Act
from safeconduct.core.evaluation import Outcome
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.models import Case
from safeconduct.desk.concerns import selectors, services
from safeconduct.desk.concerns.errors import HeldBack, NoSecurityReader, SomeoneElse
from safeconduct.desk.concerns.models import Concern
from safeconduct.desk.concerns.services import Raised
from safeconduct.desk.custody.selectors import entries_of
from safeconduct.desk.dossiers import services as dossiers
from safeconduct.desk.dossiers.errors import NotReady
from safeconduct.desk.evaluations import services as evaluating
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.models import SealedRecord
from tests.cast import NOW, TODAY, Cast, a_case, a_request
from tests.walked import composed, evaluated

FEAR = Raised(kind="services", text="He knew the colour of our door.")


def raised(cast: Cast, case: Case, name: str = "amal") -> Concern:
    """A concern about a case."""
    services.raise_concern(case, cast.actor(name), FEAR, today=TODAY)
    return Concern.objects.get(case=case)


def texts(concern: Concern, cast: Cast, name: str) -> list[str]:
    return [entry.text for entry in selectors.entries_of(concern, cast.actor(name), today=TODAY)]


def test_only_security_readers_open_a_concern_not_even_its_author(cast: Cast) -> None:
    concern = raised(cast, a_case(cast))
    assert texts(concern, cast, "hugo") == [FEAR.text]
    for name in ("amal", "farah", "bea", "dana"):
        with pytest.raises(NotGranted):
            texts(concern, cast, name)


def test_nothing_of_it_stands_in_the_case_or_the_conversation(cast: Cast) -> None:
    case = a_case(cast)
    before = SealedRecord.objects.exclude(section="desk").count()
    in_case = SealedRecord.objects.filter(subject=case.id).count()
    raised(cast, case)
    assert SealedRecord.objects.exclude(section="desk").count() == before
    assert SealedRecord.objects.filter(subject=case.id).count() == in_case
    entry = next(entry for entry in entries_of("lantern") if entry.act == Act.CONCERN_RAISED)
    assert entry.object != case.id


def test_an_evaluator_of_a_partner_reaches_the_readers_of_the_cases_organisation(cast: Cast) -> None:
    case = a_case(cast)
    evaluated(cast, case)
    concern = raised(cast, case, "bea")
    assert concern.organisation_id == "lantern"
    assert texts(concern, cast, "hugo") == [FEAR.text]


def test_without_a_reader_nothing_is_written(cast: Cast) -> None:
    Member.objects.filter(sign_in_name="hugo").update(is_active=False)
    with pytest.raises(NoSecurityReader):
        services.raise_concern(a_case(cast), cast.actor("amal"), FEAR, today=TODAY)
    assert not Concern.objects.exists()


def test_until_it_is_cleared_nothing_is_recommended_composed_or_released(cast: Cast) -> None:
    case = a_case(cast)
    dossier = composed(cast, case)
    concern = raised(cast, case)
    with pytest.raises(NotReady, match="held-back"):
        dossiers.release_dossier(dossier, cast.actor("farah"), read=[], today=TODAY, now=NOW)
    services.settle(concern, cast.actor("hugo"), Concern.State.CLEARED, "He saw it on a photograph.", today=TODAY)
    assert not services.is_held_back(case)
    services.settle(concern, cast.actor("hugo"), Concern.State.CONFIRMED, "The photograph is not ours.", today=TODAY)
    assert services.is_held_back(case)


def test_a_recommendation_waits_and_another_outcome_does_not(cast: Cast) -> None:
    case = a_case(cast)
    evaluated(cast, case)
    raised(cast, case)
    with pytest.raises(HeldBack):
        evaluating.decide(case, cast.actor("amal"), Outcome.RECOMMENDED, "Reasons.", today=TODAY)
    evaluating.decide(case, cast.actor("amal"), Outcome.NOT_RECOMMENDED, "Reasons.", told="We cannot go on.", today=TODAY)


def test_a_concern_about_a_request_holds_back_the_case_that_came_of_it(cast: Cast) -> None:
    case = a_case(cast)
    services.raise_concern(case.requests.get(), cast.actor("amal"), FEAR, today=TODAY)
    assert services.is_held_back(case)


def test_whoever_raised_it_does_not_settle_it(cast: Cast) -> None:
    case = a_case(cast)
    concern = raised(cast, case, "hugo")
    with pytest.raises(SomeoneElse):
        services.settle(concern, cast.actor("hugo"), Concern.State.CLEARED, "It was nothing.", today=TODAY)
    concern.refresh_from_db()
    assert concern.state == Concern.State.OPEN


def test_a_new_reader_gets_the_keys_of_what_came_before_from_another(cast: Cast) -> None:
    concern = raised(cast, a_case(cast))
    farah = cast.actor("farah").member
    farah.roles = [*farah.roles, Role.SECURITY_READER.value]
    farah.save()
    assert services.newcomers(cast.actor("hugo")) == [farah]
    assert services.let_read(farah, cast.actor("hugo"), today=TODAY) == 1
    assert texts(concern, cast, "farah") == [FEAR.text]
    assert services.let_read(cast.actor("gita").member, cast.actor("hugo"), today=TODAY) == 0


def test_the_pages_of_a_concern_exist_for_its_reader_alone(cast: Cast) -> None:
    case = a_case(cast)
    amal, hugo = cast.client("amal"), cast.client("hugo")
    sent = amal.post(f"/desk/cases/{case.id}/concern/", {"kind": "services", "text": FEAR.text})
    assert sent.status_code == 302
    concern = Concern.objects.get(case=case)
    page = f"/desk/security/concerns/{concern.id}/"
    assert FEAR.text in hugo.get(page).content.decode()
    assert case.reference in hugo.get("/desk/security/").content.decode()
    assert "1 security concern is open" in hugo.get("/desk/").content.decode()
    for name in ("amal", "bea", "chidi", "dana", "gita"):
        assert cast.client(name).get(page).status_code == 404
    assert "ecurity concern is" not in amal.get("/desk/").content.decode()
    assert amal.get(f"/desk/cases/{case.id}/").content.decode().count(FEAR.text) == 0


def test_a_reader_notes_and_settles_on_the_page(cast: Cast) -> None:
    _, request = a_request(cast)
    services.raise_concern(request, cast.actor("amal"), FEAR, today=TODAY)
    concern, hugo = Concern.objects.get(request=request), cast.client("hugo")
    page = f"/desk/security/concerns/{concern.id}/"
    assert hugo.post(page, {"act": "settle", "state": "cleared", "reasons": ""}).status_code == 422
    hugo.post(page, {"act": "note", "note": "Asked Bea."})
    hugo.post(page, {"act": "settle", "state": "cleared", "reasons": "A mistake."})
    concern.refresh_from_db()
    assert concern.state == Concern.State.CLEARED
    assert texts(concern, cast, "hugo") == [FEAR.text, "Asked Bea.", "A mistake."]
