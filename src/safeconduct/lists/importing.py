"""Importing lists: all of the files given, or nothing; what was served before is served until the new ones are whole."""

import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from safeconduct.core import names
from safeconduct.core.errors import SafeconductError
from safeconduct.core.watchlists import Format, Listed, Notice, Source, read
from safeconduct.lists.catalogue import Import, read_catalogue, write_catalogue
from safeconduct.lists.files import File, Reading, looked_at
from safeconduct.lists.persons import person
from safeconduct.lists.store import Hanging, every, kept

ENTRIES, INDEX = "entries.sqlite", "names.index"
_LOCK = ".lock"
_PART = ".part-"
_HANGING = "hanging.sqlite"
LEAST_SHARE = 0.8
"""A list that shrinks below this share of its entries is taken only when somebody says so: it may be cut short at a row."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_PUBLIC = frozenset(form.about.list_id for form in Format if form.about.list_id)


class ImportRefused(SafeconductError):
    """An import cannot be done as asked; nothing was written, and what was served before still is."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What the importer decides."""

    name: str = ""
    """Of a list that has no name of its own; empty to take it from the file."""
    licence: str = ""
    strict: bool = False
    """Refuse odd values instead of leaving them out."""
    smaller: bool = False
    """Take a list although it has lost more than a fifth of its entries."""
    jobs: int = 1


@dataclass(frozen=True)
class Imported:
    """What came of one list."""

    made: Import
    is_new: bool
    """Whether it differs from what was served."""
    notices: Sequence[Notice]


@dataclass(frozen=True)
class Step:
    """How far an import is."""

    list: str
    entries: int
    done: int
    of: int
    """Bytes of the list's files on disk; while people are indexed, entries."""
    indexing: bool = False


Say = Callable[[Step], None]


def import_files(paths: Sequence[Path], folder: Path, chosen: Chosen, *, today: date, say: Say | None = None) -> list[Imported]:
    """Read every list among the files and serve them all from one moment on.

    ListRefused, FileUnreadable or ImportRefused before anything is served. Lists whose files are those served stay as they are.
    """
    groups = _groups([looked_at(path) for path in paths], chosen)
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder), ExitStack() as cleaning:
        catalogue = read_catalogue(folder)
        made: list[Imported] = []
        ready: list[tuple[Path, Path]] = []
        for list_id, files in groups.items():
            part = Path(tempfile.mkdtemp(prefix=_PART, dir=folder))
            cleaning.callback(shutil.rmtree, part, ignore_errors=True)
            imported = _one(list_id, files, part, chosen, today, say)
            served = catalogue.current.get(list_id)
            if served is not None and (served.digest, served.form) == (imported.made.digest, imported.made.form):
                made.append(Imported(served, is_new=False, notices=imported.notices))
                continue
            if served is not None and not chosen.smaller and imported.made.entries < served.entries * LEAST_SHARE:
                counts = f"{imported.made.entries} entries where {served.entries} are served"
                raise ImportRefused(f"{list_id}: {counts}; if that is right, add --smaller")
            imported = _indexed(imported, part, chosen.jobs, say)
            ready.append((part, folder / imported.made.folder))
            catalogue = catalogue.with_import(imported.made)
            made.append(imported)
        for part, target in ready:
            shutil.rmtree(target, ignore_errors=True)
            part.rename(target)
        write_catalogue(folder, catalogue)
        _forget(folder, catalogue.folders())
    return made


def _groups(files: Sequence[File], chosen: Chosen) -> dict[str, list[File]]:
    """The files of each list, under its name; the one with the entries first."""
    groups: dict[str, list[File]] = {}
    for file in files:
        list_id = file.form.about.list_id or chosen.name or _slug(file.path)
        if not file.form.about.list_id and (list_id in _PUBLIC or not _NAME.fullmatch(list_id)):
            raise ImportRefused(f"{file.path.name}: a list cannot be called {list_id[:40]!r}; choose another name with --as")
        groups.setdefault(list_id, []).append(file)
    for list_id, group in groups.items():
        group.sort(key=lambda file: file.form.stands_beside)
        whole = [file for file in group if not file.form.stands_beside]
        if len(whole) != 1 or len({file.form for file in group}) != len(group):
            raise ImportRefused(f"{list_id}: give one file with entries, and each file that stands beside it once")
    return groups


def _slug(path: Path) -> str:
    stem = path.name.lower().split(".")[0]
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:40]


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ImportRefused("another import into this folder is running") from None
        yield


def _one(list_id: str, files: Sequence[File], part: Path, chosen: Chosen, today: date, say: Say | None) -> Imported:
    """Read one list into a folder that nobody serves yet."""
    main, *others = files
    progress = _Progress(list_id, sum(file.size for file in files), say)
    with ExitStack() as stack:
        readings = {file: Reading(file, progress.moved) for file in files}
        for reading in readings.values():
            stack.callback(reading.close)
        sources = {
            file: Source(file.path.name, reading.stream, today, list_id, strict=chosen.strict)
            for file, reading in readings.items()
        }
        source = sources[main]
        source.shelf = hanging = _hanging(main.form, part, stack)
        entries = read(main.form, source, {file.form: sources[file] for file in others})
        stored = kept(part / ENTRIES, progress.counted(entries), main.path.name, hanging)
        for _ in stored:
            pass
        digests = [readings[file].rest() for file in files]
    digest = digests[0] if len(digests) == 1 else hashlib.sha256("\n".join(digests).encode()).hexdigest()
    if not progress.entries:
        raise ImportRefused(f"{list_id}: there is not one entry in it")
    published = source.published.isoformat() if source.published else ""
    about = main.form.about
    version = f"{published or today.isoformat()}-{digest[:8]}"
    made = Import(
        list=list_id,
        title=about.title,
        form=main.form.value[0],
        version=version,
        published=published,
        licence=chosen.licence or about.licence,
        imported_on=today.isoformat(),
        entries=progress.entries,
        people=0,
        skipped=source.skipped,
        odd=source.odd,
        digest=digest,
        folder=f"{list_id}-{version}",
    )
    return Imported(made, is_new=True, notices=tuple(source.notices))


def _hanging(form: Format, part: Path, stack: ExitStack) -> Hanging | None:
    """Where the loose lines of a flat dump hang meanwhile; gone with the stack."""
    if form is not Format.FTM:
        return None
    path = part / _HANGING
    stack.callback(path.unlink, missing_ok=True)
    hanging = Hanging(path)
    stack.callback(hanging.close)
    return hanging


def _indexed(imported: Imported, part: Path, jobs: int, say: Say | None) -> Imported:
    """Make the index of a list that was read whole."""
    made = imported.made
    about = {
        "list": made.list,
        "title": made.title,
        "version": made.version,
        "published": made.published,
        "licence": made.licence,
    }

    def indexing(count: int) -> None:
        if say:
            say(Step(made.list, made.entries, count, made.entries, indexing=True))

    people = (each for each in map(person, every(part / ENTRIES, made.list)) if each is not None)
    with (part / INDEX).open("wb") as stream:
        count = names.build_index(people, stream, about=about, jobs=jobs, say=indexing)
        stream.flush()
        os.fsync(stream.fileno())
    return replace(imported, made=replace(made, people=count))


class _Progress:
    def __init__(self, list_id: str, size: int, say: Say | None) -> None:
        self._list = list_id
        self._size = size
        self._say = say
        self._read = 0
        self.entries = 0

    def moved(self, count: int) -> None:
        self._read += count

    def counted(self, entries: Iterator[Listed]) -> Iterator[Listed]:
        for entry in entries:
            self.entries += 1
            if self._say and self.entries % 2_000 == 0:
                self._say(Step(self._list, self.entries, self._read, self._size))
            yield entry
        if self._say:
            self._say(Step(self._list, self.entries, self._read, self._size))


def _forget(folder: Path, needed: set[str]) -> None:
    """Remove imports that no catalogue names, and what an import that was stopped left behind."""
    for path in folder.iterdir():
        if path.is_dir() and path.name not in needed:
            shutil.rmtree(path, ignore_errors=True)
