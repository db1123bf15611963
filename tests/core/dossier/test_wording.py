"""Every check, outcome, reason, hazard and conclusion has its sentence in each language."""

import pytest

from safeconduct.core.dossier import (
    Check,
    CheckOutcome,
    Conclusion,
    Finding,
    Hazard,
    Language,
    Problem,
    Reason,
    Wording,
)


@pytest.mark.parametrize("language", Language)
def test_everything_can_be_said(language: Language) -> None:
    wording = Wording(language)
    said = [
        *(wording.check(check) for check in Check),
        *(wording.outcome(outcome) for outcome in CheckOutcome),
        *(wording.problem(Problem(reason)) for reason in Reason if reason is not Reason.UNSAFE),
        *(wording.problem(Problem(Reason.UNSAFE, hazard.value)) for hazard in Hazard),
        *(wording.conclusion(conclusion) for conclusion in Conclusion),
    ]
    assert all(said)
    assert len(set(said)) == len(said)


def test_a_problem_names_its_subject() -> None:
    assert Wording(Language.ENGLISH).problem(Problem(Reason.MISSING, "data/claims.json")) == (
        "the file is missing: data/claims.json"
    )


def test_a_finding_is_one_line_and_its_reasons() -> None:
    finding = Finding(Check.VALIDITY, (Problem(Reason.EXPIRED, "2027-05-22"),))
    assert Wording(Language.FRENCH).lines(finding) == [
        "DÉFAUT     Le dossier est en cours de validité",
        "           - il a expiré le: 2027-05-22",
    ]
