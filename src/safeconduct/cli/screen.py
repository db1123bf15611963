"""`screen`: which people of one or several lists may be the person looked for, as JSON lines with reasons."""

import argparse
import contextlib
import csv
import dataclasses
import io
import json
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from safeconduct.cli import service
from safeconduct.core.errors import SafeconductError, UnreadableInput
from safeconduct.core.names import Gender, Hit, Query, check, screen
from safeconduct.lists.catalogue import read_catalogue
from safeconduct.lists.importing import Chosen, import_files
from safeconduct.lists.serving import served

_CHUNK = 200
_GENDERS = {"m": Gender.MALE, "male": Gender.MALE, "f": Gender.FEMALE, "female": Gender.FEMALE}


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """One row of people.csv, or what was given on the command line."""

    id: str
    query: Query


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which lists, whom to look for, how much to show."""
    parser.add_argument(
        "--list", type=Path, nargs="+", default=[], action="extend", metavar="FILE", help="a list as `lists import` takes it"
    )
    parser.add_argument("--index", type=Path, metavar="DIR", help="indexes made by `lists import --index DIR`")
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument(
        "--name", metavar="N", help="one name in any script; - reads it from standard input, out of the shell's history"
    )
    who.add_argument(
        "--in",
        type=Path,
        dest="people",
        metavar="FILE",
        help="CSV with the columns id,name,born,country (all but name optional), gender, birth_place, identifiers",
    )
    parser.add_argument("--born", metavar="D", help="birth date of --name: YYYY, YYYY-MM or YYYY-MM-DD")
    parser.add_argument("--country", metavar="CC", help="country of --name, two letters")
    parser.add_argument(
        "--threshold", type=float, default=0.1, metavar="T", help="show hits that score at least this, 0 to 1 (0.1)"
    )
    parser.add_argument("--limit", type=int, default=10, metavar="K", help="show at most this many hits of a person (10)")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="how many processes share the work (1)")
    service.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """One JSON line a person, in the order in which they were given."""
    _check(arguments)
    asked = _asked(arguments)
    if elsewhere := service.chosen(arguments):
        pairs = [(each.id, each.query) for each in asked]
        # All of the answers, or none: a service that falls silent half-way leaves nothing that looks whole.
        found = list(service.lines(elsewhere, pairs, threshold=arguments.threshold, limit=arguments.limit))
        sys.stdout.write("".join(f"{line}\n" for line in found))
        return 0
    with contextlib.ExitStack() as stack:
        folders = _lists(arguments, stack)
        for line in _lines(folders, asked, arguments):
            sys.stdout.write(line + "\n")
    return 0


def _check(arguments: argparse.Namespace) -> None:
    if not arguments.list and arguments.index is None and arguments.service is None:
        raise UnreadableInput("screen: give --list FILE, --index DIR or --service URL")
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
        query = Query(
            name=row.get("name") or "",
            born=row.get("born") or None,
            country=row.get("country") or None,
            gender=_GENDERS.get((row.get("gender") or "").lower(), Gender.UNKNOWN),
            birth_place=row.get("birth_place") or None,
            identifiers=tuple(number.strip() for number in (row.get("identifiers") or "").split(";") if number.strip()),
        )
        yield _checked(Asked(row.get("id") or "", query), f"screen: {path.name}: row {number}")


def _checked(asked: Asked, where: str) -> Asked:
    try:
        check(asked.query)
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
        for cells in reader:
            if reader.restkey in cells:
                raise UnreadableInput(f"screen: {path.name}: row {reader.line_num}: more cells than columns")
            yield reader.line_num, {key: (value or "").strip() for key, value in cells.items()}
    except csv.Error as problem:
        raise UnreadableInput(f"screen: {path.name}: row {reader.line_num}: {problem}") from None


def _lists(arguments: argparse.Namespace, stack: contextlib.ExitStack) -> list[Path]:
    """Folders of lists: the one that is kept, and one for what was given, which goes at the end."""
    folders = []
    if arguments.index is not None:
        if not read_catalogue(arguments.index).current:
            raise UnreadableInput(f"screen: {arguments.index.name}: no list was imported into this folder; see `lists import`")
        folders.append(arguments.index)
    if arguments.list:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="screen-")))
        made = folder / "lists"
        made.mkdir()
        today = datetime.now(tz=UTC).astimezone().date()
        files = [_with_ids(path, folder) for path in arguments.list]
        import_files(files, made, Chosen(jobs=arguments.jobs), today=today)
        folders.append(made)
    return folders


def _with_ids(path: Path, folder: Path) -> Path:
    """A CSV list without ids with the number of the row for one; every other file as it is."""
    if path.suffix.lower() != ".csv" or not path.is_file():
        return path
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        heading = next(csv.reader(stream), [])
    if "name" not in heading or "id" in heading:
        return path
    made = folder / path.name
    with made.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, ["id", *heading])
        writer.writeheader()
        for number, row in _table(path, ("name",)):
            writer.writerow({"id": f"row {number}", **row})
    return made


def _lines(folders: list[Path], asked: list[Asked], arguments: argparse.Namespace) -> Iterator[str]:
    work = [
        (folders, asked[start : start + _CHUNK], arguments.threshold, arguments.limit) for start in range(0, len(asked), _CHUNK)
    ]
    if arguments.jobs == 1 or len(work) < 2:
        for each in work:
            yield from _screened(each)
        return
    with ProcessPoolExecutor(max_workers=arguments.jobs) as pool:
        for lines in pool.map(_screened, work):
            yield from lines


def _screened(work: tuple[list[Path], list[Asked], float, int]) -> list[str]:
    folders, asked, threshold, limit = work
    indexes = [index for folder in folders for index in served(folder).indexes.values()]
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
