"""The rules at hand: shipped rulebooks, with what an organisation's lawyers have signed in.

A local overlay is a rulebook of the same jurisdiction in the home of the desk (`packs/procedures` in SAFECONDUCT_HOME) whose
rules each name who signed them in, and when. It needs no release.
"""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from safeconduct.core.packtext import PackRefused
from safeconduct.core.procedures.rulebook import Deadlines, Rulebook, load_rulebook
from safeconduct.packs import PackMissing, packs_folder

PREFIX = "rules-"


def overlay_folder() -> Path:
    """Where a desk keeps values that its lawyers signed in; the folder need not be there."""
    return Path(os.environ.get("SAFECONDUCT_HOME", "var")).absolute() / "packs" / "procedures"


def rulebooks(overlays: Path | None = None) -> Mapping[str, Rulebook]:
    """Every rulebook by its id, with the overlays of a folder (default: the home's). PackRefused names a file that is wrong.

    Overlays are read each time: a value that a lawyer signs in counts at once.
    """
    found = dict(_shipped())
    folder = overlays or overlay_folder()
    for path in sorted(folder.glob("*.yaml")):
        try:
            added = load_rulebook(path.read_bytes(), schema=_schema())
            wanted = [name for name, book in found.items() if set(added.rules) <= set(book.rules)]
            if not wanted:
                raise PackRefused("it holds a rule that no rulebook has")
            found[wanted[0]] = found[wanted[0]].overlaid(added)
        except PackRefused as refused:
            raise PackRefused(f"{path.name}: {refused}") from None
    return found


def procedure_named(books: Mapping[str, Rulebook], name: str) -> tuple[Rulebook, Deadlines]:
    """A procedure of any rulebook. PackMissing where there is none of that name."""
    for book in books.values():
        if name in book.procedures:
            return book, book.procedures[name]
    known = sorted(each for book in books.values() for each in book.procedures)
    raise PackMissing(f"no procedure of that name; there are: {', '.join(known)}")


@cache
def _shipped() -> Mapping[str, Rulebook]:
    found = {}
    for path in sorted((packs_folder() / "procedures").glob(f"{PREFIX}*.yaml")):
        book = load_rulebook(path.read_bytes(), schema=_schema())
        found[book.stamp.id] = book
    return found


@cache
def _schema() -> bytes:
    return (packs_folder() / "_schema" / "rulebook.schema.json").read_bytes()
