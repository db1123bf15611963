"""Name screening: how many are found at one false alarm in a hundred, and how fast; RapidFuzz against every name beside it."""

import csv
import gzip
import io
import random
import resource
import statistics
import time
from collections.abc import Iterator, Sequence
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
from safeconduct.core.names import Query, build_index, open_index, screen

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
    say("names: candgen_un")
    rows += _un(folder, share)
    targets = people_of(folder / "screen_ru/targets.jsonl.gz")
    questions = questions_of(folder / "screen_ru/queries.csv.gz", targets)
    random.Random(2).shuffle(questions)
    for size in (100_000, 1_000_000) if share == 1.0 else (10_000,):
        more = others if size <= 100_000 else [*others, *_synthetic(others, size - len(others))]
        rows += _speed(population(targets, more, size), questions[:1000], size, say)
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
    """Names of the UN list with slips, against the list and made-up people; both from yente's candidate benchmark."""
    treated, untreated = (_table(folder / f"candgen_un/positives_un_{kind}.csv") for kind in ("treated", "untreated"))
    strangers = _strangers(folder / "candgen_un/negatives_global.csv.gz")
    people = [{"id": f"{n}", "names": [row["full_name"]], "dob": ""} for n, row in enumerate(untreated)]
    listed = population(people, [{"id": "", "names": [name], "dob": ""} for name in strangers[2000:]], 10_341)
    asked = [Question("treated", t["full_name"], None, plain(p["full_name"])) for t, p in zip(treated, untreated, strict=True)]
    asked += [Question("", name, None, None) for name in strangers[:1000]]
    yield from _rows("candgen_un", "10,341", take(asked if share == 1.0 else asked[::10], engine_search(index_of(listed))), 0.99)


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _strangers(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        names = [row["full_name"] for row in csv.DictReader(stream)]
    random.Random(3).shuffle(names)
    return names[:14_000]


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
    start = time.process_time()
    build_index(entries_of(people), stream)
    yield Row(name="index built, processor time", size=shown, value=time.process_time() - start, unit="s", target=20)
    content = stream.getvalue()
    yield Row(name="index file", size=shown, value=len(content) / 1e6, unit="MB", target=100)
    start = time.perf_counter()
    index = open_index(content)
    yield Row(name="index opened", size=shown, value=(time.perf_counter() - start) * 1000, unit="ms", target=50)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    asked = questions or [Question("", person["names"][0], None, None) for person in people[:200]]
    times = []
    for question in asked:
        start = time.process_time()
        screen([index], Query(name=question.name, born=question.born))
        times.append((time.process_time() - start) * 1000)
    taken = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000
    aim = 2.5 if size > 100_000 else 1.5
    yield Row(
        name="one query, cold", size=shown, value=statistics.median(times), unit="ms", p95=percentile(times, 0.95), target=aim
    )
    start = time.process_time()
    for question in asked:
        screen([index], Query(name=question.name, born=question.born))
    rate = len(asked) / max(1e-9, time.process_time() - start)
    yield Row(name="queries, tokens known", size=shown, value=rate, unit="queries/s", target=1000 if size > 100_000 else 600)
    yield Row(name="memory of searching", size=shown, value=taken, unit="MB", target=300)
