"""Exams of name screening: labelled questions, and how many are answered rightly at one false alarm in a hundred.

The folder of exams is SAFECONDUCT_EXAMS, or `../shared/data` beside the repository; what is not there is skipped aloud. A list is
the targets of the exam and enough made-up people, shuffled, with numbers for ids; a target counts as found where an entry
with the same first name is given back. The threshold is the smallest that keeps false alarms within the limit.
"""

import csv
import gzip
import io
import json
import os
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process, utils

from safeconduct.core.errors import SafeconductError
from safeconduct.core.names import Entry, Index, Query, build_index, compare, open_index
from safeconduct.core.names.engine import compared, side_of
from safeconduct.core.names.scoring import UNIT, log_odds

FALSE_ALARMS = 0.01
NO_SCORE = -99.0


def exams_folder() -> Path:
    """Where the exams are, whether or not they are there."""
    given = os.environ.get("SAFECONDUCT_EXAMS")
    return Path(given) if given else Path(__file__).resolve().parents[4] / "shared" / "data"


@dataclass(frozen=True)
class Question:
    """One query: the first name of the person it is about in lower case, or None where the list does not have them."""

    kind: str
    name: str
    born: str | None
    right: str | None
    country: str = ""
    """Alpha-2, or empty."""


@dataclass
class Outcome:
    """What a run of an exam gave: for each question of a kind the score of the right entry and of the best one."""

    right: dict[str, list[float]] = field(default_factory=dict)
    wrong: list[float] = field(default_factory=list)
    among: int = 0
    """Questions whose person was among the first 50 candidates."""
    seconds: list[float] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """Questions about people of the list."""
        return sum(map(len, self.right.values()))

    def threshold(self, limit: float = FALSE_ALARMS) -> float:
        """The smallest score above which no more than that share of strangers comes."""
        ordered = sorted(self.wrong, reverse=True)
        return ordered[int(limit * len(ordered))] if ordered else NO_SCORE

    def recall(self, kind: str | None = None, limit: float = FALSE_ALARMS) -> float:
        """The share of the people asked for that is found above the threshold."""
        cut = self.threshold(limit)
        scores = [s for k, scores in self.right.items() if kind in (None, k) for s in scores]
        return sum(s > cut for s in scores) / len(scores) if scores else 0.0


Person = dict[str, Any]
Search = Callable[[Question], Sequence[tuple[float, str]]]
"""For one question the scores and first names of entries, best first."""


def people_of(path: Path) -> list[Person]:
    """The people of a .jsonl.gz file."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def population(targets: Sequence[Person], others: Sequence[Person], size: int) -> list[Person]:
    """A list of that size: the targets and enough others, shuffled."""
    people = [*targets, *others[: max(0, size - len(targets))]]
    random.Random(20_261_122).shuffle(people)
    return people


def entries_of(people: Sequence[Person]) -> Iterator[Entry]:
    """Entries with numbers for ids."""
    for number, person in enumerate(people):
        born = (person["dob"],) if person.get("dob") else ()
        countries = (person["country"],) if person.get("country") else ()
        yield Entry(id=f"{number}", names=tuple(person["names"]), born=born, countries=countries)


def questions_of(path: Path, targets: Sequence[Person]) -> list[Question]:
    """The questions of queries.csv.gz."""
    first = {person["id"]: plain(person["names"][0]) for person in targets}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [Question(row["kind"], row["name"], row["dob"] or None, first.get(row["target"])) for row in rows]


def plain(name: str) -> str:
    """A name in lower case, its spaces made single."""
    return " ".join(name.split()).casefold()


def index_of(people: Sequence[Person]) -> Index:
    """An index in memory."""
    stream = io.BytesIO()
    build_index(entries_of(people), stream)
    return open_index(stream.getvalue())


def take(questions: Sequence[Question], search: Search) -> Outcome:
    """Ask every question."""
    outcome = Outcome()
    for question in questions:
        start = time.perf_counter()
        found = search(question)
        outcome.seconds.append(time.perf_counter() - start)
        if question.right is None:
            outcome.wrong.append(found[0][0] if found else NO_SCORE)
            continue
        scores = [score for score, name in found[:50] if name == question.right]
        outcome.among += bool(scores)
        outcome.right.setdefault(question.kind, []).append(max(scores, default=NO_SCORE))
    return outcome


def engine_search(index: Index, kept: int = 50) -> Search:
    """Our own search: every candidate with the logarithm of its odds."""

    def search(question: Question) -> list[tuple[float, str]]:
        query = Query(name=question.name, born=question.born, country=question.country or None)
        found = compared(index, query, kept=kept)
        segment = index.segment
        return [(odds / UNIT, plain(segment.row_name(int(segment["entry_starts"][position])))) for odds, position, _ in found]

    return search


def brute_search(people: Sequence[Person]) -> Search:
    """RapidFuzz against every name (token_sort_ratio of skeletons); another birth year takes forty points."""
    names, owners = [], []
    for person in people:
        for name in person["names"]:
            names.append(_latin(name))
            owners.append(person)

    def search(question: Question) -> list[tuple[float, str]]:
        found = process.extract(_latin(question.name), names, scorer=fuzz.token_sort_ratio, limit=50)
        return [
            (score - (40 if _differs(question.born, owners[place].get("dob")) else 0), plain(owners[place]["names"][0]))
            for _, score, place in found
        ]

    return search


def _differs(one: str | None, other: str | None) -> bool:
    return bool(one and other and one[:4] != other[:4])


def _latin(name: str) -> str:
    return utils.default_process(" ".join(part.skeletons[0] for part in side_of(Query(name=name)).name.parts))


def pair_scores(rows: Sequence[Mapping[str, str]]) -> list[tuple[float, bool]]:
    """The score of each pair of name_bench, and whether they are one."""
    found = []
    for row in rows:
        try:
            odds = log_odds(compare(Query(name=row["name1"]), Query(name=row["name2"])))
        except SafeconductError:
            odds = NO_SCORE
        found.append((odds, row["is_match"] == "true"))
    return found


def best_f1(scores: Sequence[tuple[float, bool]]) -> float:
    """The best harmonic mean of precision and recall over all thresholds."""
    total = sum(right for _, right in scores)
    best, true = 0.0, 0
    ordered = sorted(scores, key=lambda s: -s[0])
    for place, (score, right) in enumerate(ordered, 1):
        true += right
        if place == len(ordered) or ordered[place][0] < score:
            best = max(best, 2 * true / (place + total))
    return best
