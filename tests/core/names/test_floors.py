"""Floors on labelled sets: excerpts that stand here, and the shared exams where they are at hand (said aloud where not)."""

import csv
import random
import warnings
from pathlib import Path

from safeconduct.bench.name_exams import (
    Question,
    best_f1,
    engine_search,
    exams_folder,
    index_of,
    pair_scores,
    people_of,
    plain,
    population,
    questions_of,
    take,
)
from safeconduct.core.names.sounds import keys_of
from safeconduct.core.names.text import Script, tokens_of

EXCERPTS = Path(__file__).parent / "excerpts"


def table(name: str) -> list[dict[str, str]]:
    with (EXCERPTS / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def keys(text: str, script: Script) -> set[str]:
    return set(keys_of(tokens_of(text)[0].plain, script))


def test_keys_of_latin_and_cyrillic_tokens_agree_and_seldom_by_chance() -> None:
    pairs = [line.split("\t") for line in (EXCERPTS / "tokens.tsv").read_text(encoding="utf-8").splitlines()]
    known = [(keys(latin, Script.LATIN), keys(cyrillic, Script.CYRILLIC)) for latin, cyrillic in pairs]
    assert sum(not a.isdisjoint(b) for a, b in known) / len(known) >= 0.86
    draw = random.Random(1)
    drawn = 50_000
    assert sum(not draw.choice(known)[0].isdisjoint(draw.choice(known)[1]) for _ in range(drawn)) / drawn <= 2e-3


def test_pairs_of_people_are_told_apart() -> None:
    assert best_f1(pair_scores(table("pairs.csv"))) >= 0.72


def test_listed_names_with_slips_are_found_among_strangers() -> None:
    rows = table("candidates.csv")
    people = [{"id": f"{n}", "names": [row["listed"]], "dob": ""} for n, row in enumerate(rows) if row["listed"]]
    asked = [Question(row["kind"], row["asked"], None, plain(row["listed"]) or None) for row in rows if row["asked"]]
    outcome = take(asked, engine_search(index_of(people)))
    assert outcome.recall() >= 0.95
    assert outcome.among / outcome.asked >= 0.98


def test_real_spellings_are_found_where_the_exams_are_at_hand() -> None:
    folder = exams_folder()
    if not (folder / "screen_real").is_dir():
        warnings.warn("the shared exams are not here: the floors on real spellings are not tested", stacklevel=1)
        return
    targets = people_of(folder / "screen_real/targets.jsonl.gz")
    questions = questions_of(folder / "screen_real/queries.csv.gz", targets)
    random.Random(3).shuffle(questions)
    people = population(targets, people_of(folder / "screen_ru/distractors_100k.jsonl.gz")[:1500], 1500)
    outcome = take(questions[:200], engine_search(index_of(people)))
    assert outcome.recall(limit=0.02) >= 0.93
    assert outcome.among / outcome.asked >= 0.98
