"""Forms that organisations really use: each is taken and runs, or every cell that stands in the way is named."""

import datetime
import os
from pathlib import Path

import pytest

from safeconduct.core.xlsforms import FormAnswers, FormRefused, Kind, Question, read_form, run
from safeconduct.core.xlsforms.export import export_form
from safeconduct.core.xlsforms.workbooks import read_workbook
from tests.core.xlsforms.test_export import require_pyxform

FOLDER = Path(os.environ.get("SAFECONDUCT_XLSFORMS", Path(__file__).resolve().parents[4] / "shared/data/xlsforms"))
FORMS = sorted(FOLDER.glob("*.xls*"))
NOW = datetime.datetime(2026, 11, 22, 10, 30, tzinfo=datetime.UTC)

pytestmark = pytest.mark.skipif(not FORMS, reason="no real forms at hand (../shared/data/xlsforms or SAFECONDUCT_XLSFORMS)")

# What the form of the demographic survey gets wrong by the XLSForm rules themselves.
NOT_TAKEN = {"unhcr_demo.xlsx": {"survey!O11", "choices!B7", "choices!B8", "choices!B9", "choices!B13"}}
SOMETHING = {
    Kind.INTEGER: "1",
    Kind.DECIMAL: "1",
    Kind.RANGE: "1",
    Kind.DATE: "2026-01-31",
    Kind.TIME: "10:00",
    Kind.DATE_TIME: "2026-01-31T10:00:00Z",
    Kind.GEOPOINT: "1 1 0 0",
}


def filled(questions: list[Question], choices: dict[str, list[str]]) -> FormAnswers:
    """An answer to each question, whether it is asked or not."""
    return {
        each.name: choices[each.choices][0] if each.kind.chooses else SOMETHING.get(each.kind, "text")
        for each in questions
        if each.kind.is_asked
    }


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_a_real_form_is_taken_or_every_cell_in_the_way_is_named(path: Path) -> None:
    content = path.read_bytes()
    if path.name in NOT_TAKEN:
        with pytest.raises(FormRefused) as caught:
            read_form(content)
        refused = caught.value
        sheets = {sheet.name: sheet for sheet in read_workbook(content).sheets}
        for problem in refused.problems:
            assert problem.sheet in sheets
            row = sheets[problem.sheet].rows[problem.row - 1]
            assert not problem.value or problem.value in {text[:200] for text in row.values()}
        assert {f"{each.sheet}!{each.cell}" for each in refused.problems} == NOT_TAKEN[path.name]
        return
    form = read_form(content).form
    questions = list(form.questions())
    choices = {name: [each.name for each in listed] for name, listed in form.choices.items()}
    for answers in ({}, filled(questions, choices)):
        ran = run(form, answers, now=NOW, language="en")
        assert all(shown.label or shown.hint for shown in ran.shown())
        assert run(form, ran.answers(), now=NOW).answers() == ran.answers()
    exported = export_form(form)
    assert read_form(exported).form == form
    require_pyxform(exported)


def test_what_stood_in_the_way_of_a_real_form_is_all_there_was() -> None:
    path = FOLDER / "unhcr_demo.xlsx"
    if not path.exists():
        pytest.skip("unhcr_demo.xlsx is not at hand")
    tables = {sheet.name: [list(_dense(row)) for row in _rows(sheet.rows)] for sheet in read_workbook(path.read_bytes()).sheets}
    tables["survey"][10][14] = "'Ethiopia'"
    tables["choices"] = [row for number, row in enumerate(tables["choices"], 1) if number not in (2, 3, 4, 6)]
    from tests.core.xlsforms.books import workbook

    form = read_form(workbook(**tables)).form
    asked = {shown.id for shown in run(form, {"available": "yes", "begin_interview": "yes"}, now=NOW).shown()}
    assert {"school_level", "floor", "witness_manual"} <= asked
    hidden = {shown.id for shown in run(form, {"available": "no"}, now=NOW).shown()}
    assert not {"school_level", "floor", "witness_manual"} & hidden


def _rows(rows: object) -> list[dict[int, str]]:
    assert isinstance(rows, dict)
    return [rows.get(number, {}) for number in range(max(rows, default=-1) + 1)]


def _dense(row: dict[int, str]) -> list[str]:
    return [row.get(column, "") for column in range(max(row, default=-1) + 1)]
