"""The dossier as a PDF/A-3a and PDF/UA-1 document, made in memory from the template of this package.

The template is code and the text is data: what users wrote reaches typst as one JSON value and is only
ever shown. Nothing is written to disk, no system font is read, and the same content gives the same bytes.
"""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from importlib import resources
from typing import Any  # A template's input is plain JSON of many shapes.

import typst

from safeconduct.core.dossier.content import Annex, AnnexPage, DossierContent, Inquiry
from safeconduct.core.dossier.evaluations import EvaluationShown
from safeconduct.core.dossier.manifest import Language
from safeconduct.core.dossier.refusals import DossierRefused
from safeconduct.core.dossier.reproducing import MOST_PAGES, abridged
from safeconduct.core.dossier.timeline import drawn

_WIDEST_MM, _TALLEST_MM = 160, 205
"""Of a page of an annex on A4, with its heading."""
_UNSHOWABLE = re.compile(r'the text `"(\\u\{[0-9a-f]+\}|.{1,2})"` could not be displayed')


def render(content: DossierContent, *, proofs: int = 0) -> bytes:
    """The PDF's bytes. `proofs`: how many custody proofs the package will hold, as the list of annexes says.

    Of the annexes `MOST_PAGES` pages are shown at most, and the document says so.

    Raises DossierRefused when typst does not accept the content; the reason holds none of it.
    """
    content = replace(content, annexes=abridged(content.annexes))
    given = json.dumps(_template_input(content, proofs), ensure_ascii=False)
    midnight = datetime.combine(content.day, time(), tzinfo=UTC)
    try:
        return typst.compile(
            _template(),
            format="pdf",
            pdf_standards=["a-3a", "ua-1"],
            ignore_system_fonts=True,
            timestamp=int(midnight.timestamp()),
            sys_inputs={"content": given, **_pictures(content)},
        )
    except typst.TypstError as refused:
        # Typst's own message can quote the text that it could not set; only a single character is passed on.
        character = _UNSHOWABLE.search(refused.message)
        reason = f": no font shows the character {_code_points(character[1])}" if character else ""
        raise DossierRefused(f"the document could not be set{reason}") from None


def _code_points(quoted: str) -> str:
    escaped = re.fullmatch(r"\\u\{([0-9a-f]+)\}", quoted)
    numbers = [int(escaped[1], 16)] if escaped else [ord(each) for each in quoted]
    return " ".join(f"U+{number:04X}" for number in numbers)


@lru_cache(maxsize=1)
def _template() -> bytes:
    return resources.files(__package__).joinpath("templates/dossier.typ").read_bytes()


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath("templates/words.json").read_text(encoding="utf-8")
    words: Mapping[str, Any] = json.loads(text)
    return words


def _template_input(content: DossierContent, proofs: int) -> dict[str, Any]:
    words = _words()[content.language.value]
    names = {each.id: each.name for each in content.organisations}
    outcomes = [words[f"outcome_{shown.outcome.value}"] for shown in content.evaluations]
    return {
        "words": {**words, "reproductions_note": words["reproductions_note"].format(most=MOST_PAGES)},
        "language": content.language.value,
        "title": content.request,
        "reference": content.reference,
        "version": content.version,
        "day": {
            "year": content.day.year,
            "month": content.day.month,
            "day": content.day.day,
            "text": long_date(content.day, content.language),
        },
        "valid_until": long_date(content.valid_until, content.language),
        "organisation": {"name": names[content.organisation]},
        "contact": content.contact,
        "recipient": {"name": content.recipient.name, "address": content.recipient.address},
        "person": {"name": content.person.name, "details": content.person.details},
        "summary": content.summary,
        "chronology": [
            {"when": each.when, "where": each.where, "text": each.text, "basis": each.basis} for each in content.chronology
        ],
        "timeline": drawn(content.chronology),
        "statements": [
            {"title": each.title, "circumstances": each.circumstances, "paragraphs": each.paragraphs}
            for each in content.statements
        ],
        "claims": [{"text": each.text, "standing": each.standing, "evidence": each.evidence} for each in content.claims],
        "evaluations": [_evaluation(each, words, names, content.language) for each in content.evaluations],
        "exclusion": _inquiry(content.exclusion),
        "security": _inquiry(content.security),
        "evidence": [
            {
                "title": each.title,
                "source": each.source,
                "day": each.day,
                "shows": each.shows,
                "path": each.file.path,
                "sha256": each.file.sha256,
                "is_redacted": each.is_redacted,
            }
            for each in content.evidence
        ],
        "annexes": [_annex(each, content, words) for each in content.annexes],
        "consents": content.consents,
        "organisations": [{"name": each.name, "fingerprint": each.key.fingerprint()} for each in content.organisations],
        "proofs": proofs,
        "glance": {
            "evaluations": f"{len(outcomes)} ({', '.join(sorted(set(outcomes)))})",
            "claims": str(len(content.claims)),
            "evidence": str(len(content.evidence)),
        },
    }


def _evaluation(shown: EvaluationShown, words: Mapping[str, Any], names: Mapping[str, str], language: Language) -> dict[str, Any]:
    organisation = names.get(shown.organisation, shown.organisation)
    return {
        "title": f"{shown.alias}, {organisation}",
        "outcome": words[f"outcome_{shown.outcome.value}"],
        "day": long_date(shown.day, language),
        "pack": f"{shown.pack.id}, {words['version'].lower()} {shown.pack.version}",
        "evaluation": shown.evaluation,
        "criteria": [{"name": each.name, "words": each.words, "reasons": each.reasons} for each in shown.criteria],
        "has_reasons": any(each.reasons for each in shown.criteria),
    }


def _annex(annex: Annex, content: DossierContent, words: Mapping[str, Any]) -> dict[str, Any]:
    title, pages = content.evidence[annex.number - 1].title, len(annex.pages)
    alts = [words["annex_alt"].format(number=annex.number, page=page, pages=pages) for page in range(1, pages + 1)]
    keys = [_key(annex, page) for page in range(1, pages + 1)]
    shown = [
        {"key": key, "alt": f"{alt} {title}", "width": round(min(_WIDEST_MM, _TALLEST_MM * page.width / page.height), 1)}
        for key, alt, page in zip(keys, alts, annex.pages, strict=True)
    ]
    return {"number": annex.number, "title": title, "pages": shown, "words": annex.words, "is_cut": annex.is_cut}


def _pictures(content: DossierContent) -> dict[str, str]:
    """The pages of annexes as typst's inputs, which are text: each a drawing that holds nothing but one JPEG."""
    return {_key(annex, number): _drawing(page) for annex in content.annexes for number, page in enumerate(annex.pages, start=1)}


def _key(annex: Annex, page: int) -> str:
    return f"annex-{annex.number}-{page}"


def _drawing(page: AnnexPage) -> str:
    size = f'width="{page.width}" height="{page.height}"'
    data = base64.b64encode(page.content).decode()
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="data:image/jpeg;base64,{data}"/></svg>'


def _inquiry(inquiry: Inquiry) -> dict[str, Any]:
    return {"finding": inquiry.finding, "paragraphs": inquiry.paragraphs, "limits": inquiry.limits}


def long_date(day: date, language: Language) -> str:
    """A day as written in a letter: "22 November 2026", "1er mars 2026", "22 ноября 2026 года"."""
    month = _words()[language.value]["months"][day.month - 1]
    number = "1er" if language is Language.FRENCH and day.day == 1 else str(day.day)
    year = f"{day.year} года" if language is Language.RUSSIAN else str(day.year)
    return f"{number}\u00a0{month} {year}"
