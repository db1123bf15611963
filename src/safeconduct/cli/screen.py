"""`screen`: which people of one or several lists may be the person looked for, as JSON lines with reasons."""

import argparse
import contextlib
import csv
import dataclasses
import io
import json
import mmap
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safeconduct.core.errors import SafeconductError, UnreadableInput
from safeconduct.core.names import Entry, Hit, Index, Query, build_index, open_index, screen

_CHUNK = 200


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """One row of people.csv, or what was given on the command line."""

    id: str
    query: Query


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which lists, whom to look for, how much to show."""
    parser.add_argument("--list", type=Path, nargs="+", default=[], action="extend", metavar="FILE", help="FollowTheMoney JSON lines, or CSV: id,name,born,country")
    parser.add_argument("--index", type=Path, metavar="DIR", help="indexes made by `lists import --index DIR`")
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--name", metavar="N", help="one name in any script; - reads it from standard input, out of the shell's history")
    who.add_argument("--in", type=Path, dest="people", metavar="FILE", help="CSV with the columns id,name,born,country (all but name optional)")
    parser.add_argument("--born", metavar="D", help="birth date of --name: YYYY, YYYY-MM or YYYY-MM-DD")
    parser.add_argument("--country", metavar="CC", help="country of --name, two letters")
    parser.add_argument("--threshold", type=float, default=0.1, metavar="T", help="show hits that score at least this, 0 to 1 (0.1)")
    parser.add_argument("--limit", type=int, default=10, metavar="K", help="show at most this many hits of a person (10)")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="how many processes share the work (1)")


def run(arguments: argparse.Namespace) -> int:
    """One JSON line a person, in the order in which they were given."""
    _check(arguments)
    asked = _asked(arguments)
    with contextlib.ExitStack() as stack:
        paths = _indexes(arguments, stack)
        for line in _lines(paths, asked, arguments):
            sys.stdout.write(line + "\n")
    return 0


def _check(arguments: argparse.Namespace) -> None:
    if not arguments.list and arguments.index is None:
        raise UnreadableInput("screen: give --list FILE or --index DIR")
    if not 0 <= arguments.threshold <= 1:
        raise UnreadableInput("screen: --threshold is a number from 0 to 1")
    if not 1 <= arguments.limit <= 1000:
        raise UnreadableInput("screen: --limit is a number from 1 to 1000")
    if arguments.jobs < 1:
        raise UnreadableInput("screen: --jobs is a number from 1")
    if arguments.people and (arguments.born or arguments.country):
        raise UnreadableInput("screen: --born and --country go with --name; in a file they are columns")


def _asked(arguments: argparse.Namespace) -> list[Asked]:
    if arguments.people is not None:
        return list(_rows(arguments.people, required=("name",)))
    name = sys.stdin.readline().strip() if arguments.name == "-" else arguments.name
    return [_checked(Asked("", Query(name=name, born=arguments.born, country=arguments.country)), "screen")]


def _rows(path: Path, required: tuple[str, ...]) -> Iterator[Asked]:
    for number, row in _table(path, required):
        query = Query(name=row.get("name") or "", born=row.get("born") or None, country=row.get("country") or None)
        yield _checked(Asked(row.get("id") or "", query), f"screen: {path.name}: row {number}")


def _checked(asked: Asked, where: str) -> Asked:
    from safeconduct.core.names.engine import side_of

    try:
        side_of(asked.query)
    except SafeconductError as refused:
        raise UnreadableInput(f"{where}: {refused}") from None
    return asked


def _table(path: Path, required: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV with a heading, with their numbers; UnreadableInput names file and row."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as problem:
        raise UnreadableInput(f"screen: {path.name}: {problem.strerror}") from None
    except UnicodeDecodeError as problem:
        row = content[: problem.start].count(b"\n") + 1
        raise UnreadableInput(f"screen: {path.name}: row {row}: not UTF-8") from None
    reader = csv.DictReader(io.StringIO(text), strict=True)
    try:
        missing = [name for name in required if name not in (reader.fieldnames or ())]
        if missing:
            raise UnreadableInput(f"screen: {path.name}: row 1: there is no column {missing[0]!r}")
        for row in reader:
            if None in row:
                raise UnreadableInput(f"screen: {path.name}: row {reader.line_num}: more cells than columns")
            yield reader.line_num, {key: (value or "").strip() for key, value in row.items()}
    except csv.Error as problem:
        raise UnreadableInput(f"screen: {path.name}: row {reader.line_num}: {problem}") from None


def _indexes(arguments: argparse.Namespace, stack: contextlib.ExitStack) -> list[Path]:
    """The files of indexes: kept ones, and those made now, which go at the end."""
    paths = []
    if arguments.index is not None:
        paths = sorted(arguments.index.glob("*.index"))
        if not paths:
            raise UnreadableInput(f"screen: {arguments.index.name}: there is no index in this folder; make one with `lists import`")
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="screen-")))
    for number, path in enumerate(arguments.list):
        made = folder / f"{number}.index"
        with made.open("wb") as stream:
            build_index(_entries(path), stream, about={"list": path.name.partition(".")[0], "version": _version(path)}, jobs=arguments.jobs)
        paths.append(made)
    return paths


def _version(path: Path) -> str:
    """Of a file that says none: the beginning of its digest."""
    import hashlib

    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:12]


def _entries(path: Path) -> Iterator[Entry]:
    """The people of a list. The seam at which the readers of `core.watchlists` come in."""
    if path.name.endswith((".json", ".jsonl", ".ijson")):
        yield from _people_of_lines(path)
        return
    for number, row in _table(path, required=("name",)):
        if not row["name"]:
            raise UnreadableInput(f"screen: {path.name}: row {number}: there is no name")
        names = tuple(part.strip() for part in row["name"].split(";") if part.strip())
        born = tuple(part.strip() for part in row.get("born", "").split(";") if part.strip())
        countries = tuple(row.get("country", "").lower().replace(";", " ").split())
        yield _entry(Entry(id=row.get("id") or f"{number}", names=names, born=born, countries=countries), path, number)


def _people_of_lines(path: Path) -> Iterator[Entry]:
    try:
        stream = path.open(encoding="utf-8")
    except OSError as problem:
        raise UnreadableInput(f"screen: {path.name}: {problem.strerror}") from None
    with stream:
        for number, line in enumerate(stream, 1):
            try:
                entity: dict[str, Any] = json.loads(line)
                values = entity["properties"]
                if entity["schema"] != "Person":
                    continue
                names = tuple(dict.fromkeys(n for key in ("name", "alias", "weakAlias", "previousName") for n in values.get(key, ())))
                entry = Entry(id=str(entity["id"]), names=names, born=tuple(values.get("birthDate", ())), countries=tuple(values.get("nationality", ())))
            except (ValueError, KeyError, TypeError, AttributeError):
                raise UnreadableInput(f"screen: {path.name}: row {number}: not a FollowTheMoney entity") from None
            if entry.names:
                yield _entry(entry, path, number)


def _entry(entry: Entry, path: Path, number: int) -> Entry:
    from safeconduct.core.names.dates import day_of

    try:
        for text in entry.born:
            day_of(text)
    except SafeconductError as refused:
        raise UnreadableInput(f"screen: {path.name}: row {number}: {refused}") from None
    return entry


def _lines(paths: list[Path], asked: list[Asked], arguments: argparse.Namespace) -> Iterator[str]:
    work = [(paths, asked[start : start + _CHUNK], arguments.threshold, arguments.limit) for start in range(0, len(asked), _CHUNK)]
    if arguments.jobs == 1 or len(work) < 2:
        for each in work:
            yield from _screened(each)
        return
    with ProcessPoolExecutor(max_workers=arguments.jobs) as pool:
        for lines in pool.map(_screened, work):
            yield from lines


_open: dict[Path, Index] = {}


def _opened(path: Path) -> Index:
    if path not in _open:
        try:
            with path.open("rb") as stream:
                _open[path] = open_index(memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)))
        except SafeconductError as refused:
            raise UnreadableInput(f"screen: {path.name}: {refused}") from None
    return _open[path]


def _screened(work: tuple[list[Path], list[Asked], float, int]) -> list[str]:
    paths, asked, threshold, limit = work
    indexes = [_opened(path) for path in paths]
    return [_line(each, screen(indexes, each.query, threshold=threshold, limit=limit)) for each in asked]


def _line(asked: Asked, hits: list[Hit]) -> str:
    query = {"id": asked.id, "name": asked.query.name, "born": asked.query.born}
    return json.dumps({"query": query, "hits": [_plain(hit) for hit in hits]}, ensure_ascii=False)


def _plain(hit: Hit) -> dict[str, object]:
    return {
        "list": hit.about.get("list", ""),
        "version": hit.about.get("version", ""),
        "id": hit.id,
        "name": hit.name,
        "matched_name": hit.matched_name,
        "born": list(hit.born),
        "score": hit.score,
        "band": str(hit.band),
        "expected_namesakes": hit.expected_namesakes,
        "features": [dataclasses.asdict(feature) for feature in hit.features],
    }
