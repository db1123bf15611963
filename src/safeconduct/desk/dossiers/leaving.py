"""Evidence as it leaves for one authority: covered where somebody covered it, otherwise without its traces."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core.copies import CopyRefused, Note, for_print
from safeconduct.core.custody import Purpose
from safeconduct.core.dossier import Annex, AnnexPage, EvidenceFile, shares
from safeconduct.core.redaction import Wording
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.dossiers.errors import NotReady
from safeconduct.desk.redactions.services import TEXT, Covered, reworded, wording_for
from safeconduct.desk.vault import files, opening
from safeconduct.desk.vault.filetypes import EXTENSIONS
from safeconduct.desk.vault.sections import Section
from safeconduct.desk.viewing.services import SafeCopy, Sought, cleaned, copy_of, page_of

_MOST_WORDS = 20_000
"""Characters of a text that are set as an annex: some ten pages."""
# What the document's fonts show; other characters stand in the enclosed file only.
_NOT_SHOWN = re.compile(r"[^\n\t\x20-\x7e\u00a0-\u017f\u0400-\u045f\u0490\u0491\u2010-\u2027\u2030-\u203a\u20ac\u2116]")


@dataclass(frozen=True, repr=False)
class Leaving:
    """A piece of evidence as it leaves."""

    kind: str
    reference: files.Reference
    is_redacted: bool = False
    """Whether something was covered or blacked out in it."""

    def file(self) -> EvidenceFile:
        """For enclosing; the plaintext is streamed each time."""
        extension = EXTENSIONS[self.reference["type"]]
        return EvidenceFile(self.kind.replace("-", ""), extension, lambda: files.stream(self.reference))

    def words(self, number: int) -> Annex:
        """A text as an annex of the document, for reading."""
        words = b"".join(files.stream(self.reference)).decode("utf-8", errors="replace")
        return Annex(number=number, words=_showable(words[:_MOST_WORDS]), is_cut=len(words) > _MOST_WORDS)


def annexes_of(case: Case, actor: Actor, leaving: Sequence[Leaving], *, today: date) -> tuple[Annex, ...]:
    """The annexes of a document: what of the evidence can be read on paper."""

    def opened() -> opening.Opening:
        return opening.opened(case.subject, holder=actor, purpose=Purpose.DOSSIER, today=today)

    sought = [Sought(opened, Section.EVIDENCE, each.reference) for each in leaving]
    copies = [None if each.reference["type"] == TEXT else copy_of(one) for each, one in zip(leaving, sought, strict=True)]
    found = []
    shown = shares([_length(copy) for copy in copies])
    for number, (each, copy, share) in enumerate(zip(leaving, copies, shown, strict=True), start=1):
        if copy is None:
            found.append(each.words(number))
        elif share:
            found.append(_reproduced(number, copy, share, opened))
    return tuple(found)


def _length(copy: SafeCopy | None) -> int:
    return copy.pages if copy else 0


def _reproduced(number: int, copy: SafeCopy, share: int, opened: Callable[[], opening.Opening]) -> Annex:
    """The first pages of a piece, small enough for print and light enough for a document."""
    pages = []
    for page in range(1, share + 1):
        shown = for_print(b"".join(files.stream(page_of(opened(), copy.id, page))))
        pages.append(AnnexPage(shown.content, shown.width, shown.height))
    return Annex(number=number, pages=tuple(pages), is_cut=share < copy.pages or Note.FIRST_PAGES in copy.notes)


def evidence_leaving(case: Case, actor: Actor, records: Sequence[str], audience: str, *, today: date) -> list[Leaving]:
    """The evidence of these records for one authority. NotReady `uncleaned` where one can neither be covered nor cleaned."""

    def opened() -> opening.Opening:
        return opening.opened(case.subject, holder=actor, purpose=Purpose.DOSSIER, today=today)

    with opened() as file:
        items = [(file.read(record).content, Covered.of(file, audience, record)) for record in records]
        wording = wording_for(file, audience)
    found = []
    for item, covered in items:
        sought = Sought(opened, Section.EVIDENCE, item["file"])
        if covered.file is not None:
            found.append(Leaving(item["kind"], covered.file, is_redacted=bool(covered.pages)))
        elif item["file"]["type"] == TEXT and wording:
            found.append(_reworded(item["kind"], sought, wording))
        else:
            found.append(_cleaned(item["kind"], sought))
    return found


def _cleaned(kind: str, sought: Sought) -> Leaving:
    try:
        return Leaving(kind, cleaned(sought))
    except CopyRefused:
        raise NotReady("uncleaned") from None


def _reworded(kind: str, sought: Sought, wording: Wording) -> Leaving:
    content = reworded(sought.reference, wording)
    if content == b"".join(files.stream(sought.reference)):
        return _cleaned(kind, sought)
    with sought.open() as file:
        return Leaving(kind, files.keep(file, content, name="", kind=TEXT), is_redacted=True)


def _showable(words: str) -> str:
    return _NOT_SHOWN.sub("?", words.replace("\r\n", "\n").replace("█", "[—]"))
