"""The lists of a folder, opened: mapped into memory once in a process, changed when another import is served."""

import mmap
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from safeconduct.core import names
from safeconduct.core.watchlists import Listed
from safeconduct.lists.catalogue import Catalogue, Import, read_catalogue
from safeconduct.lists.importing import ENTRIES, INDEX
from safeconduct.lists.store import found


@dataclass(frozen=True)
class Served:
    """Lists to screen against. Unchanged for as long as somebody holds it, whatever is imported meanwhile."""

    folder: Path
    catalogue: Catalogue
    indexes: Mapping[str, names.Index]

    @property
    def imports(self) -> Sequence[Import]:
        """What is served, by the name of the list."""
        return [self.catalogue.current[list_id] for list_id in sorted(self.catalogue.current)]

    def screen(self, query: names.Query, *, threshold: float, limit: int) -> list[names.Hit]:
        """The people of all lists who may be the one looked for, best first; the query stays in this process."""
        return names.screen(list(self.indexes.values()), query, threshold=threshold, limit=limit)

    def entry(self, list_id: str, id_: str) -> Listed | None:
        """All that a list says about one of its entries; None where it is not there."""
        made = self.catalogue.current.get(list_id)
        if made is None:
            return None
        return found(self.folder / made.folder / ENTRIES, list_id, id_)


_kept: dict[Path, Served] = {}
_lock = threading.Lock()


def served(folder: Path) -> Served:
    """The lists of a folder; of none where nothing was imported. CatalogueUnreadable or names.IndexRefused where damaged."""
    with _lock:
        catalogue = read_catalogue(folder)
        before = _kept.get(folder)
        if before is not None and before.catalogue == catalogue:
            return before
        indexes = {list_id: _opened(folder / made.folder / INDEX) for list_id, made in sorted(catalogue.current.items())}
        opened = Served(folder, catalogue, indexes)
        # The maps of the lists before are let go of when the last who screens against them is done.
        _kept[folder] = opened
        return opened


def _opened(path: Path) -> names.Index:
    with path.open("rb") as stream:
        mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    return names.open_index(memoryview(mapped))
