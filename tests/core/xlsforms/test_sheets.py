"""Workbooks as bytes: the same cells from every program, and nothing but a clean refusal for what is broken or hostile."""

import contextlib
import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core.spreadsheets import write_xlsx
from safeconduct.core.xlsforms import FormRefused, read_form, sheets, workbooks
from safeconduct.core.xlsforms.sheets import Workbook
from safeconduct.core.xlsforms.workbooks import read_workbook
from tests.core.xlsforms.books import survey, workbook

HEAD = '<?xml version="1.0"?>'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STRICT = 'xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"'


def package(sheet: str = "", *, namespace: str = MAIN, shared: str = "", **parts: bytes) -> bytes:
    """A workbook of one sheet with this XML inside, put together by hand."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
    files: dict[str, str | bytes] = {
        "_rels/.rels": relations % f'<Relationship Id="a" Type="{relation}/officeDocument" Target="/xl/workbook.xml"/>',
        "xl/workbook.xml": f'<workbook {namespace} xmlns:r="{relation}">'
        '<sheets><sheet name="survey" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations
        % f'<Relationship Id="s" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="t" Type="{relation}/sharedStrings" Target="sharedStrings.xml"/>',
        "xl/worksheets/sheet1.xml": f"{HEAD}<worksheet {namespace}><sheetData>{sheet}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"{HEAD}<sst {namespace}>{shared}</sst>",
        **{f"{name.replace('__', '/')}.xml": content for name, content in parts.items()},
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return written.getvalue()


def cells(book: Workbook) -> dict[int, dict[int, str]]:
    return {row: dict(each) for row, each in book.sheets[0].rows.items()}


def refusal(content: bytes) -> str:
    with pytest.raises(FormRefused) as refused:
        read_workbook(content)
    return str(refused.value)


def test_each_kind_of_cell_reads_as_people_see_it() -> None:
    table = [
        ["text", 1, 1.0, 1.5, True, False, None, "  outer  "],
        [datetime.date(2026, 1, 31), datetime.datetime(2026, 1, 31, 8, 30), datetime.time(14, 5), "=1+1", "a\nb", "\u200bx"],  # noqa: DTZ001
    ]
    read = cells(read_workbook(workbook(survey=table)))
    assert list(read[0].values()) == ["text", "1", "1", "1.5", "TRUE", "FALSE", "outer"]
    assert [read[1][column] for column in (0, 1, 2, 4, 5)] == ["2026-01-31", "2026-01-31T08:30:00", "14:05:00", "a\nb", "x"]


def test_a_formula_counts_with_its_saved_result_and_is_never_computed() -> None:
    saved = package('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c></row>')
    assert cells(read_workbook(saved)) == {0: {0: "2", 1: "a"}}
    unsaved = package('<row r="1"><c r="A1"><f>1+1</f></c><c r="B1" t="e"><v>#REF!</v></c></row>')
    assert read_workbook(unsaved).sheets[0].unread == ((0, 0), (0, 1))


def test_shared_texts_come_without_phonetic_guides_and_with_their_escapes() -> None:
    guided = "<si><t>東京</t><rPh><t>トウキョウ</t></rPh></si>"
    shared = f"<si><r><t>Mon</t></r><r><t>th</t></r></si>{guided}<si><t>a_x000D__x000a_b</t></si>"
    read = cells(
        read_workbook(package('<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row>', shared=shared))
    )
    assert read == {0: {0: "Month", 1: "東京", 2: "a\nb"}}


def test_strict_workbooks_read_alike() -> None:
    row = '<row r="2"><c r="C2" t="inlineStr"><is><t>x</t></is></c></row>'
    assert cells(read_workbook(package(row, namespace=STRICT))) == {1: {2: "x"}}


def test_a_far_cell_costs_nothing_and_is_refused() -> None:
    assert "more than 50000 rows" in refusal(package('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_CELLS", 10)
    assert "10 cells" in refusal(workbook(survey=[["x"] * 11]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_refused_before_it_is_read(encoding: str) -> None:
    declared = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    bomb = f'<?xml version="1.0" encoding="{encoding}"?>{declared}<worksheet>&b;&c;</worksheet>'.encode(encoding)
    assert "declares XML entities" in refusal(package(xl__worksheets__sheet1=bomb))


def test_a_zip_bomb_is_refused_while_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    from safeconduct.core.xlsforms import xlsx

    monkeypatch.setattr(xlsx, "LARGEST_PART_BYTES", 200_000)
    assert "unpacks to more" in refusal(package("<row/>" * 100_000))


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"not a workbook", b"PK\x03\x04 but no zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 but no workbook", b"%PDF-1.7"],
)
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    assert refusal(content)


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("a.txt", "hello")
    assert "lacks its part" in refusal(written.getvalue())


@pytest.mark.parametrize(
    "row",
    [
        '<row r="x"/>',
        '<row><c r="1A"><v>1</v></c></row>',
        '<row><c t="s"><v>7</v></c></row>',
        '<row><c t="s"><v>-1</v></c></row>',
        "<row><c><v>one</v></c></row>",
        "<row><c><v>inf</v></c></row>",
        '<row><c s="x"><v>1</v></c></row>',
        "<row><c>",
        "<x>" * 200 + "</x>" * 200,
    ],
)
def test_broken_sheets_are_refused(row: str) -> None:
    assert refusal(package(row))


def test_a_file_that_is_too_large_is_refused() -> None:
    assert "larger than 20 million" in refusal(b"PK\x03\x04" + b"x" * workbooks.LARGEST_FILE_BYTES)


SAMPLE = survey(["text", "a", "A?"], ["select_one yn", "b", "B?"])


@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), max_size=20), st.integers(0, len(SAMPLE)))
def test_damaged_workbooks_are_read_or_refused(changes: list[tuple[int, int]], length: int) -> None:
    damaged = bytearray(SAMPLE)
    for at, value in changes:
        damaged[at] = value
    for content in (bytes(damaged), bytes(damaged[:length])):
        with contextlib.suppress(FormRefused):
            read_form(content)


@given(st.text(alphabet='<>/crvtis="123 AB&;', max_size=120))
def test_any_xml_inside_is_read_or_refused(inside: str) -> None:
    with contextlib.suppress(FormRefused):
        read_form(package(inside))


OLD = Path(__file__).resolve().parents[4] / "shared/data/xlsforms/pyxform_repeat_date_test.xls"


@pytest.mark.skipif(not OLD.exists(), reason="no binary workbook at hand (../shared/data/xlsforms)")
@settings(deadline=None)
@given(st.data())
def test_damaged_binary_workbooks_are_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(OLD.read_bytes())
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(FormRefused):
        read_form(bytes(whole[: data.draw(st.integers(0, len(whole)))]))


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=40)


@given(st.lists(st.lists(TEXTS, max_size=5), max_size=5))
def test_what_is_written_is_read_again(table: list[list[str]]) -> None:
    read = cells(read_workbook(write_xlsx({"survey": table})))
    expected = {n: {c: kept for c, text in enumerate(row) if (kept := sheets.tidy(text))} for n, row in enumerate(table)}
    assert read == {row: each for row, each in expected.items() if each}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "_x0041_", "a\nb", "<&>\"'"])
def test_written_cells_are_texts_and_never_formulas(text: str) -> None:
    content = write_xlsx({"survey": [[text]]})
    cell = openpyxl.load_workbook(io.BytesIO(content))["survey"]["A1"]
    assert cell.data_type == "s"
    assert cells(read_workbook(content)) == {0: {0: text}}
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_the_same_sheets_give_the_same_bytes() -> None:
    assert write_xlsx({"a": [["x"]]}) == write_xlsx({"a": [["x"]]})
