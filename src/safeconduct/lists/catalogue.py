"""Which imports a folder of lists serves."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

from safeconduct.core.errors import UnreadableInput

FILE = "catalogue.json"
_VERSION = 1


class CatalogueUnreadable(UnreadableInput):
    """The catalogue of a folder of lists is damaged; import the lists again into an empty folder."""


@dataclass(frozen=True, kw_only=True)
class Import:
    """One list as it was imported once."""

    list: str
    title: str
    form: str
    """What the files were: `OFAC SDN.CSV`."""
    version: str
    """The day that the list gives itself, where it gives one, and the beginning of the digest of its files."""
    published: str
    """ISO date; empty where the list gives none."""
    licence: str
    imported_on: str
    """ISO date."""
    entries: int
    people: int
    skipped: int
    odd: int
    """Fields that were left out."""
    digest: str
    """SHA-256 of the files, one after another, unpacked."""
    folder: str
    """Under the folder of lists."""


@dataclass(frozen=True)
class Catalogue:
    """What is served, and what was served before."""

    current: Mapping[str, Import] = field(default_factory=dict)
    previous: Mapping[str, Import] = field(default_factory=dict)

    def with_import(self, new: Import) -> "Catalogue":
        """The same with a new import of one list; the one that it replaces becomes the one before."""
        previous = dict(self.previous)
        if new.list in self.current:
            previous[new.list] = self.current[new.list]
        return replace(self, current={**self.current, new.list: new}, previous=previous)

    def folders(self) -> set[str]:
        """The folders that it names."""
        return {each.folder for each in (*self.current.values(), *self.previous.values())}

    def key(self) -> str:
        """Changes whenever another import is served."""
        return " ".join(sorted(f"{each.list}={each.digest}" for each in self.current.values()))


def default_folder() -> Path:
    """`lists` in the desk's home; it need not be there."""
    return Path(os.environ.get("SAFECONDUCT_HOME", "var")).absolute() / "lists"


def read_catalogue(folder: Path) -> Catalogue:
    """The catalogue of a folder, empty where there is none; CatalogueUnreadable where it is damaged."""
    try:
        value = json.loads((folder / FILE).read_text("utf-8"))
        if value["v"] != _VERSION:
            raise CatalogueUnreadable(f"{folder / FILE}: written by another version; import the lists again")
        return Catalogue(
            {each["list"]: Import(**each) for each in value["current"]},
            {each["list"]: Import(**each) for each in value["previous"]},
        )
    except FileNotFoundError:
        return Catalogue()
    except (ValueError, KeyError, TypeError):
        raise CatalogueUnreadable(f"{folder / FILE}: damaged; import the lists again into an empty folder") from None


def write_catalogue(folder: Path, catalogue: Catalogue) -> None:
    """Put a catalogue in the place of the one before, in one step."""
    value = {
        "v": _VERSION,
        "current": [asdict(each) for each in catalogue.current.values()],
        "previous": [asdict(each) for each in catalogue.previous.values()],
    }
    part = folder / f".{FILE}.part"
    with part.open("w", encoding="utf-8") as stream:
        json.dump(value, stream, ensure_ascii=False, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(folder / FILE)


def days_old(each: Import, today: date) -> int | None:
    """Days since the list was published; None where it does not say."""
    return (today - date.fromisoformat(each.published)).days if each.published else None
