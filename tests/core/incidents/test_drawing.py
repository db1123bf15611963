"""The map: everything within the frame, towns named once, and the same marks give the same shapes."""

from hypothesis import given
from hypothesis import strategies as st

from safeconduct import packs
from safeconduct.core.incidents.drawing import HEIGHT, WIDTH, Line, Mark, Town, drawn, read_outlines

KYIV = Mark("A", 50.45, 30.52, 15.0, "stay", "Kyiv, 2022")
PLACES = st.tuples(st.floats(42, 68), st.floats(20, 80), st.floats(0, 700))


def outlines() -> list[Line]:
    return list(read_outlines(packs.outlines()))


def test_the_pack_draws_the_coast_of_crimea_and_no_border_across_its_neck() -> None:
    near = [(kind, lon, lat) for kind, points in outlines() for lon, lat in points if 33 < lon < 36.7 and 44.3 < lat < 46.2]
    assert {kind for kind, _, _ in near} == {"coast"}


@given(st.lists(PLACES, min_size=1, max_size=12))
def test_every_mark_is_in_the_frame(places: list[tuple[float, float, float]]) -> None:
    marks = [Mark(str(number), lat, lon, km, "harm", "") for number, (lat, lon, km) in enumerate(places)]
    drawing = drawn(marks, [], [])
    assert drawing is not None
    assert len(drawing.circles) == len(marks)
    for circle in drawing.circles:
        assert 0 <= float(circle.x) <= WIDTH
        assert 0 <= float(circle.y) <= HEIGHT


def test_a_single_place_is_shown_with_its_surroundings_and_a_scale() -> None:
    drawing = drawn([KYIV], outlines(), [Town("Kyiv", 50.45, 30.52)])
    assert drawing is not None
    assert [circle.kind for circle in drawing.circles] == ["town", "stay"]
    assert [text.text for text in drawing.texts] == ["Kyiv", "A", "10 km"]
    assert drawn([], outlines(), []) is None


def test_marks_at_one_place_share_their_numbers() -> None:
    marks = [Mark(str(number), 50.0, 30.0, 2.0, "incident", "") for number in range(1, 6)]
    drawing = drawn(marks, [], [])
    assert drawing is not None
    assert [text.text for text in drawing.texts if text.kind == "number"] == ["1, 2, 3 …"]


def test_outlines_near_the_view_are_drawn_and_others_not() -> None:
    drawing = drawn([Mark("A", 46.6, 32.6, 10.0, "stay", "")], outlines(), [])
    assert drawing is not None
    assert 0 < len(drawing.lines) < 40
    assert {line.kind for line in drawing.lines} <= {"coast", "border"}
