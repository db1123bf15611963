"""The messages of the desk: found in its templates and Python, kept in one .po file for each language.

    .venv/bin/python tools/messages.py            write the .po files anew; translations are kept
    .venv/bin/python tools/messages.py --check    say what is missing, untranslated or obsolete; write nothing

Needs neither the gettext programs nor a configured Django. The files name no line, date, person or machine,
so that they change only when the words do.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import cast

import polib
from babel.messages.extract import extract_python
from django.conf import settings
from django.utils.translation.template import templatize

HOUSE = Path(__file__).resolve().parent.parent
DESK = HOUSE / "src" / "safeconduct" / "desk"
LOCALES = DESK / "locale"

# Source of the rules: Unicode CLDR, as the gettext manual writes them; no rule for fractions is needed here.
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")

_ONE = ("_", "gettext", "gettext_lazy", "gettext_noop")
_COUNTED = ("ngettext", "ngettext_lazy")
_IN_CONTEXT = ("pgettext", "pgettext_lazy")
_COUNTED_IN_CONTEXT = ("npgettext", "npgettext_lazy")
_FUNCTIONS = (*_ONE, *_COUNTED, *_IN_CONTEXT, *_COUNTED_IN_CONTEXT)


@dataclass(frozen=True, order=True)
class Name:
    """What makes two messages one: the same words in the same context."""

    text: str
    context: str


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# Django writes the months of a French date with a capital; what stands in our files takes the place of its own.
OF_DJANGO = {Name(month, "alt. month"): "django/utils/dates.py" for month in _MONTHS}


@dataclass
class Message:
    """One message of the desk, and the files that say it."""

    name: Name
    plural: str = ""
    files: set[str] = field(default_factory=set)

    @property
    def place(self) -> tuple[str, Name]:
        """Where it stands in a .po file: with the others of the first file that says it."""
        return min(self.files), self.name


def said() -> list[Message]:
    """Every message of the desk, in the order of the .po files, and those of Django that are said better here."""
    if not settings.configured:
        settings.configure()
    found = {name: Message(name, files={place}) for name, place in OF_DJANGO.items()}
    for path in sorted([*DESK.rglob("*.html"), *DESK.rglob("*.py")]):
        for message in _said_in(path):
            known = found.setdefault(message.name, message)
            known.plural = known.plural or message.plural
            known.files |= message.files
    return sorted(found.values(), key=lambda message: message.place)


def _said_in(path: Path) -> Iterator[Message]:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # What templatize gives is no program; without its indentation the words in it can still be told apart.
        source = "\n".join(line.lstrip() for line in templatize(source).splitlines())
    place = path.relative_to(HOUSE).as_posix()
    for call in extract_python(BytesIO(source.encode()), dict.fromkeys(_FUNCTIONS), (), {"encoding": "utf-8"}):
        # Babel's declared types name another shape than the one it documents and gives: line, function, words, comments.
        function, words = cast("tuple[str, str | tuple[str | None, ...] | None]", call[1:3])
        message = _message(function, list(words) if isinstance(words, tuple) else [words])
        if message:
            message.files.add(place)
            yield message


def _message(function: str, words: list[str | None]) -> Message | None:
    """The message of one call; None where its words are not written there (a variable)."""
    words = [*words, None, None, None]
    context = words.pop(0) if function in (*_IN_CONTEXT, *_COUNTED_IN_CONTEXT) else ""
    counted = function in (*_COUNTED, *_COUNTED_IN_CONTEXT)
    text, plural = words[0], words[1] if counted else ""
    if not text or context is None or plural is None:
        return None
    return Message(Name(text, context), plural)


def renewed(language: str) -> polib.POFile:
    """The messages of a language as they should be written: all that is said, with the translations there are."""
    kept = {_name(entry): entry for entry in written(language) if not entry.obsolete and not entry.fuzzy}
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    for message in said():
        file.append(_entry(message, kept.get(message.name), forms(language)))
    return file


def _entry(message: Message, kept: polib.POEntry | None, forms: int) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.name.text,
        msgctxt=message.name.context or None,
        occurrences=[(place, "") for place in sorted(message.files)],
        tcomment=kept.tcomment if kept else "",
    )
    if any(found.startswith("%") for found in placeholders(message.name.text + message.plural)):
        entry.flags.append("python-format")
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = {form: kept.msgstr_plural.get(form, "") if kept else "" for form in range(forms)}
    elif kept:
        entry.msgstr = kept.msgstr
    return entry


def problems(language: str) -> list[str]:
    """What is wrong with the file of a language, a line each: nothing when it is complete and true."""
    found = []
    file = written(language)
    wanted = {message.name: message for message in said()}
    there = {_name(entry): entry for entry in file if not entry.obsolete}
    found += [f"missing: {name.text!r}" for name in wanted if name not in there]
    found += [f"obsolete: {entry.msgid!r}" for entry in file if entry.obsolete or _name(entry) not in wanted]
    found += [f"fuzzy: {entry.msgid!r}" for entry in file if entry.fuzzy]
    for name in [name for name in there if name in wanted]:
        found += _problems_of(there[name], wanted[name], forms(language))
    if not found and str(file) != str(renewed(language)):
        found.append("not as the tool writes it: run tools/messages.py")
    return [f"{language}: {problem}" for problem in found]


def _problems_of(entry: polib.POEntry, message: Message, forms: int) -> Iterator[str]:
    texts = [entry.msgstr_plural.get(form, "") for form in range(forms)] if message.plural else [entry.msgstr]
    if (entry.msgid_plural or "") != message.plural or len(entry.msgstr_plural) > forms:
        yield f"other plural: {entry.msgid!r}"
    if not all(texts):
        yield f"untranslated: {entry.msgid!r}"
    # A language may count with one form where English has two: every form carries what the plural carries.
    wanted = placeholders(message.plural or message.name.text)
    for text in filter(None, texts):
        if placeholders(text) != wanted:
            yield f"other placeholders: {entry.msgid!r} and {text!r}"
        if (text[:1].isspace(), text[-1:].isspace()) != (entry.msgid[:1].isspace(), entry.msgid[-1:].isspace()):
            yield f"other space around: {entry.msgid!r}"


def placeholders(text: str) -> list[str]:
    """The places of a message that are filled in later, in no order."""
    return sorted(PLACEHOLDER.findall(text))


def forms(language: str) -> int:
    """How many plural forms a language has."""
    return int(PLURALS[language].partition("=")[2].partition(";")[0])


def written(language: str) -> polib.POFile:
    """The .po file of a language, empty if there is none yet."""
    path = _path(language)
    return polib.pofile(str(path), wrapwidth=0) if path.is_file() else polib.POFile(wrapwidth=0)


def _name(entry: polib.POEntry) -> Name:
    return Name(entry.msgid, entry.msgctxt or "")


def _path(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def main() -> int:
    """Write the files, or with --check say what is wrong with them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when anything is wrong")
    check = parser.parse_args().check
    found = []
    for language in PLURALS:
        if not check:
            file = renewed(language)
            _path(language).parent.mkdir(parents=True, exist_ok=True)
            file.save(str(_path(language)))
        found += problems(language)
    sys.stdout.write("".join(f"{problem}\n" for problem in found))
    return 1 if found and check else 0


if __name__ == "__main__":
    sys.exit(main())
