"""Where each item of a form stands: by path, by name, inside which repeats; and in which order values are computed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from safeconduct.core.xlsforms.evaluator import question_of_choice_name
from safeconduct.core.xlsforms.expressions import Call, Expression, Path, Reference, nodes
from safeconduct.core.xlsforms.form import Group, Item, Question


@dataclass(frozen=True)
class Entry:
    """One item of the form in its place."""

    index: int
    """Counted from 0 in the order of the form."""
    item: Item
    path: tuple[str, ...]
    parent: int | None
    repeats: tuple[int, ...]
    """The repeats around it, outermost first, by index."""

    @property
    def key(self) -> str:
        """The path as one word."""
        return ".".join(self.path)


class Structure:
    """The items of a form as a list, with the ways between them."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.entries: list[Entry] = []
        self._children: dict[tuple[int | None, str], int] = {}
        self._named: dict[str, list[int]] = {}
        self._inside: dict[int | None, list[Entry]] = {}
        self._place(items, None, (), ())

    def _place(self, items: Sequence[Item], parent: int | None, path: tuple[str, ...], repeats: tuple[int, ...]) -> None:
        for item in items:
            index = len(self.entries)
            self.entries.append(Entry(index, item, (*path, item.name), parent, repeats))
            self._inside.setdefault(parent, []).append(self.entries[index])
            self._children.setdefault((parent, item.name), index)
            self._named.setdefault(item.name, []).append(index)
            if isinstance(item, Group):
                inside = (*repeats, index) if item.repeats else repeats
                self._place(item.items, index, (*path, item.name), inside)

    def inside(self, parent: int | None) -> Sequence[Entry]:
        """The items that stand directly in a group, or in the form itself for None."""
        return self._inside.get(parent, ())

    def named(self, name: str) -> Sequence[Entry]:
        """The items of that name: one, none, or several that no reference can tell apart."""
        return [self.entries[index] for index in self._named.get(name, ())]

    def id_of(self, entry: Entry) -> str:
        """The word by which answers name the item: its name, or its path where the name stands more than once."""
        return entry.item.name if len(self._named[entry.item.name]) == 1 else entry.key

    def found(self, way: Reference | Path, origin: Entry) -> Entry | None:
        """The item to which a way leads from where it stands; None where it leads nowhere or to the form itself."""
        if isinstance(way, Reference):
            named = self._named.get(way.name, ())
            return self.entries[named[0]] if named else None
        names = way.names[1:] if way.up is None else way.names
        at: int | None = None if way.up is None else origin.index
        for _ in range(way.up or 0):
            if at is None:
                return None
            at = self.entries[at].parent
        for name in names:
            at = self._children.get((at, name))
            if at is None:
                return None
        return None if at is None else self.entries[at]

    def group(self, index: int) -> Group:
        """The group of that index."""
        item = self.entries[index].item
        assert isinstance(item, Group), "only groups are asked for by index"
        return item

    def waits_for(self, entry: Entry) -> frozenset[int]:
        """The items whose values must be known before this one's value."""
        wanted = {found.index for way in _ways(entry.item) if (found := self.found(way, entry)) is not None}
        if isinstance(entry.item, Question) and entry.item.trigger:
            wanted |= {each.index for each in self.named(entry.item.trigger)[:1]}
        if entry.parent is not None:
            wanted.add(entry.parent)
        # A calculation may look at its own stored answer.
        return frozenset(wanted - {entry.index}) if not self._asks_itself(entry) else frozenset(wanted)

    def _asks_itself(self, entry: Entry) -> bool:
        return any(self.found(way, entry) is entry for way in _ways(entry.item) if isinstance(way, Reference))

    @cached_property
    def order(self) -> tuple[Sequence[Entry], Sequence[Entry]]:
        """All items, each after those it waits for; and those that wait for one another in a circle."""
        waits = {entry.index: set(self.waits_for(entry)) for entry in self.entries}
        waiting_for: dict[int, list[int]] = {}
        for index, wanted in waits.items():
            for each in wanted:
                waiting_for.setdefault(each, []).append(index)
        ready = sorted((index for index, wanted in waits.items() if not wanted), reverse=True)
        ordered: list[Entry] = []
        while ready:
            index = ready.pop()
            ordered.append(self.entries[index])
            for each in waiting_for.get(index, ()):
                waits[each].discard(index)
                if not waits[each]:
                    ready.append(each)
        done = {entry.index for entry in ordered}
        left = [entry for entry in self.entries if entry.index not in done]
        return ordered, _in_circles(left, {index: frozenset(wanted) for index, wanted in waits.items()})


def _in_circles(left: Sequence[Entry], waits: Mapping[int, frozenset[int]]) -> Sequence[Entry]:
    """Of the items that could not be ordered, those in a circle, without those that only wait for one."""
    inside = {entry.index for entry in left}
    while True:
        # What nobody inside waits for stands behind a circle and not in it.
        wanted = {each for index in inside for each in waits[index]}
        behind = inside - wanted
        if not behind:
            return [entry for entry in left if entry.index in inside]
        inside -= behind


def ways(expression: Expression) -> Iterator[Reference | Path]:
    """Every way to another item in an expression, that of jr:choice-name among them."""
    for each in nodes(expression.tree):
        if isinstance(each, Reference | Path):
            yield each
        elif isinstance(each, Call) and each.function == "jr:choice-name" and len(each.arguments) == 2:
            name = question_of_choice_name(each.arguments[1])
            if name is not None:
                yield Reference(name)


def _ways(item: Item) -> Iterator[Reference | Path]:
    """The ways in everything that decides about an item's value."""
    more = (item.count,) if isinstance(item, Group) else (item.calculation, item.first_value)
    deciding: tuple[Expression | None, ...] = (item.relevant, *more)
    for expression in deciding:
        if expression is not None:
            yield from ways(expression)
