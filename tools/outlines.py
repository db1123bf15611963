"""Makes the pack of coasts and borders for maps from Natural Earth's countries (1:50 million) as TopoJSON.

    .venv/bin/python tools/outlines.py countries-50m.json packs/places/outlines-v1.txt.gz

Natural Earth is in the public domain. Each line of the pack is `coast` or `border` and the points of one line, longitude and
latitude in hundredths of a degree. Only the region is kept. The same input gives the same bytes.
"""

import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

WEST, SOUTH, EAST, NORTH = 9.0, 33.0, 92.0, 71.0
PEREKOP = (33.5, 45.6, 35.1, 46.3)
"""No border is drawn here: Crimea is Ukraine (General Assembly resolution 68/262); the file follows who holds it."""
Point = tuple[float, float]


def main(source: Path, target: Path) -> None:
    """Read, choose, write."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    countries: dict[int, set[int]] = defaultdict(set)
    for number, geometry in enumerate(topology["objects"]["countries"]["geometries"]):
        for arc in _flat(geometry.get("arcs", [])):
            countries[arc if arc >= 0 else ~arc].add(number)
    lines = []
    for arc, sides in sorted(countries.items()):
        points = list(_points(topology, arc))
        if len(sides) > 1 and all(_within(point, PEREKOP) for point in points):
            continue
        kind = "border" if len(sides) > 1 else "coast"
        lines += [f"{kind} {_written(run)}" for run in _runs(points) if len(run) > 1]
    with target.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(("\n".join(lines) + "\n").encode())


def _flat(arcs: Sequence[Any]) -> Iterator[int]:  # Any: lists of lists of numbers, however deep
    for each in arcs:
        if isinstance(each, int):
            yield each
        else:
            yield from _flat(each)


def _points(topology: dict[str, Any], arc: int) -> Iterator[Point]:  # Any: JSON
    (wide, high), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    x = y = 0
    for step in topology["arcs"][arc]:
        x, y = x + step[0], y + step[1]
        yield round(x * wide + left, 2), round(y * high + low, 2)


def _within(point: Point, box: tuple[float, float, float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _runs(points: Sequence[Point]) -> Iterator[list[Point]]:
    """The parts of a line that lie in the region."""
    run: list[Point] = []
    for point in points:
        if _within(point, (WEST, SOUTH, EAST, NORTH)):
            run.append(point)
        elif run:
            yield run
            run = []
    yield run


def _written(run: Sequence[Point]) -> str:
    return " ".join(f"{round(x * 100)},{round(y * 100)}" for x, y in run)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
