"""`forms`: import an XLSForm as a questionnaire, or write one as an XLSForm."""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from safeconduct import packs
from safeconduct.core.errors import UnreadableInput
from safeconduct.core.xlsforms import (
    FormRefused,
    Problem,
    Reading,
    content_of,
    digest_of,
    pack_id,
    read_form,
    text_of_pack,
)
from safeconduct.core.xlsforms.workbooks import LARGEST_FILE_BYTES

_REFUSED = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which file."""
    commands = parser.add_subparsers(dest="command", required=True, metavar="import | export")
    take = commands.add_parser("import", help="XLSForm -> questionnaire pack; every cell that is not supported is named")
    take.add_argument("file", type=Path, metavar="FILE", help=".xlsx or .xls workbook")
    take.add_argument("--check", action="store_true", help="only say what would be made; write nothing")
    take.add_argument("--json", action="store_true", help="the outcome for a machine")
    take.add_argument("--out", type=Path, metavar="FILE", help="write the pack there instead of into the desk's home")
    give = commands.add_parser("export", help="questionnaire pack -> XLSForm")
    give.add_argument("pack", metavar="PACK", help="name of a pack, such as request-v1 or form-intake-v1")
    give.add_argument("--out", type=Path, required=True, metavar="FILE", help="the .xlsx workbook to write")


def run(arguments: argparse.Namespace) -> int:
    """Exit 0 when it was done, 2 for a form that cannot be taken, with each reason."""
    if arguments.command == "export":
        return _export(arguments.pack, arguments.out)
    try:
        reading = read_form(_content(arguments.file), otherwise=arguments.file.stem)
        name, text, is_new = _pack(reading, arguments.out)
    except FormRefused as refused:
        _say_refused(refused.problems, as_json=arguments.json)
        return _REFUSED
    if is_new and not arguments.check:
        _write(arguments.out or packs.imported_folder() / f"{name}.yaml", text)
    _say_made(reading, name, arguments, is_new=is_new)
    return 0


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST_FILE_BYTES + 1)
    except OSError as problem:
        raise UnreadableInput(f"forms: {path.name}: {problem.strerror}") from None


def _pack(reading: Reading, out: Path | None) -> tuple[str, bytes, bool]:
    """The name and the text of the pack, and whether it is new: an unchanged form keeps the version that it has."""
    id_ = pack_id(reading.form)
    kept = (
        {}
        if out
        else {packs.form(name).stamp.version: packs.form(name) for name in packs.imported_names() if _is_version(name, id_)}
    )
    latest = max(kept, default=0)
    if latest:
        same = content_of(reading.form, version=latest)
        if digest_of(same) == kept[latest].stamp.digest:
            return f"{id_}-v{latest}", text_of_pack(same), False
    content = content_of(reading.form, version=latest + 1)
    return f"{id_}-v{latest + 1}", text_of_pack(content), True


def _is_version(name: str, id_: str) -> bool:
    start, _, version = name.rpartition("-v")
    return start == id_ and version.isdigit()


def _write(path: Path, content: bytes) -> None:
    """All of it or nothing: written beside its place, then moved there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as problem:
        raise UnreadableInput(f"forms: {path}: {problem.strerror}; nothing was written") from None


def _say_refused(problems: Sequence[Problem], *, as_json: bool) -> None:
    if as_json:
        found = {
            "ok": False,
            "pack": None,
            "questions": 0,
            "languages": [],
            "problems": [_value(each) for each in problems],
            "notices": [],
        }
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for each in problems:
        shown = f" [{' '.join(each.value.split())}]" if each.value else ""
        print(f"{each.line()}{shown}", file=sys.stderr)
    print(f"safeconduct: forms: {len(problems)} things stand in the way; nothing was written", file=sys.stderr)


def _say_made(reading: Reading, name: str, arguments: argparse.Namespace, *, is_new: bool) -> None:
    form = reading.form
    asked = sum(question.kind.is_asked for question in form.questions())
    languages = list(form.languages) or [form.default_language or "default"]
    if arguments.json:
        found = {"ok": True, "pack": name, "questions": asked, "languages": languages, "problems": []}
        print(json.dumps({**found, "notices": [_value(each) for each in reading.notices]}, ensure_ascii=False, indent=1))
        return
    for each in reading.notices:
        print(f"note: {each.line()}")
    done = "would be made" if arguments.check and is_new else "made" if is_new else "is already there, unchanged"
    print(f"{name}: {done}; {asked} questions, languages: {', '.join(languages)}")


def _value(problem: Problem) -> dict[str, str | int]:
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "cell": f"{problem.sheet}!{problem.cell}" if problem.cell else "",
        "what": problem.what,
        "value": problem.value,
    }


def _export(name: str, out: Path) -> int:
    from safeconduct.core.xlsforms.export import export_form
    from safeconduct.core.xlsforms.from_questionnaire import form_of_questionnaire

    form = packs.form(name).form if name in packs.imported_names() else form_of_questionnaire(packs.questionnaire(name))
    _write(out, export_form(form))
    print(f"{name}: written to {out.name}; {sum(question.kind.is_asked for question in form.questions())} questions")
    return 0
