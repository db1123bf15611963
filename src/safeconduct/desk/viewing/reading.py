"""The words of a document, read by machine from its safe copy, and corrected by people; what was read first stays beside it."""

from dataclasses import dataclass
from datetime import date

from safeconduct import wordreader
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.vault import files
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.opening import OpenFile, OpenRecord
from safeconduct.desk.viewing.services import Sought, copy_of

TEXT = "machine-text"
A_PRESS = 3
"""Pages that one press of the button reads: each takes a second or more."""


@dataclass(frozen=True, repr=False)
class PageText:
    """The words of one page."""

    number: int
    read: str
    corrected: str
    """What a person wrote instead; empty where nobody did."""
    alias: str
    on: str

    @property
    def words(self) -> str:
        """What counts now."""
        return self.corrected or self.read


@dataclass(frozen=True, repr=False)
class Text:
    """What was read of a document so far."""

    pages: list[PageText]
    unread: int
    """Pages of its safe copy that were not read yet."""
    engine: str


def text_of(sought: Sought) -> Text:
    """What was read of a document, without reading more. NotGranted where the holder may not read the section."""
    copy = copy_of(sought)
    with sought.open() as file:
        kept = _kept(file, sought)
    return _text(kept, copy.pages)


def read_more(sought: Sought) -> Text:
    """Read the next pages. NothingRead where Tesseract is not there or gives up; nothing is written then."""
    copy = copy_of(sought)
    with sought.open() as file:
        kept, record = _kept(file, sought), file.read(copy.id)
    known = kept.content["pages"] if kept else {}
    engine = wordreader.engine()
    wanted = [number for number in range(1, copy.pages + 1) if str(number) not in known][:A_PRESS]
    # Between two openings: reading takes seconds, and an opening is a transaction.
    words = {str(number): wordreader.words_of(b"".join(files.stream(record.content["pages"][number - 1]))) for number in wanted}
    if not words:
        return _text(kept, copy.pages)
    with sought.open() as file:
        before = _kept(file, sought)
        pages = before.content["pages"] if before else {}
        new = {number: {"read": text, "corrected": "", "alias": "", "on": ""} for number, text in words.items()}
        told = f"{engine.version}, {'+'.join(engine.languages)}" if engine else ""
        content = {"of": sought.reference["file"], "engine": told, "pages": {**new, **pages}}
        file.write(sought.section, TEXT, content, replaces=before)
        return _text(_kept(file, sought), copy.pages)


def correct(sought: Sought, actor: Actor, page: int, words: str, *, today: date) -> None:
    """Keep what a person reads on a page, beside what the machine read. NotGranted where that page was not read."""
    with sought.open() as file:
        before = _kept(file, sought)
        if before is None or str(page) not in before.content["pages"]:
            raise NotGranted("this page was not read")
        pages = before.content["pages"]
        said = {"corrected": words, "alias": actor.member.alias, "on": today.isoformat()}
        content = {**before.content, "pages": {**pages, str(page): {**pages[str(page)], **said}}}
        file.write(sought.section, TEXT, content, replaces=before)


def _kept(file: OpenFile, sought: Sought) -> OpenRecord | None:
    records = file.records(kind=TEXT, section=sought.section)
    return next((record for record in records if record.content["of"] == sought.reference["file"]), None)


def _text(kept: OpenRecord | None, count: int) -> Text:
    if kept is None:
        return Text([], count, "")
    pages = [
        PageText(int(number), said["read"], said["corrected"], said["alias"], said["on"])
        for number, said in sorted(kept.content["pages"].items(), key=lambda each: int(each[0]))
    ]
    return Text(pages, count - len(pages), kept.content["engine"])
