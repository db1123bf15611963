"""What is not whole is refused with its place; nothing of the content is repeated."""

import io
import tracemalloc
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core.watchlists import HEAD_BYTES, Format, ListRefused, Source, read, recognise
from safeconduct.core.watchlists.days import from_iso, from_slashed, from_words, span_of_words
from tests.core.watchlists.reading import TODAY, entries_of, sample, source_of

Change = Callable[[bytes], bytes]


def _replaced(old: str, new: str) -> Change:
    def change(content: bytes) -> bytes:
        assert old.encode() in content
        return content.replace(old.encode(), new.encode(), 1)

    return change


def _cut(at: str) -> Change:
    return lambda content: content[: content.index(at.encode())]


def _twice(line: int) -> Change:
    def change(content: bytes) -> bytes:
        lines = content.splitlines(keepends=True)
        return b"".join([*lines[:line], lines[line - 1], *lines[line:]])

    return change


REFUSED: list[tuple[str, Change, str]] = [
    ("ofac-sdn.csv", _replaced("9760,", "x9760,"), "line 2, ent_num: this is not a number"),
    ("ofac-sdn.csv", _replaced('"individual"', '"angel"'), "line 2, SDN_Type: a type of entry that OFAC does not have"),
    ("ofac-sdn.csv", _replaced('"ZIMOUSKY, Aliaksandr Leanidavich"', "-0- "), "line 3, SDN_Name: an entry without a name"),
    ("ofac-sdn.csv", _replaced('"BELARUS",', ""), "line 2: 11 cells where SDN.CSV has 12"),
    ("ofac-sdn.csv", _cut(" President."), "line 2: the file ends within a quotation"),
    ("ofac.xml", _cut("</sdnList>"), "line 39: the file ends before the list does"),
    ("ofac.xml", _cut("<programList>"), "the file ends before the list does"),
    ("ofac.xml", _replaced("<Record_Count>2", "<Record_Count>3"), "2 entries where the file says that there are 3"),
    ("ofac.xml", _replaced("11/02/2026", "02/30/2026"), "line 3, Publish_Date: no day can be read here"),
    ("ofac.xml", _replaced("11/02/2026", "12/31/2026"), "line 3, Publish_Date: the list is dated 2026-12-31, which has not come"),
    ("ofac.xml", _replaced("<uid>900002", "<uid>"), "line 32, uid: this is not a number"),
    ("un.xml", _replaced("dateGenerated", "dateGuessed"), "line 2, dateGenerated: no day can be read here"),
    ("un.xml", _replaced("6908021", ""), "line 48, DATAID: this is not a number"),
    ("un.xml", _replaced("</INDIVIDUAL>", "</ENTITY>"), "line 47: this is not XML: mismatched tag"),
    ("eu.xml", _replaced('code="person"', 'code="angel"'), "subjectType: a type of subject that the EU does not have"),
    ("eu.xml", _replaced("2026-10-01T", "2126-10-01T"), "generationDate: the list is dated 2126-10-01"),
    ("eu.csv", _replaced("NameAlias_WholeName", "NameAlias_Name"), "line 1, NameAlias_WholeName: this column is not there"),
    ("eu.csv", _replaced("01/10/2026;70001", "today;70001"), "line 2, fileGenerationDate: no day can be read here"),
    ("uk-2022.csv", _replaced("02/10/2025", "soon"), "line 1, Last Updated: no day can be read here"),
    ("uk-2022.csv", _replaced("Individual", "Angel"), "line 3, Group Type: a type of entry that the list does not have"),
    ("uk.csv", _replaced("Individual", ""), "line 3, Designation Type: a type of entry that the list does not have"),
    ("flat.ftm.json", _replaced('{"id": "f-2"', '{"id" "f-2"'), "line 2: this line is not JSON"),
    ("flat.ftm.json", _replaced('"id": "f-2"', '"id": 2'), "line 2: this is not a FollowTheMoney entity"),
    ("flat.ftm.json", _cut('"Yet Unborn"'), "line 5: the file ends within an entity"),
    ("flat.ftm.json", _replaced('{"name": ["Invented Brigade"]', '{"name": [" "]'), "line 4, name: an entity without a name"),
    ("own.csv", _replaced("1974-10-07", "1974-13-07"), "line 2, born: no day of birth can be read here"),
    ("own.csv", _replaced("1974-10-07", "2031-10-07"), "line 2, born: the day of birth has not come yet"),
    ("own.csv", _replaced("~1975/1976", "~1976/1975"), "line 2, born: no day of birth can be read here"),
    ("own.csv", _replaced("own-2,", ","), "line 3, id: a row without an id"),
    ("own.csv", _replaced("Nobody Else", ""), "line 3, name: a row without a name"),
    ("own.csv", _replaced(",male,", ",he,"), "line 2, gender: male, female or nothing"),
    ("own.csv", _replaced("alias_2", "nickname"), "line 1, nickname: docs/lists.md has no such column"),
    ("own.csv", _replaced("alias_2", "alias"), "line 1, alias: this column stands twice"),
    ("own.csv", _replaced("witnesses.", "witnesses.,more"), "line 2: 13 cells where the table has 12 columns"),
    ("own.csv", lambda content: content.replace("Глеб".encode(), "Глеб".encode("cp1251")), "byte 119 of this line is not UTF-8"),
    ("own.csv", lambda content: content.replace(b"witnesses", b"witn\0sses"), "line 2: there is a NUL byte here"),
]


@pytest.mark.parametrize(("name", "change", "why"), REFUSED, ids=[f"{name}-{n}" for n, (name, _, _) in enumerate(REFUSED)])
def test_a_damaged_list_is_refused_with_its_place(name: str, change: Change, why: str) -> None:
    entries_of(sample(name))  # whole, it is read
    with pytest.raises(ListRefused) as refused:
        entries_of(change(sample(name)), name="a list")
    assert why in str(refused.value)
    assert str(refused.value).startswith("a list")
    assert "\n" not in str(refused.value)
    assert "vymyslov" not in str(refused.value).lower()


def test_what_stands_beside_sdn_must_belong_to_it() -> None:
    stray = sample("ofac-alt.csv").replace(b"9760,9302", b"9761,9302")
    with pytest.raises(ListRefused, match=r"ALT.CSV, line 2, ent_num: there is no entry of this number in SDN.CSV"):
        entries_of(sample("ofac-sdn.csv"), {Format.OFAC_ALT: stray})
    with pytest.raises(ListRefused, match=r"only adds to SDN.CSV"):
        entries_of(sample("ofac-alt.csv"))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "none of the lists"),
        (b"hello", "none of the lists"),
        (b"<html><body>Moved</body></html>", "none of the lists"),
        (b"[{}]", "none of the lists"),
        (b"PK\x03\x04xxxx", "packed"),
        (b"\x1f\x8b\x08\x00", "packed"),
        ("id,name\n1,A\n".encode("utf-16"), "UTF-16"),
    ],
)
def test_other_files_are_not_taken_for_lists(content: bytes, why: str) -> None:
    with pytest.raises(ListRefused, match=why):
        recognise("page.html", content)


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE sdnList [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE sdnList [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE sdnList SYSTEM "http://example.org/sdn.dtd">',
    ],
)
def test_no_entity_is_expanded_or_fetched(declaration: str) -> None:
    hostile = sample("ofac.xml").replace(b"?>\n", b"?>\n" + declaration.encode() + b"\n", 1)
    source = source_of(hostile, "sdn.xml")
    with pytest.raises(ListRefused, match=r"line 2: the file declares a document type"):
        list(read(Format.OFAC_XML, source))


def test_bombs_of_depth_and_size_are_refused() -> None:
    start, end = b"<CONSOLIDATED_LIST dateGenerated='2026-01-01'><INDIVIDUALS>", b"</INDIVIDUALS></CONSOLIDATED_LIST>"
    deep = start + b"<INDIVIDUAL>" + b"<A>" * 100 + b"</A>" * 100 + b"</INDIVIDUAL>" + end
    wide = start + b"<INDIVIDUAL>" + b"<A/>" * 60_000 + b"</INDIVIDUAL>" + end
    long = start + b"<INDIVIDUAL><FIRST_NAME>" + b"a" * 1_100_000 + b"</FIRST_NAME></INDIVIDUAL>" + end
    for content in (deep, wide, long):
        with pytest.raises(ListRefused, match="than in any list"):
            entries_of(content)


def test_a_list_is_read_in_bounded_memory() -> None:
    row = (
        b"<INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>NOBODY</FIRST_NAME><COMMENTS1>" + b"x" * 2_000 + b"</COMMENTS1></INDIVIDUAL>"
    )
    whole = b"<CONSOLIDATED_LIST dateGenerated='2026-01-01'><INDIVIDUALS>" + row * 5_000 + b"</INDIVIDUALS></CONSOLIDATED_LIST>"
    source = source_of(whole)
    tracemalloc.start()
    count = sum(1 for _ in read(Format.UN_XML, source))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5_000
    assert peak < 3_000_000 < len(whole)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["ofac.xml", "un.xml", "eu.xml", "eu.csv", "uk.csv", "flat.ftm.json", "own.csv", "ofac-sdn.csv"]), st.data()
)
def test_any_damage_gives_entries_or_a_refusal(name: str, data: st.DataObject) -> None:
    content = bytearray(sample(name))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=6))
    refused = ""
    try:
        form = recognise(name, bytes(content[:HEAD_BYTES]))
        for entry in read(form, Source(name, io.BytesIO(bytes(content)), TODAY, "x")):
            assert entry.id
            assert entry.names[0].text
    except ListRefused as refusal:
        refused = str(refusal)
    assert refused.startswith(name) or not refused


@settings(max_examples=80, deadline=None)
@given(st.dates(date(1800, 1, 1), date(2026, 11, 22)))
def test_a_day_reads_alike_in_every_notation(day: date) -> None:
    whole = day.isoformat()
    assert from_iso(whole) == from_slashed(day.strftime("%d/%m/%Y")) == from_words(f"{day.day:02} {day:%b} {day.year}") == whole
    assert from_iso(whole[:7]) == from_slashed(day.strftime("00/%m/%Y")) == from_words(f"{day:%b} {day.year}") == whole[:7]
    assert from_iso(whole[:4]) == from_slashed(day.strftime("00/00/%Y")) == from_words(str(day.year)) == whole[:4]


@pytest.mark.parametrize(
    "text", ["", "never", "31 Feb 1970", "circa", "1970 to 1960", "1970 to 1971 to 1972", "early 1960's", "12 1970"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert span_of_words(text) is None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=20))
def test_no_text_breaks_the_reading_of_days(text: str) -> None:
    for reading in (from_iso, from_slashed, from_words):
        assert len(reading(text)) in (0, 4, 7, 10)
    span_of_words(text)
