"""Name screening: how many are found at one false alarm in a hundred, and how fast; RapidFuzz against every name beside it."""

import csv
import gzip
import hashlib
import importlib.util
import io
import random
import re
import resource
import statistics
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from safeconduct.bench import Effort, Row, Say, percentile
from safeconduct.bench.name_exams import (
    Outcome,
    Person,
    Question,
    best_f1,
    brute_search,
    engine_search,
    entries_of,
    exams_folder,
    index_of,
    pair_scores,
    people_of,
    plain,
    population,
    questions_of,
    take,
)
from safeconduct.core.names import BirthDateRefused, Index, Query, build_index, open_index, screen
from safeconduct.core.names.dates import day_of
from safeconduct.core.names.sounds import keys_of
from safeconduct.core.names.text import Script, tokens_of
from safeconduct.core.watchlists.countries import country_code

_EXAMS = {
    # Name, sizes with their aims, whether RapidFuzz is asked too.
    "screen_real": ((10_000, 0.96, 0.995),),
    "screen_ru": ((10_000, 0.965, 0.995), (100_000, 0.90, 0.99)),
}
_ASKED_OF_BRUTE_FORCE = 300


def measure(effort: Effort, say: Say) -> list[Row]:
    """Exams first, then speed; what is not there is skipped with a row that says so."""
    folder = exams_folder()
    share = 1.0 if effort.rounds >= 5 else 0.05
    rows: list[Row] = []
    if not (folder / "screen_ru").is_dir():
        rows.append(Row(name="SKIPPED: no exams", size="", value=0, unit="", note="set SAFECONDUCT_EXAMS to their folder"))
        return [*rows, *_speed(_invented(2000), [], 2000, say)]
    others = people_of(folder / "screen_ru/distractors_100k.jsonl.gz")
    for exam, sizes in _EXAMS.items():
        targets = people_of(folder / exam / "targets.jsonl.gz")
        questions = questions_of(folder / exam / "queries.csv.gz", targets)
        random.Random(1).shuffle(questions)
        for size, recall, among in sizes if share == 1.0 else sizes[:1]:
            say(f"names: {exam}, {size:,} entries")
            people = population(targets, others, size)
            outcome = take(questions[: int(len(questions) * share)], engine_search(index_of(people)))
            rows += _rows(exam, f"{size:,}", outcome, recall, among)
            if size == 10_000:
                say(f"names: {exam}, RapidFuzz")
                rows += _rows(f"{exam}, RapidFuzz", f"{size:,}", take(questions[:_ASKED_OF_BRUTE_FORCE], brute_search(people)))
    with (folder / "name_bench/cases.csv").open(encoding="utf-8", newline="") as stream:
        pairs = [row for row in csv.DictReader(stream) if row["schema"] == "Person"]
    rows.append(
        Row(name="name_bench, best F1", size=f"{len(pairs)} pairs", value=best_f1(pair_scores(pairs)), unit="F1", target=0.82)
    )
    if (folder / "translit_ru").is_dir():
        say("names: translit_ru")
        rows += _tokens(folder / "translit_ru/wd_russian_tokens.tsv.gz")
    rows.append(_nomenklatura())
    say("names: candgen_un")
    rows += _un(folder, share)
    targets = people_of(folder / "screen_ru/targets.jsonl.gz")
    questions = questions_of(folder / "screen_ru/queries.csv.gz", targets)
    random.Random(2).shuffle(questions)
    for size in (100_000, 1_000_000) if share == 1.0 else (10_000,):
        more = others if size <= 100_000 else [*others, *_synthetic(others, size - len(others))]
        rows += _speed(population(targets, more, size), questions[:300], size, say)
    return rows


def _rows(exam: str, size: str, outcome: Outcome, recall: float | None = None, among: float | None = None) -> Iterator[Row]:
    note = f"of {outcome.asked:,} people; {len(outcome.wrong):,} strangers"
    yield Row(
        name=f"{exam}: recall at 1 % false alarms", size=size, value=outcome.recall(), unit="recall", target=recall, note=note
    )
    for kind in sorted(outcome.right):
        yield Row(name=f"  {kind}", size=size, value=outcome.recall(kind), unit="recall")
    yield Row(name=f"{exam}: among the first 50", size=size, value=outcome.among / outcome.asked, unit="recall", target=among)


def _un(folder: Path, share: float) -> Iterator[Row]:
    """Names of the UN list with slips, against the list and made-up people; both from yente's candidate benchmark.

    By names alone, and by all that the rows tell of both sides: names, birth dates where they are dates, nationalities.
    """
    treated, untreated = (_table(folder / f"candgen_un/positives_un_{kind}.csv") for kind in ("treated", "untreated"))
    strangers = _strangers(folder / "candgen_un/negatives_global.csv.gz")
    for kind, target in (("names alone", None), ("with dates and countries", 0.99)):
        told = _names_alone if kind == "names alone" else _told
        listed = population([told(row) for row in untreated], [told(row) for row in strangers[2000:]], 10_341)
        asked = [
            _question("treated", told(one), plain(other["full_name"])) for one, other in zip(treated, untreated, strict=True)
        ]
        asked += [_question("", told(row), None) for row in strangers[:1000]]
        outcome = take(asked if share == 1.0 else asked[::10], engine_search(index_of(listed)))
        yield from _rows(f"candgen_un, {kind}", "10,341", outcome, target)


def _names_alone(row: Mapping[str, str]) -> Person:
    return {"id": "", "names": [row["full_name"]], "dob": ""}


def _told(row: Mapping[str, str]) -> Person:
    """A row of the benchmark: the first of its birth dates that is one, and its nationality where it is known."""
    found = ""
    for text in re.split(r"[;,|/ ]+", row["date_of_birth"]):
        try:
            found = found or (text if text and day_of(text) else "")
        except BirthDateRefused:
            continue
    code = row["nationality"] if len(row["nationality"]) == 2 else country_code(row["nationality"])
    return {**_names_alone(row), "dob": found, "country": code}


def _question(kind: str, person: Person, right: str | None) -> Question:
    return Question(kind, person["names"][0], person["dob"] or None, right, person.get("country", ""))


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _strangers(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    random.Random(3).shuffle(rows)
    return rows[:14_000]


def _synthetic(known: Sequence[Person], count: int) -> Iterator[Person]:
    """Made-up people from the parts of made-up people, with the frequencies that those have."""
    draw = random.Random(4)
    for number in range(count):
        one, other = draw.choice(known), draw.choice(known)
        names = [_mixed(a, b) for a, b in zip(one["names"], other["names"], strict=False)]
        yield {"id": f"m{number}", "names": names, "dob": draw.choice(known).get("dob")}


def _mixed(one: str, other: str) -> str:
    words, others = one.split(), other.split()
    return " ".join([*words[:-1], others[-1]])


def _invented(count: int) -> list[Person]:
    syllables = ("ba", "ko", "ri", "sta", "no", "ve", "lu", "mi", "dar", "zhe")
    draw = random.Random(5)

    def word() -> str:
        return "".join(draw.choices(syllables, k=3)).capitalize()

    return [{"id": f"{n}", "names": [f"{word()} {word()}ov"], "dob": f"{draw.randrange(1940, 2005)}"} for n in range(count)]


def _speed(people: list[Person], questions: Sequence[Question], size: int, say: Say) -> Iterator[Row]:
    shown = f"{size:,}"
    say(f"names: index of {shown}")
    stream = io.BytesIO()
    start = time.process_time(), time.perf_counter()
    build_index(entries_of(people), stream, jobs=2)
    taken = time.perf_counter() - start[1]
    note = f"{time.process_time() - start[0]:.0f} s of them are the first one's work"
    yield Row(name="index built by two processes", size=shown, value=taken, unit="s", target=20, note=note)
    content = stream.getvalue()
    yield Row(name="index file", size=shown, value=len(content) / 1e6, unit="MB", target=100)
    start_open = time.perf_counter()
    index = open_index(content)
    yield Row(name="index opened", size=shown, value=(time.perf_counter() - start_open) * 1000, unit="ms", target=50)
    before = _resident()
    asked = list(questions) or [Question("", person["names"][0], None, None) for person in people[:200]]
    ways = [True, False] if index.retrieval.kernel is not None else [False]
    for compiled in ways:
        yield from _asked(index, asked if compiled else asked[:200], shown, size, compiled=compiled)
        if compiled:
            yield Row(name="memory of searching", size=shown, value=_resident() - before, unit="MB", target=300)
            index.retrieval.kernel = None


def _resident() -> float:
    """Megabytes of this process in memory now; the most there were, where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return pages * resource.getpagesize() / 1e6


def _asked(index: Index, asked: Sequence[Question], shown: str, size: int, *, compiled: bool) -> Iterator[Row]:
    """The best of three passes for each question, so that what else the machine does counts less; processor time."""
    how = "compiled" if compiled else "without the kernel"
    large = size > 100_000
    cold, warm = [1e9] * len(asked), [1e9] * len(asked)
    screen([index], Query(name="Nobody Atall", born="1900"))
    for _ in range(3 if compiled else 1):
        _forget(index)
        for times in (cold, warm):
            for place, question in enumerate(asked):
                start = time.process_time()
                screen([index], Query(name=question.name, born=question.born))
                times[place] = min(times[place], (time.process_time() - start) * 1000)
    yield Row(
        name=f"one query, {how}", size=shown, value=statistics.median(cold), unit="ms", p95=percentile(cold, 0.95),
        target=(2.5 if large else 1.5) if compiled else None,
    )  # fmt: skip
    rate = 1000 * len(asked) / max(1e-9, sum(warm))
    target = (1000 if large else 600) if compiled else None
    yield Row(name=f"tokens known, {how}", size=shown, value=rate, unit="queries/s", target=target)


def _forget(index: Index) -> None:
    """Empty what was kept of tokens, so that every question is a new one."""
    modules = [m for n, m in sys.modules.items() if n.startswith("safeconduct.core.names.")]
    kept = [value for holder in (*modules, index, index.retrieval) for value in vars(holder).values()]
    for each in kept:
        if hasattr(each, "cache_clear") and each.cache_parameters()["maxsize"] != 1:
            each.cache_clear()


def _tokens(path: Path) -> Iterator[Row]:
    """Keys of Latin and Cyrillic tokens that the readings were not learned from (a tenth: tools/train_readings.py)."""
    pairs = []
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            latin, cyrillic = (tokens_of(cell) for cell in row[:2])
            if len(latin) == 1 == len(cyrillic) and (latin[0].script, cyrillic[0].script) == (Script.LATIN, Script.CYRILLIC):
                held = hashlib.sha1(cyrillic[0].plain.encode(), usedforsecurity=False).digest()[0]
                if held < 26:
                    pairs.append(tuple(frozenset(keys_of(t[0].plain, t[0].script)) for t in (latin, cyrillic)))
    draw = random.Random(7)
    chance = sum(not draw.choice(pairs)[0].isdisjoint(draw.choice(pairs)[1]) for _ in range(100_000)) / 100_000
    agree = sum(not one.isdisjoint(other) for one, other in pairs) / max(1, len(pairs))
    note = f"of {len(pairs):,} pairs; {chance:.1e} by chance"
    yield Row(name="translit_ru, keys that agree", size="", value=agree, unit="recall", target=0.88, note=note)


def _nomenklatura() -> Row:
    is_there = importlib.util.find_spec("nomenklatura") is not None
    note = "installed; measured by its own benchmark" if is_there else "not installed: its PyICU needs a compiler and ICU"
    return Row(name="nomenklatura", size="", value=float(is_there), unit="", note=note)
