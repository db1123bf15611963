"""Dossiers: how long composing and releasing that of the demonstration take, and building and verifying large ones."""

from safeconduct.bench import Effort, Row, Say, latency, packages
from safeconduct.bench.homes import temporary_home

_RELEASED = "released by a second person"


def measure(effort: Effort, say: Say) -> list[Row]:
    """Composing many times, the other stages once, as they happen in the walk."""
    say("dossier: walking the demonstration")
    with temporary_home() as home:
        found = home.ask("safeconduct.bench.composing", rounds=max(3, effort.rounds * 2))
    note = "reads the case, draws the PDF with its list of evidence, asks two evaluators"
    rows = [latency("dossier composed", "1 dossier", found["composing"], target=60, note=note)]
    released = found["stages"].get(_RELEASED)
    if released is not None:
        rows.append(
            Row(name="dossier released", size="1 dossier", value=released * 1000, unit="ms", note="signs, writes the package")
        )
    return rows + packages.measure(effort, say)
