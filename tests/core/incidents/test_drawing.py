"""The map: well-formed, everything within the frame, nothing fetched, and text in it is text."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from safeconduct import packs
from safeconduct.core.incidents.drawing import HEIGHT, WIDTH, Line, Mark, Town, drawn, read_outlines

KYIV = Mark("1", 50.45, 30.52, 15.0, "stay", "Kyiv, 2022")
PLACES = st.tuples(st.floats(42, 68), st.floats(20, 80), st.floats(0, 700))
SVG = "{http://www.w3.org/2000/svg}"


def outlines() -> list[Line]:
    return list(read_outlines(packs.outlines()))


def test_the_pack_draws_the_coast_of_crimea_and_no_border_across_its_neck() -> None:
    near = [(kind, lon, lat) for kind, points in outlines() for lon, lat in points if 33 < lon < 36.7 and 44.3 < lat < 46.2]
    assert {kind for kind, _, _ in near} == {"coast"}


@given(st.lists(PLACES, min_size=1, max_size=12))
def test_every_mark_is_in_the_frame(places: list[tuple[float, float, float]]) -> None:
    marks = [Mark(str(number), lat, lon, km, "harm", "") for number, (lat, lon, km) in enumerate(places)]
    root = ET.fromstring(drawn(marks, [], [], title="Map"))  # noqa: S314  # our own drawing
    for circle in root.iter(f"{SVG}circle"):
        assert 0 <= float(circle.attrib["cx"]) <= WIDTH
        assert 0 <= float(circle.attrib["cy"]) <= HEIGHT


def test_names_are_text_and_nothing_is_fetched_or_styled() -> None:
    mark = Mark("1", 50.0, 30.0, 5.0, "incident", '<script>alert("x")</script>')
    svg = drawn([KYIV, mark], outlines(), [Town('<b onload="x">', 50.2, 30.2)], title="a & b")
    assert "<script>" not in svg
    assert "<b " not in svg
    assert "href" not in svg
    assert "style=" not in svg
    root = ET.fromstring(svg)  # noqa: S314  # our own drawing
    assert root.attrib["role"] == "img"
    assert any(each.text == '<b onload="x">' for each in root.iter(f"{SVG}text"))


def test_a_single_place_is_shown_with_its_surroundings_and_a_scale() -> None:
    svg = drawn([KYIV], outlines(), [Town("Kyiv", 50.45, 30.52)], title="Map")
    assert " km</text>" in svg
    assert svg.count("<circle") == 2
    assert drawn([], outlines(), [], title="Map") == ""


def test_the_same_marks_give_the_same_map() -> None:
    assert drawn([KYIV], outlines(), [], title="Map") == drawn([KYIV], outlines(), [], title="Map")
