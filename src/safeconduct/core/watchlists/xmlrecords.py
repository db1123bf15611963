"""XML record by record, in bounded memory, with the line of everything.

expat of the standard library: a document type declaration is refused where it stands, so that no entity is ever defined,
expanded or fetched.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from safeconduct.core.watchlists.errors import ListRefused
from safeconduct.core.watchlists.source import Source, clean

LARGEST_RECORD_PARTS = 50_000
LARGEST_TEXT = 1_000_000
DEEPEST = 40
_CHUNK = 1 << 16


@dataclass(slots=True)
class Element:
    """One element with everything in it."""

    name: str
    """Without its namespace."""
    line: int
    attributes: dict[str, str]
    children: "list[Element]" = field(default_factory=list)
    text: str = ""

    def all(self, *path: str) -> "Iterator[Element]":
        """Every element at the end of a path of names."""
        for child in self.children:
            if child.name == path[0]:
                if len(path) == 1:
                    yield child
                else:
                    yield from child.all(*path[1:])

    def text_of(self, *path: str) -> str:
        """The text of the first element at the end of a path, cleaned; empty where there is none."""
        found = next(self.all(*path), None)
        return clean(found.text) if found else ""


def records(source: Source, names: Collection[str]) -> Iterator[Element]:
    """Each outermost element of one of these names when it is whole, and the root, empty, as soon as it begins.

    ListRefused for what is not XML, ends early, declares a document type, or has a record larger than any list's.
    """
    builder = _Builder(source, frozenset(names))
    while chunk := source.stream.read(_CHUNK):
        builder.feed(chunk, last=False)
        yield from builder.taken()
    builder.feed(b"", last=True)
    yield from builder.taken()


class _Builder:
    def __init__(self, source: Source, names: frozenset[str]) -> None:
        self._source = source
        self._names = names
        self._path: list[Element] = []
        self._depth = 0
        self._parts = 0
        self._letters = 0
        self._done: list[Element] = []
        parser = self._parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters

    def feed(self, chunk: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as refused:
            early = last or "unclosed" in str(refused) or "no element" in str(refused)
            what = "the file ends before the list does" if early else "this is not XML: " + expat.ErrorString(refused.code)
            raise self._source.refused(refused.lineno, what) from None
        except (LookupError, ValueError):
            raise self._source.refused(1, "the encoding that the file declares is not one we know") from None

    def taken(self) -> list[Element]:
        done, self._done = self._done, []
        return done

    def _refused(self, what: str) -> ListRefused:
        return self._source.refused(self._parser.CurrentLineNumber, what)

    def _doctype(self, *_: object) -> None:
        raise self._refused("the file declares a document type, which no list does; nothing of it was read")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._refused("elements stand deeper in one another than in any list")
        local = name.rpartition(" ")[2]
        element = Element(local, self._parser.CurrentLineNumber, {key.rpartition(" ")[2]: attributes[key] for key in attributes})
        if self._depth == 1 and local not in self._names:
            self._done.append(element)
        if self._path:
            self._parts += 1
            if self._parts > LARGEST_RECORD_PARTS:
                raise self._refused("one entry has more parts than in any list")
            self._path[-1].children.append(element)
            self._path.append(element)
        elif local in self._names:
            self._parts = self._letters = 0
            self._path.append(element)

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._path:
            element = self._path.pop()
            if not self._path:
                self._done.append(element)

    def _characters(self, text: str) -> None:
        if self._path:
            self._letters += len(text)
            if self._letters > LARGEST_TEXT:
                raise self._refused("one entry has more text than in any list")
            self._path[-1].text += text
