"""`bench`: how fast things are, beside what they are compared with and what was set out to be reached."""

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from safeconduct.bench import BENCHMARKS, FULL, QUICK, SHARES, Row, Say, measure, processes

_HEADINGS = ("what", "size", "value", "unit", "p95", "of raw", "target", "")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which benchmarks, how thoroughly, and where to."""
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(BENCHMARKS)} (default: all)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the rows as JSON")
    parser.add_argument("--quick", action="store_true", help="fewer repeats and smaller sizes, for a look in between")
    parser.add_argument("--burst", type=int, metavar="N", help="how many requests eight clients send (1,000; --quick: 100)")


def run(arguments: argparse.Namespace) -> int:
    """Measure and show."""
    unknown = [name for name in arguments.names if name not in BENCHMARKS]
    if unknown:
        sys.stderr.write(f"safeconduct: bench: there is no {unknown[0]!r}; there are: {', '.join(BENCHMARKS)}\n")
        return 2
    effort = QUICK if arguments.quick else FULL
    if arguments.burst:
        effort = dataclasses.replace(effort, burst=arguments.burst)
    processor, say = processes.pin(), _progress()
    neighbours = processes.Neighbours(processor) if processor is not None else None
    found = {name: measure(name, effort, say) for name in arguments.names or BENCHMARKS}
    say("")
    where = f"driver and server share processor {processor}" if processor is not None else "not pinned to one processor"
    others = f"; other programs used {neighbours.share():.0%} of it" if neighbours else ""
    print(f"Medians; {where}{others}.")
    for name, rows in found.items():
        print(f"\n{name}\n{table(rows)}")
    if arguments.json:
        arguments.json.write_text(json.dumps({name: [_plain(row) for row in rows] for name, rows in found.items()}, indent=1))
    return 0


def table(rows: Sequence[Row]) -> str:
    """The rows as a table of text."""
    cells = [_HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_HEADINGS))]
    right = {2, 4, 5, 6}
    lines = [
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]
    return "\n".join(f"  {line}" for line in lines)


def _cells(row: Row) -> tuple[str, ...]:
    verdict = {True: "reached", False: "MISSED", None: ""}[row.is_met]
    target = (
        "" if row.target is None else f"{'≥' if row.unit.endswith('/s') or row.unit in SHARES else '≤'} {_number(row.target)}"
    )
    return (
        row.name,
        row.size,
        _number(row.value),
        row.unit,
        "" if row.p95 is None else _number(row.p95),
        "" if row.ratio is None else f"{row.ratio:.2f}",
        target,
        verdict,
    )


def _number(value: float) -> str:
    if value == int(value) and abs(value) < 1e6:
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def _plain(row: Row) -> dict[str, object]:
    return {**dataclasses.asdict(row), "is_met": row.is_met}


def _progress() -> Say:
    """One line that is written over on a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        return lambda doing: None

    def say(doing: str) -> None:
        sys.stderr.write(f"\r\x1b[2K{doing}")
        sys.stderr.flush()

    return say
