"""Teaser, names, file: each opens after the step before it, and by key."""

import pytest

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.sealing import SealingRefused
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases import services as cases
from safeconduct.desk.cases.errors import NotConsented
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.evaluations import replacing, services, teasers
from safeconduct.desk.evaluations.errors import NamesNotRead, NotIndependent, NotNeeded
from safeconduct.desk.evaluations.models import Assignment
from safeconduct.desk.evaluations.teasers import CountryGroup
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.models import Grant
from safeconduct.desk.vault.sections import Section
from safeconduct.packs import CONSENTS, WAR_REFUSERS, consents, criteria
from tests.cast import TODAY, Cast, a_case
from tests.evaluators import accepted, assigned, declared, told_in_the_log
from tests.walked import interview


def asked(cast: Cast, case: Case, name: str = "bea") -> Assignment:
    """Somebody was asked, and nothing more."""
    row = services.assign(case, cast.actor("amal"), cast.actor(name).member, today=TODAY)
    return Assignment.objects.select_related("case__organisation", "evaluator").get(pk=row.pk)


def reads_the_file(case: Case, actor: Actor) -> bool:
    """Whether this holder has a key of the case."""
    try:
        with opening.opened(case.subject, holder=actor, purpose=Purpose.EVALUATION, today=TODAY) as file:
            return bool(file.records())
    except NotGranted:
        return False


def test_who_is_asked_gets_a_teaser_without_anything_personal_and_no_key(cast: Cast) -> None:
    case, bea = a_case(cast), cast.actor("bea")
    row = asked(cast, case)
    teaser = teasers.teaser_of(row, bea)
    assert teaser == teasers.Teaser("ru", CountryGroup.CENTRAL_ASIA, criteria(WAR_REFUSERS).stamp)
    assert not Grant.objects.filter(subject=case.id, holder=bea.id).exists()
    page = cast.client("bea").get(f"/desk/evaluations/{row.id}/").content.decode()
    assert "Central Asia" in page
    assert "Stepan" not in page


def test_the_names_come_on_asking_and_that_is_written_down(cast: Cast) -> None:
    case = a_case(cast)
    interview(cast, case)
    row = asked(cast, case)
    page = cast.client("bea").post(f"/desk/evaluations/{row.id}/", {"names": "1"}).content.decode()
    assert "Stepan" in page
    assert "Zvonarev" in page
    assert told_in_the_log(Act.NAMES_SHOWN, row.id) == [cast.actor("bea").id]


def test_nobody_else_opens_teaser_or_names(cast: Cast) -> None:
    row = asked(cast, a_case(cast))
    for name in ("amal", "emil", "chidi"):
        with pytest.raises(SealingRefused):
            teasers.teaser_of(row, cast.actor(name))
        with pytest.raises(SealingRefused):
            teasers.show_names(row, cast.actor(name), today=TODAY)
    assert not Assignment.objects.get(pk=row.pk).names_shown


def test_no_conflict_is_declared_before_the_names_were_read(cast: Cast) -> None:
    row, bea = asked(cast, a_case(cast)), cast.actor("bea")
    with pytest.raises(NamesNotRead):
        services.declare(row, bea, has_conflict=False, today=TODAY)
    answer = cast.client("bea").post(f"/desk/evaluations/{row.id}/", {"conflict": "none"})
    assert answer.status_code == 422
    assert Assignment.objects.get(pk=row.pk).state == Assignment.State.OFFERED


def test_the_file_has_no_key_for_the_evaluator_before_a_coordinator_opens_it(cast: Cast) -> None:
    case, bea = a_case(cast), cast.actor("bea")
    row = asked(cast, case)
    assert not reads_the_file(case, bea)
    row = declared(cast, row, "bea")
    assert not reads_the_file(case, bea)
    assert cast.client("bea").get(f"/desk/cases/{case.id}/").status_code == 404
    assert "Open the file to them" in cast.client("amal").get(f"/desk/cases/{case.id}/evaluations/").content.decode()
    services.open_file(row, cast.actor("farah"), today=TODAY)
    assert reads_the_file(case, bea)
    with opening.opened(case.subject, holder=bea, purpose=Purpose.EVALUATION, today=TODAY) as file:
        assert file.sections == frozenset(services.EVALUATORS_READ)


def test_opening_looks_once_more_at_independence_and_consent(cast: Cast) -> None:
    case, amal = a_case(cast), cast.actor("amal")
    first, second = (declared(cast, asked(cast, case, name), name) for name in ("bea", "emil"))
    part = CasePart.objects.create(case=case, member=first.evaluator, part=CasePart.Part.INTERVIEWER)
    with pytest.raises(NotIndependent):
        services.open_file(first, amal, today=TODAY)
    part.delete()
    left = [cases.Consent(purpose="case_handling", given=True)]
    cases.change_consents(case, amal, left, wording=consents(CONSENTS).stamp, today=TODAY)
    with pytest.raises(NotConsented):
        services.open_file(second, amal, today=TODAY)
    assert set(case.assignments.values_list("state", flat=True)) == {Assignment.State.DECLARED}


def test_the_file_is_opened_once_and_only_to_who_declared(cast: Cast) -> None:
    case, amal = a_case(cast), cast.actor("amal")
    row = asked(cast, case)
    with pytest.raises(NotNeeded):
        services.open_file(row, amal, today=TODAY)
    row = accepted(cast, row, "bea")
    with pytest.raises(NotNeeded):
        services.open_file(row, amal, today=TODAY)


def test_a_declared_conflict_takes_back_the_names_and_frees_the_place(cast: Cast) -> None:
    case, bea = a_case(cast), cast.actor("bea")
    row = asked(cast, case)
    services.declare(row, bea, has_conflict=True, today=TODAY)
    row.refresh_from_db()
    assert (row.state, row.names, row.teaser) == (Assignment.State.DECLINED, None, None)
    assert not reads_the_file(case, bea)
    assert cast.client("bea").get(f"/desk/evaluations/{row.id}/").status_code == 404
    assert asked(cast, case, "emil").position == 1


def test_a_conflict_that_is_found_later_takes_the_keys_and_changes_them(cast: Cast) -> None:
    """What is written afterwards is closed even to keys that were kept."""
    case, bea, amal = a_case(cast), cast.actor("bea"), cast.actor("amal")
    (row,) = assigned(cast, case, "bea")
    before = bytes(Case.objects.get(pk=case.pk).reading_key)
    kept = list(Grant.objects.filter(subject=case.id, holder=bea.id).values())
    replacing.step_back(row, bea, has_conflict=True, today=TODAY)
    assert not reads_the_file(case, bea)
    assert bytes(Case.objects.get(pk=case.pk).reading_key) != before
    with opening.opened(case.subject, holder=amal, purpose=Purpose.HANDLING, today=TODAY) as file:
        file.write(Section.ACCOUNT, "note", {"said": "later"})
        assert file.newest("card") is not None
    Grant.objects.bulk_create(Grant(**{name: value for name, value in row.items() if name != "id"}) for row in kept)
    with opening.opened(case.subject, holder=bea, purpose=Purpose.EVALUATION, today=TODAY) as file:
        assert file.newest("note") is None
        assert file.newest("card") is not None
    with pytest.raises(NotIndependent):
        services.assign(case, amal, bea.member, today=TODAY)


def test_a_conflict_takes_no_key_that_was_held_before_the_assignment(cast: Cast) -> None:
    """A coordinator who evaluates a colleague's case still coordinates it."""
    case, farah = a_case(cast), cast.actor("farah")
    farah.member.roles = [*farah.member.roles, "evaluator"]
    farah.member.save()
    replacing.step_back(accepted(cast, asked(cast, case, "farah"), "farah"), farah, has_conflict=True, today=TODAY)
    with opening.opened(case.subject, holder=farah, purpose=Purpose.HANDLING, today=TODAY) as file:
        assert file.newest("card") is not None
