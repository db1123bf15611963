"""What stands in an export: texts, lists and JSON of what the approver can read, without any key."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any  # records are JSON of many shapes

from django.utils.translation import get_language, gettext

from safeconduct.core.packtext import PackStamp
from safeconduct.core.spreadsheets import Table, write_csv, write_xlsx
from safeconduct.desk.cases.models import Case
from safeconduct.desk.cases.words import section_choices
from safeconduct.desk.concerns import canaries
from safeconduct.desk.exports.marks import marked, shown
from safeconduct.desk.vault.filetypes import EXTENSIONS
from safeconduct.desk.vault.opening import OpenFile, OpenRecord
from safeconduct.desk.web.answers import told
from safeconduct.packs import questionnaire_of

KINDS = ("card", "consents", "interview", "evidence")
"""Records that leave; evaluations and dossiers have ways of their own."""


@dataclass(frozen=True, repr=False)
class Told:
    """Everything of a case that an export can say."""

    reference: str
    records: Sequence[OpenRecord]

    @classmethod
    def of(cls, case: Case, file: OpenFile) -> "Told":
        """What can be read of an open case."""
        return cls(case.reference, [record for kind in KINDS for record in file.records(kind=kind)])

    def evidence(self) -> list[OpenRecord]:
        """Pieces of evidence, oldest first; canaries stay where they are."""
        found = [record for record in self.records if record.kind == "evidence"]
        kept_back = canaries.among(record.id for record in found)
        return [record for record in found if record.id not in kept_back]

    def text(self, mark: str) -> bytes:
        """The case as a text to read."""
        lines = [self.reference, ""]
        for title, rows in self._tables().items():
            lines += [title, "=" * len(title), ""]
            for row in rows[1:]:
                lines += [*(cell for cell in row if cell), ""]
        return marked("\n".join(lines), mark).encode()

    def lists(self, mark: str) -> Iterator[tuple[str, bytes]]:
        """The same as lists: one workbook, and a CSV file each."""
        tables = {name: [*rows, ["", shown(mark)]] for name, rows in self._tables().items()}
        yield "lists.xlsx", write_xlsx(tables)
        for number, table in enumerate(tables.values(), start=1):
            yield f"list-{number}.csv", write_csv(table)

    def json(self, mark: str) -> bytes:
        """The records as they are kept, for machines."""
        records = [
            {
                "kind": each.kind,
                "section": each.section.value,
                "day": each.day.isoformat(),
                "content": _without_keys(each.content),
            }
            for each in self.records
        ]
        content = {"v": 1, "kind": "case-export", "reference": self.reference, "mark": shown(mark), "records": records}
        return json.dumps(content, ensure_ascii=False, indent=1).encode()

    def _tables(self) -> dict[str, Table]:
        return {gettext("Answers"): self._answers(), gettext("Evidence"): self._evidence(), gettext("Consents"): self._consents()}

    def _answers(self) -> Table:
        language, sections = get_language() or "en", dict(section_choices())
        rows = [[gettext("Section"), gettext("Question"), gettext("Answer")]]
        for record in self.records:
            if record.kind == "interview":
                pack = questionnaire_of(PackStamp.from_value(record.content["pack"]))
                for line in told(pack, record.content["answers"], language):
                    said = "; ".join(f"{label}: {text}" if label else text for label, text in line.lines)
                    rows.append([sections.get(record.section.value, ""), line.ask, said])
        return rows

    def _evidence(self) -> Table:
        rows = [[gettext("Title"), gettext("Source"), gettext("Date it bears"), gettext("Shows"), gettext("File"), "SHA-256"]]
        for number, record in enumerate(self.evidence(), start=1):
            item = record.content
            rows.append(
                [item["title"], item["source"], item["dated"], item["shows"], original_name(number, item), item["file"]["sha256"]]
            )
        return rows

    def _consents(self) -> Table:
        rows = [[gettext("Purpose"), gettext("Given"), gettext("Recipients")]]
        newest = next((record for record in reversed(self.records) if record.kind == "consents"), None)
        for purpose, said in (newest.content["purposes"] if newest else {}).items():
            rows.append([purpose, gettext("yes") if said["given"] else gettext("no"), ", ".join(said["recipients"])])
        return rows


def original_name(number: int, item: dict[str, Any]) -> str:
    """What an original is called: a number and its kind."""
    return f"originals/{number:03}-{item['kind']}.{EXTENSIONS[item['file']['type']]}"


def _without_keys(value: Any) -> Any:
    """Records hold the keys of their files; these stay."""
    if isinstance(value, dict):
        held = {name for name in ("file", "key") if isinstance(value.get("key"), str) and isinstance(value.get("file"), str)}
        return {name: _without_keys(each) for name, each in value.items() if name not in held}
    return [_without_keys(each) for each in value] if isinstance(value, list) else value
