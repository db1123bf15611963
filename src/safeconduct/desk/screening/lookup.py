"""Looking names up in the lists of this home, inside this process.

The engine and the lists are loaded when somebody screens, so that other pages start without them.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from safeconduct.desk.screening.errors import NoLists, NoName

if TYPE_CHECKING:
    from safeconduct.core.names import Hit
    from safeconduct.core.watchlists import Listed
    from safeconduct.lists import Served

THRESHOLD = 0.1
"""Below it, a hit would be noise to a person."""
MOST_HITS = 25
"""Of one case and one run, over all names."""
MOST_NAMES = 10
LONGEST_NAME = 200
MOST_DOCUMENTS = 5
LONGEST_NUMBER = 40
_SHOWN_NAMES = 12
_MILLI = 1_000


@dataclass(frozen=True, kw_only=True, repr=False)
class Person:
    """Whom to look for."""

    names: Sequence[str]
    """Every name that the person has or had, in whatever script; at most `MOST_NAMES`."""
    born: str = ""
    """YYYY, YYYY-MM or YYYY-MM-DD; empty where unknown."""
    country: str = ""
    """ISO 3166-1 alpha-2; empty where unknown."""
    birth_place: str = ""
    """In words, in any script; empty where unknown."""
    documents: Sequence[str] = ()
    """Numbers of passports and other documents, as they are written; at most `MOST_DOCUMENTS`."""


@dataclass(frozen=True, repr=False)
class Found:
    """One entry of a list that may be the person: what is sealed in the case."""

    list: str
    id: str
    digest: str
    """SHA-256 of the entry: whether the list says something else since."""
    content: dict[str, object]


@dataclass(frozen=True)
class ListLine:
    """One list as the page names it."""

    list: str
    title: str
    version: str
    published: str
    entries: int
    days_old: int | None


def lists_key() -> str:
    """Changes whenever another version of a list is served; empty where there is no list."""
    from safeconduct.lists import default_folder, read_catalogue

    key = read_catalogue(default_folder()).key()
    return hashlib.sha256(key.encode()).hexdigest() if key else ""


def list_lines(today: date) -> list[ListLine]:
    """What is served, for a page."""
    from safeconduct.lists.catalogue import days_old, default_folder, read_catalogue

    current = read_catalogue(default_folder()).current
    return [
        ListLine(each.list, each.title, each.version, each.published, each.entries, days_old(each, today))
        for _, each in sorted(current.items())
    ]


def look_up(person: Person) -> list[Found]:
    """The entries that may be the person, the likeliest first; each once, by the name that fits best.

    NoLists where none was imported, NoName where no name has letters. Nothing of the query is written anywhere.
    """
    from safeconduct.core import names

    served = _served()
    if not served.indexes:
        raise NoLists("no list was imported")
    best: dict[tuple[str, str], Hit] = {}
    asked = 0
    for name in person.names:
        query = names.Query(
            name=name,
            born=person.born or None,
            country=person.country.lower() or None,
            birth_place=person.birth_place or None,
            identifiers=tuple(person.documents),
        )
        try:
            hits = served.screen(query, threshold=THRESHOLD, limit=MOST_HITS)
        except names.NameRefused:
            continue
        asked += 1
        for hit in hits:
            key = (hit.about["list"], hit.id)
            if key not in best or hit.score > best[key].score:
                best[key] = hit
    if not asked:
        raise NoName("no name has letters")
    ranked = sorted(best.items(), key=lambda each: (-each[1].score, each[0]))
    return [_found(served, hit) for _, hit in ranked[:MOST_HITS]]


def _served() -> "Served":
    from safeconduct.lists import default_folder, served

    return served(default_folder())


def _found(served: "Served", hit: "Hit") -> Found:
    from safeconduct.core.watchlists import encoded

    list_id = hit.about["list"]
    entry = served.entry(list_id, hit.id)
    digest = hashlib.sha256(encoded(entry).encode()).hexdigest() if entry else ""
    content: dict[str, object] = {
        "list": list_id,
        "title": hit.about.get("title", ""),
        "version": hit.about.get("version", ""),
        "entry": hit.id,
        "digest": digest,
        "basis": f"{digest} {hit.band.value}",
        "name": hit.name,
        "matched_name": hit.matched_name,
        "score": round(hit.score * _MILLI),
        "band": hit.band.value,
        "namesakes": round(hit.expected_namesakes * _MILLI),
        "features": [
            {
                "name": each.name,
                "score": round(each.score * _MILLI),
                "detail": each.detail,
                "ours": each.ours,
                "theirs": each.theirs,
            }
            for each in hit.features
        ],
        **(_told(entry) if entry else {}),
    }
    return Found(list_id, hit.id, digest, content)


def _told(entry: "Listed") -> dict[str, object]:
    """What the list says of the entry, as far as a person needs it to decide."""
    return {
        "names": [name.text for name in entry.names[:_SHOWN_NAMES]],
        "births": [{"first": birth.first, "last": birth.last, "circa": birth.circa} for birth in entry.births],
        "places": list(entry.birth_places),
        "countries": list(entry.countries),
        "programmes": list(entry.programmes),
        "reason": entry.reason,
        "address": entry.address if entry.address.startswith("https://") else "",
    }
