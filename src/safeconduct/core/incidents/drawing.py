"""A map of stays and incidents as shapes for SVG, from outlines at hand: nothing is asked of anybody.

Equirectangular around the middle of what is shown, north up. Tags and colours are left to the page: every shape has a kind.
Numbers on the map are those of the table beside it, which says the same in words.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 480
_LEAST_KM = 60.0
"""A single village is shown with its surroundings."""
_MARGIN = 0.12
_KM_PER_DEGREE = 111.195
_MOST_TOWNS = 14
_BESIDE, _BELOW = 5.0, 4.0
"""Of a town's dot its name stands so many pixels to the right and below."""
_SCALES_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000)
Line = tuple[str, Sequence[tuple[float, float]]]
"""`coast` or `border`, and points as (longitude, latitude)."""


@dataclass(frozen=True)
class Mark:
    """Something at a place, as wide as it is uncertain."""

    number: str
    """As in the table."""
    lat: float
    lon: float
    radius_km: float
    kind: str
    """`stay`, `unit`, `harm` (an incident that harmed civilians) or `incident`."""
    title: str
    """What a reader hears or sees when pointing at it."""


@dataclass(frozen=True)
class Town:
    """A name on the map."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Path:
    """A line of coast or border: `points` as an SVG polyline takes them."""

    kind: str
    points: str


@dataclass(frozen=True)
class Circle:
    """A mark or a town; x, y and r are numbers as SVG takes them."""

    kind: str
    x: str
    y: str
    r: str
    title: str


@dataclass(frozen=True)
class Text:
    """A name, a number or the scale."""

    kind: str
    x: str
    y: str
    text: str


@dataclass(frozen=True)
class Drawing:
    """The shapes of a map, in the order in which they lie on one another."""

    lines: Sequence[Path]
    circles: Sequence[Circle]
    texts: Sequence[Text]
    scale: str
    """The path of the scale."""
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class _View:
    west: float
    north: float
    km_per_px: float
    narrowing: float

    def x(self, lon: float) -> float:
        return round((lon - self.west) * _KM_PER_DEGREE * self.narrowing / self.km_per_px, 1)

    def y(self, lat: float) -> float:
        return round((self.north - lat) * _KM_PER_DEGREE / self.km_per_px, 1)


def read_outlines(text: str) -> Sequence[Line]:
    """Coasts and borders of the pack: lines of a kind and points in hundredths of a degree."""
    lines = []
    for line in text.splitlines():
        kind, *points = line.split(" ")
        pairs = (point.split(",") for point in points)
        lines.append((kind, [(int(lon) / 100, int(lat) / 100) for lon, lat in pairs]))
    return lines


def drawn(marks: Sequence[Mark], outlines: Iterable[Line], towns: Iterable[Town]) -> Drawing | None:
    """The map; None where there is nothing to show. `towns`: the best known first."""
    if not marks:
        return None
    view = _view_of(marks)
    names = list(_towns(view, towns))
    wide_first = sorted(marks, key=lambda mark: -mark.radius_km)
    km, scale = _scale(view)
    return Drawing(
        lines=list(_lines(view, outlines)),
        circles=[*(_dot(each) for each in names), *(_circle(view, mark) for mark in wide_first)],
        texts=[*names, *_numbers(view, marks), km],
        scale=scale,
    )


def _view_of(marks: Sequence[Mark]) -> _View:
    """What shows every mark; of circles wider than a province only the middle counts."""
    middle = (min(mark.lat for mark in marks) + max(mark.lat for mark in marks)) / 2
    narrowing = max(0.2, math.cos(math.radians(middle)))
    tall = [(mark.lat, min(mark.radius_km, 60) / _KM_PER_DEGREE) for mark in marks]
    wide = [(mark.lon, min(mark.radius_km, 60) / _KM_PER_DEGREE / narrowing) for mark in marks]
    south, north = min(at - by for at, by in tall), max(at + by for at, by in tall)
    west, east = min(at - by for at, by in wide), max(at + by for at, by in wide)
    km_high = max(_LEAST_KM * HEIGHT / WIDTH, (north - south) * _KM_PER_DEGREE) * (1 + 2 * _MARGIN)
    km_wide = max(_LEAST_KM, (east - west) * _KM_PER_DEGREE * narrowing) * (1 + 2 * _MARGIN)
    km_per_px = max(km_high / HEIGHT, km_wide / WIDTH)
    left = (west + east) / 2 - WIDTH * km_per_px / 2 / _KM_PER_DEGREE / narrowing
    top = (south + north) / 2 + HEIGHT * km_per_px / 2 / _KM_PER_DEGREE
    return _View(left, top, km_per_px, narrowing)


def _lines(view: _View, outlines: Iterable[Line]) -> Iterable[Path]:
    for kind, points in outlines:
        places = [(view.x(lon), view.y(lat)) for lon, lat in points]
        # Whole lines are kept where any part may show; the view cuts what lies outside.
        xs, ys = [x for x, _ in places], [y for _, y in places]
        if max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > HEIGHT:
            continue
        yield Path(kind, " ".join(f"{x:g},{y:g}" for x, y in _near(places)))


def _near(places: Sequence[tuple[float, float]]) -> Iterable[tuple[float, float]]:
    """Points on or beside the view, with one more on either side, so that the line leaves it in the right direction."""
    seen = [-WIDTH < x < 2 * WIDTH and -HEIGHT < y < 2 * HEIGHT for x, y in places]
    for at, place in enumerate(places):
        if any(seen[max(0, at - 1) : at + 2]):
            yield place


def _towns(view: _View, towns: Iterable[Town]) -> Iterable[Text]:
    taken: list[tuple[float, float]] = []
    for town in towns:
        x, y = view.x(town.lon), view.y(town.lat)
        if not (20 < x < WIDTH - 90 and 14 < y < HEIGHT - 24):
            continue
        if any(abs(x - other) < 110 and abs(y - level) < 26 for other, level in taken):
            continue
        taken.append((x, y))
        yield Text("name", f"{x + _BESIDE:g}", f"{y + _BELOW:g}", town.name)
        if len(taken) == _MOST_TOWNS:
            return


def _dot(name: Text) -> Circle:
    return Circle("town", f"{float(name.x) - _BESIDE:g}", f"{float(name.y) - _BELOW:g}", "2", "")


def _circle(view: _View, mark: Mark) -> Circle:
    size = max(3.0, round(mark.radius_km / view.km_per_px, 1))
    title = f"{mark.number}: {mark.title}"
    return Circle(mark.kind, f"{view.x(mark.lon):g}", f"{view.y(mark.lat):g}", f"{size:g}", title)


def _numbers(view: _View, marks: Sequence[Mark]) -> Iterable[Text]:
    """Numbers of marks; of several at one place they stand together."""
    at: dict[tuple[float, float], list[Mark]] = {}
    for mark in marks:
        at.setdefault((round(view.x(mark.lon) / 12), round(view.y(mark.lat) / 12)), []).append(mark)
    for several in at.values():
        different = list(dict.fromkeys(mark.number for mark in several))
        numbers = ", ".join(different[:3]) + (" …" if len(different) > 3 else "")
        x, y = view.x(several[0].lon), view.y(several[0].lat) - 6
        yield Text("number", f"{x:g}", f"{y:g}", numbers)


def _scale(view: _View) -> tuple[Text, str]:
    km = max((each for each in _SCALES_KM if each / view.km_per_px <= WIDTH / 4), default=_SCALES_KM[0])
    size, level = round(km / view.km_per_px, 1), HEIGHT - 14
    return Text("name", f"{18 + size:g}", f"{level}", f"{km} km"), f"M14,{level - 5}v5h{size:g}v-5"
