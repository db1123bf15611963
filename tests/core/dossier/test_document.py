"""The document: readable, tagged, archival, the same bytes each time, and deaf to what users write into it."""

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any  # pypdf's objects are of many kinds

import pikepdf
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from safeconduct.core.dossier import (
    MOST_PAGES,
    Annex,
    AnnexPage,
    DossierContent,
    DossierRefused,
    Inquiry,
    Language,
    Person,
    long_date,
    render,
)
from tests.core.dossier import parts

CONTENT = parts.content()
PDF = render(CONTENT, proofs=3)
NBSP = "\u00a0"


def reader(pdf: bytes = PDF) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes = PDF) -> str:
    pages = "\n".join(page.extract_text() for page in reader(pdf).pages)
    return re.sub(r"\s+", " ", pages.replace("\u200b", "").replace("\u2010\n", "").replace("\u00ad", ""))


def test_what_was_given_is_in_the_document() -> None:
    text = text_of()
    for expected in [
        "Demande de visa au titre de l’asile",
        "STL-7K3M",
        "Ilya Sorokine",
        "Ministère de l’Intérieur, Direction de l’asile",
        "région de Rostov",
        "Évaluateur Benedikt, Maison du Port",
        "Convocation datée, forme et bureau vérifiés.",
        "Aucun indice après examen",
        "Liste des pièces",
        "Limites de l’examen",
        "Confidentiel".upper(),
    ]:
        assert expected in text, expected


def test_every_piece_of_evidence_is_listed_with_its_digest() -> None:
    text = text_of().replace(" ", "")
    for shown in CONTENT.evidence:
        assert shown.file.sha256 in text
        assert shown.file.path in text


def test_the_fingerprints_of_the_organisations_are_printed() -> None:
    text = text_of().replace(" ", "")
    assert all(each.key.fingerprint() in text for each in CONTENT.organisations)


def without_reasons() -> DossierContent:
    """As when the person did not agree to the evaluators' reasons being shown."""
    shown = tuple(
        replace(each, criteria=tuple(replace(criterion, reasons="") for criterion in each.criteria))
        for each in CONTENT.evaluations
    )
    return replace(CONTENT, evaluations=shown)


def test_ratings_are_words_and_there_is_no_total() -> None:
    text = text_of()
    assert "Preuve de l’appel Probable" in text
    assert "Établi" in text_of(render(without_reasons()))
    assert "il n’existe ni total ni note de la personne" in text


def test_the_document_says_what_it_is() -> None:
    document = reader()
    assert document.metadata is not None
    assert document.metadata.title == CONTENT.request
    assert document.metadata.author == "Ligne des Steppes"
    root: Any = document.root_object
    assert root["/Lang"] == "fr"
    assert bool(root["/MarkInfo"]["/Marked"])
    assert "/StructTreeRoot" in root
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfaid:part>3<", metadata)
    assert re.search(r"pdfaid:conformance>A<", metadata)
    assert re.search(r"pdfuaid:part>1<", metadata)


def test_no_script_form_or_outside_reference_is_in_the_document() -> None:
    for mark in [b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/AcroForm", b"/EmbeddedFile"]:
        assert mark not in PDF


def test_every_font_is_embedded() -> None:
    pages: list[Any] = list(reader().pages)
    fonts = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_headings_are_bookmarks() -> None:
    assert len([item for item in reader().outline if not isinstance(item, list)]) == 12


def illustrated() -> DossierContent:
    """With a drawn chronology, a piece of two pages and a piece of words."""
    picture = io.BytesIO()
    Image.new("RGB", (124, 175), "white").save(picture, "JPEG")
    page = AnnexPage(picture.getvalue(), 124, 175)
    annexes = (Annex(number=1, pages=(page, page), is_cut=True), Annex(number=2, words="Premier\n\nSecond alinéa"))
    days = [date(2022, 3, 2), date(2022, 9, 28), date(2022, 10, 5), date(2023, 2, 3), date(2023, 3, 11)]
    chronology = [replace(event, span=(day, day)) for event, day in zip(CONTENT.chronology, days, strict=True)]
    return replace(CONTENT, annexes=annexes, chronology=tuple(chronology))


@pytest.mark.parametrize("language", list(Language))
def test_drawings_have_an_alternative_in_words(language: Language) -> None:
    pdf = render(replace(illustrated(), language=language), proofs=3)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        figures = [each for each in document.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"]
        alternatives = [str(each.Alt) for each in figures]
        pictures = [each for each in document.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]
    assert len(alternatives) == 3
    assert any("2022" in each and "5" in each for each in alternatives)
    assert {each.get("/Filter") for each in pictures} == {"/DCTDecode"}
    assert "Second alinéa" in text_of(pdf)
    assert len(reader(pdf).pages) > len(reader().pages) + 2


@pytest.mark.parametrize(
    ("language", "said"),
    [(Language.ENGLISH, "150 pages in all"), (Language.FRENCH, "150 au plus en tout"), (Language.RUSSIAN, "не более 150")],
)
def test_no_more_than_so_many_pages_are_reproduced_and_the_document_says_so(language: Language, said: str) -> None:
    few = illustrated()
    page = few.annexes[0].pages[0]
    many = replace(few, language=language, annexes=(Annex(number=1, pages=(page,) * (MOST_PAGES + 20)),))
    pdf = render(many, proofs=3)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        figures = [each for each in document.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"]
    assert MOST_PAGES <= len(figures) <= MOST_PAGES + 1
    assert said in text_of(pdf)


def test_the_same_content_gives_the_same_bytes() -> None:
    assert render(CONTENT, proofs=3) == PDF
    assert render(replace(CONTENT, version=3), proofs=3) != PDF


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (Language.ENGLISH, ["Independent evaluations", "List of evidence", "22 November 2026", "Recommended", "Page 1 of"]),
        (Language.FRENCH, ["Évaluations indépendantes", "Liste des pièces", "22 novembre 2026", "Recommandé", "Page 1 sur"]),
        (
            Language.RUSSIAN,
            ["Независимые оценки", "Список доказательств", "22 ноября 2026 года", "Рекомендовано", "Страница 1 из"],
        ),
    ],
)
def test_the_document_speaks_its_language(language: Language, expected: Sequence[str]) -> None:
    pdf = render(replace(CONTENT, language=language), proofs=3)
    text = text_of(pdf).replace(NBSP, " ")
    root: Any = reader(pdf).root_object
    assert root["/Lang"] == language.value
    assert all(each in text for each in expected)


def test_a_document_with_nothing_in_its_lists_is_set() -> None:
    nothing = Inquiry(finding="—", paragraphs=(), limits=())
    bare = replace(
        CONTENT,
        summary=(),
        chronology=(),
        statements=(),
        claims=(),
        evidence=(),
        consents=(),
        contact=(),
        person=Person(name="X"),
        exclusion=nothing,
        security=nothing,
        evaluations=tuple(replace(each, criteria=()) for each in CONTENT.evaluations),
    )
    text = text_of(render(bare))
    assert "Néant." in text
    assert "cela ne vaut pas constat d’exhaustivité" in text


HOSTILE = [
    '#panic("evaluated")',
    '#import "@preview/example:0.1.0": *',
    '#read("/etc/passwd")',
    "$ integral_0^1 $ *bold* _emphasis_ `raw` <label> @reference = heading",
    "\\u{1F600} \\ // comment /* open",
    "]} #{ [",
    '{"words": {}}',
    "‮reversed‬ and ‏marks",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_users_write_stays_text(hostile: str) -> None:
    given = replace(CONTENT, summary=(hostile,), person=Person(name=hostile, details=((hostile, hostile),)))
    text = text_of(render(given))
    visible = re.sub(r"\s+", " ", hostile)
    if "reversed" not in hostile:
        assert visible in text


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_can_be_set_or_is_refused_without_being_quoted(text: str) -> None:
    """PDF/A forbids characters that no bundled font can show; such a text is refused, never dropped in silence."""
    try:
        render(replace(CONTENT, summary=(text,)))
    except DossierRefused as refused:
        assert re.fullmatch(  # noqa: PT017 - either outcome is allowed
            r"the document could not be set(: no font shows the character U\+[0-9A-F]{4,6}( U\+[0-9A-F]{4,6})?)?", str(refused)
        )


@pytest.mark.parametrize(("text", "code_point"), [("a 😀 b", "U+1F600"), ("a \x07 b", "U+0007"), ("中文", "U+4E2D")])
def test_a_character_that_no_font_shows_is_named(text: str, code_point: str) -> None:
    with pytest.raises(DossierRefused, match=re.escape(code_point)):
        render(replace(CONTENT, summary=(text,)))


def test_neighbouring_scripts_are_shown() -> None:
    text = "Қазақстан, Ґ, თბილისი, Երևան, مرحبا, → ≤ ✓"
    assert "თბილისი" in text_of(render(replace(CONTENT, summary=(text,))))


@pytest.mark.parametrize(
    ("day", "language", "written"),
    [
        (date(2026, 3, 1), Language.FRENCH, "1er mars 2026"),
        (date(2026, 3, 2), Language.FRENCH, "2 mars 2026"),
        (date(2026, 3, 1), Language.ENGLISH, "1 March 2026"),
        (date(2026, 3, 1), Language.RUSSIAN, "1 марта 2026 года"),
    ],
)
def test_days_are_written_as_in_a_letter(day: date, language: Language, written: str) -> None:
    assert long_date(day, language).replace(NBSP, " ") == written


def test_a_content_does_not_show_itself_in_logs() -> None:
    assert repr(CONTENT) == "<DossierContent STL-7K3M v2>"
    assert isinstance(CONTENT, DossierContent)


# --- other people's tools ---


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.mark.foreign
def test_pdfinfo_reads_it_as_tagged(tmp_path: Path) -> None:
    path = tmp_path / "dossier.pdf"
    path.write_bytes(PDF)
    said = subprocess.run([tool("pdfinfo"), path], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Tagged: +yes", said)
    assert re.search(r"JavaScript: +no", said)
    assert re.search(r"Page size: .*A4", said)


@pytest.mark.foreign
def test_qpdf_finds_no_error(tmp_path: Path) -> None:
    path = tmp_path / "dossier.pdf"
    path.write_bytes(PDF)
    ended = subprocess.run([tool("qpdf"), "--check", path], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.foreign
def test_setting_the_document_writes_no_file(tmp_path: Path) -> None:
    """The system calls of a whole composition: nothing is opened for writing but what Python itself caches."""
    program = "from tests.core.dossier import parts; parts.draft_of()"
    root = Path(__file__).resolve().parents[3]
    trace = tmp_path / "trace"
    command: list[str | Path] = [
        tool("strace"),
        "-f",
        "-e",
        "trace=openat,open,creat",
        "-o",
        trace,
        sys.executable,
        "-B",
        "-c",
        program,
    ]
    subprocess.run(command, env={"PYTHONPATH": f"{root / 'src'}:{root}", "TMPDIR": str(tmp_path)}, cwd=tmp_path, check=True)
    written = [line for line in trace.read_text().splitlines() if re.search(r"O_WRONLY|O_RDWR|O_CREAT|creat\(", line)]
    assert [line for line in written if "/dev/null" not in line] == []
