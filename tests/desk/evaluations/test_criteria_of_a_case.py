"""Several packs of criteria side by side; one that was used stays as it was."""

from datetime import timedelta
from pathlib import Path

import pytest

from safeconduct import packs
from safeconduct.core.evaluation import CriterionRating, Outcome
from safeconduct.core.packtext import PackChanged
from safeconduct.desk.dossiers import services as dossiers
from safeconduct.desk.dossiers.errors import NotReady
from safeconduct.desk.dossiers.vouching import vouch_for
from safeconduct.desk.evaluations import selectors, services, teasers
from safeconduct.desk.evaluations.models import Assignment
from safeconduct.packs import PEOPLE_AT_RISK, WAR_REFUSERS, PackMissing
from tests.cast import TODAY, Cast, a_case
from tests.desk.evaluations.test_evaluation import REASON
from tests.evaluators import assigned
from tests.walked import consent_to_authority, interview, letter, plan

BEST = {"material": "4", "findings": "A", "risk": "4", "vulnerability": "support"}
OWN = "our-criteria-v1"


def of_pack(name: str, **changed: str) -> list[CriterionRating]:
    """A complete evaluation in favour, by some pack."""
    return [
        CriterionRating(
            criterion=each.id,
            rating=changed.get(each.id, BEST[each.scale.id]),
            reason=REASON,
            no_evidence_because="Only the account was at hand.",
            would_change_my_mind="A paper that says otherwise.",
        )
        for each in packs.criteria(name).criteria
    ]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack of this coalition's own, in the home of the desk."""
    folder = tmp_path / "packs" / "criteria"
    folder.mkdir(parents=True)
    text = (packs.packs_folder() / "criteria" / f"{PEOPLE_AT_RISK}.yaml").read_text()
    (folder / f"{OWN}.yaml").write_text(text.replace('id: "people-at-risk"', 'id: "our-criteria"'))
    monkeypatch.setattr(packs, "own_criteria_folder", lambda: folder)
    return folder / f"{OWN}.yaml"


def asked_by(cast: Cast, name: str) -> list[Assignment]:
    """Two evaluators hold a case whose criteria were chosen."""
    return assigned(cast, a_case(cast), "bea", "emil", criteria_name=name)


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("name", [PEOPLE_AT_RISK, OWN])
def test_a_case_is_evaluated_and_decided_by_the_criteria_that_were_chosen(cast: Cast, name: str) -> None:
    rows = asked_by(cast, name)
    for row, each in zip(rows, ("bea", "emil"), strict=True):
        services.hand_in(row, cast.actor(each), of_pack(name), today=TODAY)
    case = rows[0].case
    compared = selectors.compared(case, cast.actor("amal"), today=TODAY)
    assert compared.comparison.criteria.stamp == packs.criteria(name).stamp
    assert "measures" in {row.criterion.id for row in compared.comparison.rows}
    case.refresh_from_db()
    services.decide(case, cast.actor("amal"), Outcome.RECOMMENDED, "Both agree.", today=TODAY)


def test_the_first_who_is_asked_settles_the_criteria(cast: Cast) -> None:
    case, amal = a_case(cast), cast.actor("amal")
    for each, wanted in (("bea", PEOPLE_AT_RISK), ("emil", WAR_REFUSERS)):
        row = services.assign(case, amal, cast.actor(each).member, today=TODAY, criteria_name=wanted)
        teaser = teasers.teaser_of(row, cast.actor(each))
        assert teaser is not None
        assert teaser.criteria == packs.criteria(PEOPLE_AT_RISK).stamp


def test_the_coordinator_chooses_on_the_page_once(cast: Cast) -> None:
    case, amal = a_case(cast), cast.client("amal")
    address = f"/desk/cases/{case.id}/evaluations/"
    assert f'value="{PEOPLE_AT_RISK}"' in amal.get(address).content.decode()
    amal.post(address, {"evaluator": cast.actor("bea").id, "criteria": PEOPLE_AT_RISK})
    assert f'value="{PEOPLE_AT_RISK}"' not in amal.get(address).content.decode()
    (row,) = case.assignments.all()
    assert "Evaluation of people at risk" in cast.client("bea").get(f"/desk/evaluations/{row.id}/").content.decode()


def test_a_used_pack_whose_words_changed_is_refused_with_a_clear_line(cast: Cast, own: Path) -> None:
    rows = asked_by(cast, OWN)
    for row, each in zip(rows, ("bea", "emil"), strict=True):
        services.hand_in(row, cast.actor(each), of_pack(OWN), today=TODAY)
    kept = own.read_text()
    own.write_text(kept.replace("Measures taken", "Measures that were taken"))
    with pytest.raises(PackChanged):
        selectors.compared(rows[0].case, cast.actor("amal"), today=TODAY)
    amal, address = cast.client("amal"), f"/desk/cases/{rows[0].case_id}/evaluations/compare/"
    answer = amal.get(address)
    assert answer.status_code == 409
    assert "made under our-criteria v1 with another content" in answer.content.decode()
    own.write_text(kept)
    assert amal.get(address).status_code == 200


def test_a_pack_that_changed_while_somebody_evaluates_is_refused_there_too(cast: Cast, own: Path) -> None:
    row, _ = asked_by(cast, OWN)
    own.write_text(own.read_text().replace("Measures taken", "Measures that were taken"))
    answer = cast.client("bea").get(f"/desk/evaluations/{row.id}/")
    assert answer.status_code == 409


def test_a_broken_pack_of_ones_own_is_named_and_not_offered(cast: Cast, own: Path) -> None:
    own.write_text('kind: "criteria"\n')
    page = cast.client("amal").get(f"/desk/cases/{a_case(cast).id}/evaluations/").content.decode()
    assert "Criteria that cannot be used" in page
    assert OWN in page
    with pytest.raises(PackMissing):
        packs.criteria("../../etc/passwd")


def test_a_dossier_tells_what_was_rated_by_whichever_criteria(cast: Cast) -> None:
    case, amal = a_case(cast), cast.actor("amal")
    for name, coordinator in (("bea", "bea"), ("emil", "chidi")):
        vouch_for(cast.actor(name).member, cast.actor(coordinator), today=TODAY)
    interview(cast, case)
    record = letter(cast, case)
    for row, each in zip(assigned(cast, case, "bea", "emil", criteria_name=PEOPLE_AT_RISK), ("bea", "emil"), strict=True):
        services.hand_in(row, cast.actor(each), of_pack(PEOPLE_AT_RISK), today=TODAY)
    consent_to_authority(cast, case)
    services.decide(case, amal, Outcome.RECOMMENDED, "Both agree.", today=TODAY)
    case.refresh_from_db()
    with pytest.raises(NotReady):
        dossiers.compose_dossier(case, amal, plan([record]), today=TODAY + timedelta(days=200))
    dossier = dossiers.compose_dossier(case, amal, plan([record]), today=TODAY)
    attestation = dossier.attestations.get(evaluator=cast.actor("bea").member)
    assert "Measures taken" in cast.client("bea").get(f"/desk/attestations/{attestation.pk}/").content.decode()
