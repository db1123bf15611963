"""Evidence as it leaves for one authority: covered where somebody covered it, otherwise without its traces."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core.copies import CopyRefused
from safeconduct.core.custody import Purpose
from safeconduct.core.dossier import EvidenceFile
from safeconduct.core.redaction import Wording
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.dossiers.errors import NotReady
from safeconduct.desk.redactions.services import TEXT, Covered, reworded, wording_for
from safeconduct.desk.vault import files, opening
from safeconduct.desk.vault.filetypes import EXTENSIONS
from safeconduct.desk.vault.sections import Section
from safeconduct.desk.viewing.services import Sought, cleaned


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
