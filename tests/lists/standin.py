"""A stand-in for the engine of names: equal words count, nothing else. What is tested is what stands around the engine."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO

import pytest

from safeconduct.core import names


class Words(names.Index):
    """Entries in memory."""

    def __init__(self, content: bytes) -> None:
        about, *rows = [json.loads(line) for line in content.decode().splitlines()]
        self.about = about
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def close(self) -> None:
        """Nothing is held."""


def build(
    entries: Iterable[names.Entry],
    stream: BinaryIO,
    *,
    about: dict[str, str] | None = None,
    jobs: int = 1,
    say: Callable[[int], None] | None = None,
) -> int:
    """One line of JSON an entry."""
    stream.write(json.dumps(about or {}).encode() + b"\n")
    count = 0
    for entry in entries:
        count += 1
        stream.write(json.dumps([entry.id, entry.names, entry.born, entry.countries]).encode() + b"\n")
    if say:
        say(count)
    return count


def screen(indexes: Sequence[names.Index], query: names.Query, *, threshold: float = 0.1, limit: int = 10) -> list[names.Hit]:
    """The share of the query's words that one name has; a birth date that is another takes half of it away."""
    wanted = set(query.name.casefold().replace(",", " ").split())
    if not wanted:
        raise names.NameRefused("a name without letters")
    hits = []
    for index in indexes:
        assert isinstance(index, Words)
        for id_, known, born, _ in index.rows:
            share, matched = max(
                (len(wanted & set(name.casefold().replace(",", " ").split())) / len(wanted), name) for name in known
            )
            agrees = not query.born or not born or any(day.startswith(query.born) or query.born.startswith(day) for day in born)
            score = share * (0.9 if agrees else 0.4)
            if score >= threshold:
                hits.append(_hit(index, id_, known[0], matched, tuple(born), score, query))
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))[:limit]


def _hit(index: Words, id_: str, name: str, matched: str, born: tuple[str, ...], score: float, query: names.Query) -> names.Hit:
    features = [names.Feature(name="name", score=3.0, detail="the same words", ours=query.name, theirs=matched)]
    if query.born and born:
        features.append(names.Feature(name="birth", score=2.0, detail="the same day", ours=query.born, theirs=born[0]))
    band = names.Band.STRONG if score > 0.8 else names.Band.POSSIBLE if score > 0.4 else names.Band.WEAK
    return names.Hit(
        id=id_,
        name=name,
        matched_name=matched,
        born=born,
        score=score,
        band=band,
        features=tuple(features),
        expected_namesakes=0.5,
        about=index.about,
    )


def put_in_place(patch: pytest.MonkeyPatch) -> None:
    """Use the stand-in for the rest of a test."""
    patch.setattr(names, "build_index", build)
    patch.setattr(names, "open_index", lambda buffer: Words(bytes(buffer)))
    patch.setattr(names, "screen", screen)
