"""A map of stays and incidents as SVG, drawn from outlines at hand: nothing is asked of anybody.

Equirectangular around the middle of what is shown, north up. Colours are left to the page: every shape has a class. Numbers on
the map are those of the table beside it, which says the same in words.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 720, 480
_LEAST_KM = 60.0
"""A single village is shown with its surroundings."""
_MARGIN = 0.12
_KM_PER_DEGREE = 111.195
_MOST_TOWNS = 14
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


def drawn(marks: Sequence[Mark], outlines: Iterable[Line], towns: Iterable[Town], *, title: str) -> str:
    """The map as an `svg` element; empty text where there is nothing to show. `towns`: the largest first."""
    if not marks:
        return ""
    view = _view_of(marks)
    shapes = [
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" xmlns="http://www.w3.org/2000/svg">',
        f"<title>{escape(title)}</title>",
        f'<rect class="map-ground" width="{WIDTH}" height="{HEIGHT}"/>',
        *_lines(view, outlines),
        *_towns(view, towns),
        *(_circle(view, mark) for mark in sorted(marks, key=lambda mark: -mark.radius_km)),
        *_numbers(view, marks),
        *_scale(view),
        "</svg>",
    ]
    return "".join(shapes)


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


def _lines(view: _View, outlines: Iterable[Line]) -> Iterable[str]:
    for kind, points in outlines:
        places = [(view.x(lon), view.y(lat)) for lon, lat in points]
        # Whole lines are kept where any part may show; the view cuts what lies outside.
        xs, ys = [x for x, _ in places], [y for _, y in places]
        if max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > HEIGHT:
            continue
        path = " ".join(f"{x:g},{y:g}" for x, y in _near(places))
        yield f'<polyline class="map-{kind}" points="{path}"/>'


def _near(places: Sequence[tuple[float, float]]) -> Iterable[tuple[float, float]]:
    """Points on or beside the view, with one more on either side, so that the line leaves it in the right direction."""
    seen = [-WIDTH < x < 2 * WIDTH and -HEIGHT < y < 2 * HEIGHT for x, y in places]
    for at, place in enumerate(places):
        if any(seen[max(0, at - 1) : at + 2]):
            yield place


def _towns(view: _View, towns: Iterable[Town]) -> Iterable[str]:
    taken: list[tuple[float, float]] = []
    for town in towns:
        x, y = view.x(town.lon), view.y(town.lat)
        if not (20 < x < WIDTH - 90 and 14 < y < HEIGHT - 24):
            continue
        if any(abs(x - other) < 110 and abs(y - level) < 26 for other, level in taken):
            continue
        taken.append((x, y))
        yield f'<circle class="map-town" cx="{x:g}" cy="{y:g}" r="2"/>'
        yield f'<text class="map-name" x="{x + 5:g}" y="{y + 4:g}">{escape(town.name)}</text>'
        if len(taken) == _MOST_TOWNS:
            return


def _circle(view: _View, mark: Mark) -> str:
    x, y, size = view.x(mark.lon), view.y(mark.lat), max(3.0, round(mark.radius_km / view.km_per_px, 1))
    shape = f'<circle class="map-{mark.kind}" cx="{x:g}" cy="{y:g}" r="{size:g}">'
    return f"{shape}<title>{escape(f'{mark.number}: {mark.title}')}</title></circle>"


def _numbers(view: _View, marks: Sequence[Mark]) -> Iterable[str]:
    """Numbers of marks; of several at one place they stand together."""
    at: dict[tuple[float, float], list[Mark]] = {}
    for mark in marks:
        at.setdefault((round(view.x(mark.lon) / 12), round(view.y(mark.lat) / 12)), []).append(mark)
    for several in at.values():
        numbers = ", ".join(dict.fromkeys(mark.number for mark in several[:3])) + (" …" if len(several) > 3 else "")
        x, y = view.x(several[0].lon), view.y(several[0].lat) - 6
        yield f'<text class="map-number" x="{x:g}" y="{y:g}">{escape(numbers)}</text>'


def _scale(view: _View) -> Iterable[str]:
    km = max((each for each in _SCALES_KM if each / view.km_per_px <= WIDTH / 4), default=_SCALES_KM[0])
    size, level = round(km / view.km_per_px, 1), HEIGHT - 14
    yield f'<path class="map-scale" d="M14,{level - 5}v5h{size:g}v-5"/>'
    yield f'<text class="map-name" x="{18 + size:g}" y="{level}">{km} km</text>'
