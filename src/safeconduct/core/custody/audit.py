"""Reading a whole log against its checkpoints and naming whatever does not fit (spec section 7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from safeconduct.core.custody.checkpoints import Checkpoint, open_checkpoint, origin_of
from safeconduct.core.custody.entries import Entry
from safeconduct.core.custody.frontier import Frontier
from safeconduct.core.custody.notes import NoteKey
from safeconduct.core.custody.refusals import CustodyRefused
from safeconduct.core.custody.tree import leaf_hash
from safeconduct.core.errors import SafeconductError


class Trouble(StrEnum):
    """What is wrong with a row or a checkpoint."""

    UNREADABLE = "unreadable"
    """The row is not an entry: edited by hand."""
    FOREIGN = "foreign"
    """The row is an entry of another organisation's log."""
    EDITED = "edited"
    """The row's bytes do not give the leaf hash that was kept beside them."""
    DROPPED = "dropped"
    """Rows are missing here: positions skip, or the last checkpoint saw more rows than there are."""
    REORDERED = "reordered"
    """The row stands at another position than the one written inside it."""
    REPLACED = "replaced"
    """Each row reads well, but together they do not give the root that was signed."""
    UNSIGNED = "unsigned"
    """The checkpoint is not a signed note of this log."""
    FORKED = "forked"
    """Two signed checkpoints of one size disagree."""


class LogBroken(SafeconductError):
    """The log does not fit its checkpoints."""


@dataclass(frozen=True, slots=True)
class Row:
    """One stored row: where it stands, its bytes, and its leaf hash where the store keeps one beside it."""

    position: int
    body: bytes
    leaf: bytes | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where."""

    trouble: Trouble
    first: int
    """Position of the first row concerned; for UNSIGNED and FORKED the number of the checkpoint, from 0."""
    last: int
    """Position of the last row concerned (inclusive)."""
    reason: str

    def line(self) -> str:
        """One line for a terminal."""
        if self.trouble in (Trouble.UNSIGNED, Trouble.FORKED):
            return f"checkpoint {self.first}: {self.trouble}: {self.reason}"
        where = f"row {self.first}" if self.first == self.last else f"rows {self.first} to {self.last}"
        return f"{where}: {self.trouble}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Findings:
    """What an audit read, and every problem in the order found."""

    rows: int
    checkpoints: int
    covered: int
    """How many rows the largest checkpoint that fits covers; later rows are not yet signed for."""
    problems: tuple[Problem, ...]

    def __bool__(self) -> bool:
        raise TypeError("ask for problems or call require_whole")

    def require_whole(self) -> None:
        """Raise LogBroken, naming the first problem, when there is any."""
        if self.problems:
            raise LogBroken(f"{len(self.problems)} problem(s); {self.problems[0].line()}")


def audit(rows: Iterable[Row], checkpoints: Sequence[bytes], *, organisation: str, keys: Sequence[NoteKey]) -> Findings:
    """Compare every row, in order, with the entries' own indices and with every signed checkpoint.

    Reads the rows once and keeps none. A row rewritten together with its kept leaf hash can only be
    placed between two checkpoints; the range is then named.
    """
    problems: list[Problem] = []
    signed = _signed_checkpoints(checkpoints, organisation, keys, problems)
    reading = _Reading(organisation, {checkpoint.size for checkpoint in signed}, problems)
    for row in rows:
        reading.take(row)
    covered = _compare(signed, reading, problems)
    return Findings(reading.count, len(checkpoints), covered, tuple(problems))


class _Reading:
    """One pass over the rows: problems of single rows, and the roots at the sizes that were signed."""

    def __init__(self, organisation: str, sizes: set[int], problems: list[Problem]) -> None:
        self.count = 0
        self.roots: dict[int, bytes] = {}
        self._organisation = organisation
        self._sizes = sizes
        self._problems = problems
        self._expected = 0
        self._frontier = Frontier()
        self._keep_root()

    def take(self, row: Row) -> None:
        """Account for the next stored row."""
        if row.position > self._expected:
            self._name(Trouble.DROPPED, self._expected, row.position - 1, "no row is stored at this position")
        elif row.position < self._expected:
            self._name(Trouble.REORDERED, row.position, row.position, "stored after a later position")
        self._expected = max(self._expected, row.position + 1)
        self.count += 1
        self._read(row)
        self._frontier = self._frontier.append(leaf_hash(row.body))
        self._keep_root()

    def _read(self, row: Row) -> None:
        here = row.position
        if row.leaf is not None and leaf_hash(row.body) != row.leaf:
            self._name(Trouble.EDITED, here, here, "its bytes do not give the leaf hash kept with it")
        try:
            entry = Entry.decode(row.body)
        except CustodyRefused as refused:
            self._name(Trouble.UNREADABLE, here, here, str(refused))
            return
        if entry.organisation != self._organisation:
            self._name(Trouble.FOREIGN, here, here, "written for another log")
        elif entry.index != here:
            self._name(Trouble.REORDERED, here, here, f"written for position {entry.index}")

    def _keep_root(self) -> None:
        if self._frontier.size in self._sizes:
            self.roots[self._frontier.size] = self._frontier.root()

    def _name(self, trouble: Trouble, first: int, last: int, reason: str) -> None:
        self._problems.append(Problem(trouble, first, last, reason))


def _signed_checkpoints(
    notes: Sequence[bytes], organisation: str, keys: Sequence[NoteKey], problems: list[Problem]
) -> list[Checkpoint]:
    """The checkpoints that are signed and of this log, smallest first; the others become problems."""
    by_size: dict[int, Checkpoint] = {}
    for number, note in enumerate(notes):
        try:
            checkpoint = open_checkpoint(note, origin=origin_of(organisation), keys=keys)
        except CustodyRefused as refused:
            problems.append(Problem(Trouble.UNSIGNED, number, number, str(refused)))
            continue
        known = by_size.setdefault(checkpoint.size, checkpoint)
        if known.root != checkpoint.root:
            reason = f"another root was signed for the same {checkpoint.size} rows"
            problems.append(Problem(Trouble.FORKED, number, number, reason))
    return [by_size[size] for size in sorted(by_size)]


def _compare(signed: Sequence[Checkpoint], reading: _Reading, problems: list[Problem]) -> int:
    """Name the first range whose root does not fit; the size of the last checkpoint that fits."""
    fits = 0
    for checkpoint in signed:
        if checkpoint.size not in reading.roots:
            last = checkpoint.size - 1
            reason = f"the checkpoint saw {checkpoint.size} rows, {reading.count} are stored"
            problems.append(Problem(Trouble.DROPPED, reading.count, last, reason))
            return fits
        if reading.roots[checkpoint.size] != checkpoint.root:
            # Later roots cannot fit either, so only the first range tells anything.
            reason = f"these rows do not give the root signed for {checkpoint.size}; before them {fits} fit"
            problems.append(Problem(Trouble.REPLACED, fits, checkpoint.size - 1, reason))
            return fits
        fits = checkpoint.size
    return fits
