"""`lists`: import sanctions lists, say which are served, and what changed."""

import argparse
import json
import os
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

from safeconduct.core.errors import SafeconductError
from safeconduct.lists.catalogue import Catalogue, Import, days_old, default_folder, read_catalogue
from safeconduct.lists.importing import ENTRIES, Chosen, Imported, Step, import_files
from safeconduct.lists.store import Change, differences

_NO_LISTS = "no list was imported yet: safeconduct lists import FILE... (docs/lists.md says which files)"
_SIGNS = {Change.ADDED: "+", Change.REMOVED: "-", Change.CHANGED: "~"}


class NothingToCompare(SafeconductError):
    """There are no two imports of the list."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which lists."""
    commands = parser.add_subparsers(dest="command", required=True, metavar="import | status | diff")
    take = commands.add_parser("import", help="read lists and serve them: all of the files, or nothing")
    take.add_argument("files", type=Path, nargs="+", metavar="FILE", help="as the publisher gives it, plain or .gz")
    take.add_argument("--as", dest="name", default="", metavar="NAME", help="name of a list that has none of its own")
    take.add_argument("--licence", default="", metavar="TEXT", help="under which the list may be used, where we cannot know it")
    take.add_argument("--strict", action="store_true", help="refuse odd values inside entries instead of leaving them out")
    take.add_argument("--smaller", action="store_true", help="take a list that has lost more than a fifth of its entries")
    take.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes that make the index")
    take.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="as if it were this day (default: today)")
    tell = commands.add_parser("status", help="which lists are served, of which day, under which licence")
    tell.add_argument("--on", type=date.fromisoformat, metavar="DATE", help=argparse.SUPPRESS)
    compare = commands.add_parser("diff", help="entries added, removed and changed by the last import of each list")
    compare.add_argument("list", nargs="?", metavar="LIST", help="name of one list (default: all)")
    for each in (take, tell, compare):
        each.add_argument("--index", type=Path, metavar="DIR", help="keep the lists there instead of in the desk's home")
        each.add_argument("--json", action="store_true", help="the outcome for a machine")


def run(arguments: argparse.Namespace) -> int:
    """Exit 0 when it was done; 2, with one line, when nothing was."""
    folder = arguments.index or default_folder()
    if arguments.command == "diff":
        return _diff(folder, arguments)
    today = arguments.on or datetime.now(tz=UTC).astimezone().date()
    if arguments.command == "status":
        return _status(read_catalogue(folder), today, as_json=arguments.json)
    chosen = Chosen(
        name=arguments.name,
        licence=arguments.licence,
        strict=arguments.strict,
        smaller=arguments.smaller,
        jobs=max(1, arguments.jobs),
    )
    say = _show if sys.stderr.isatty() else None
    try:
        made = import_files(arguments.files, folder, chosen, today=today, say=say)
    finally:
        if say:
            sys.stderr.write("\r\033[K")
    _say_made(made, as_json=arguments.json)
    return 0


def _show(step: Step) -> None:
    share = min(100, 100 * step.done // max(1, step.of))
    what = "indexing" if step.indexing else "reading"
    sys.stderr.write(f"\r\033[K{step.list}: {what}, {step.entries:,} entries, {share} %")
    sys.stderr.flush()


def _say_made(made: list[Imported], *, as_json: bool) -> None:
    if as_json:
        value = [{**asdict(each.made), "new": each.is_new, "notices": [str(notice) for notice in each.notices]} for each in made]
        print(json.dumps({"ok": True, "lists": value}, ensure_ascii=False, indent=1))
        return
    for each in made:
        for notice in each.notices:
            print(f"note: {notice}; left out", file=sys.stderr)
        done = "imported" if each.is_new else "unchanged"
        print(f"{each.made.list}: {done}; {_counts(each.made)}; version {each.made.version}")


def _counts(made: Import) -> str:
    more = f", {made.odd} values left out" if made.odd else ""
    return f"{made.entries:,} entries, {made.people:,} of them people{more}"


def _status(catalogue: Catalogue, today: date, *, as_json: bool) -> int:
    lists = sorted(catalogue.current.values(), key=lambda each: each.list)
    if as_json:
        value = [{**asdict(each), "days_old": days_old(each, today)} for each in lists]
        print(json.dumps({"lists": value}, ensure_ascii=False, indent=1))
        return 0
    if not lists:
        print(_NO_LISTS)
    for each in lists:
        age = days_old(each, today)
        published = f"published {each.published}, {age} days ago" if age is not None else "does not say when it was published"
        print(f"{each.list}: {each.title}; {published}; imported {each.imported_on}; {_counts(each)}")
        print(f"  version {each.version}; licence: {each.licence}")
    return 0


def _diff(folder: Path, arguments: argparse.Namespace) -> int:
    catalogue = read_catalogue(folder)
    asked = [arguments.list] if arguments.list else sorted(catalogue.previous)
    found = []
    for list_id in asked:
        new, old = catalogue.current.get(list_id), catalogue.previous.get(list_id)
        if new is None or old is None:
            raise NothingToCompare(f"lists: {list_id}: there are no two imports of this list")
        changes = differences(folder / new.folder / ENTRIES, folder / old.folder / ENTRIES)
        found.append((new, old, changes))
    if arguments.json:
        value = [
            {"list": new.list, "from": old.version, "to": new.version, "changes": [{**asdict(each)} for each in changes]}
            for new, old, changes in found
        ]
        print(json.dumps({"lists": value}, ensure_ascii=False, indent=1))
        return 0
    if not found:
        print("no list was imported twice yet: there is nothing to compare")
    for new, old, changes in found:
        print(f"{new.list}: from {old.version} to {new.version}")
        for each in changes:
            print(f"  {_SIGNS[each.change]} {each.id}  {each.name}")
    return 0
