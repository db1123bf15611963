"""Everything the desk says can be read in French and in Russian: the files are complete, and so are the pages."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from django.http.response import HttpResponse
from django.test import Client
from django.utils import formats, translation
from tools import messages

from safeconduct.desk.intake.middleware import CONVERSATION_COOKIE
from safeconduct.desk.intake.sessions import come_back
from safeconduct.desk.web import clock
from tests.cast import TODAY, Cast, a_case
from tests.contracts.test_routes import address, table
from tests.walked import AUTHORITY, pictured_request, world

LANGUAGES = tuple(messages.PLURALS)
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
LETTERS = re.compile(r"[^\W\d_]{3,}")
READ_ALOUD = ("aria-label", "placeholder", "title", "alt", "data-label")
"""Attributes whose words reach people."""
AS_THEY_ARE = re.compile(r"English|Français|Русский|Safeconduct|SHA-256|[A-Z]{3}-[0-9A-Z]{5}|[0-9A-Z]{4}|FR-\d\d: .*")
"""Names of languages, and what is of none: the product, references of cases and requests, sources of rules as they are cited."""
NAMES = {
    "Lantern",
    "Harbour",
    "Steppe",
    "Amal",
    "Bea",
    "Chidi",
    "Dana",
    "Emil",
    "Farah",
    "Gita",
    "Hugo",
    "Stepan",
    "New",
    AUTHORITY,
}
TYPED = NAMES | {"I was called up and I left.", "The applicant", "By hand", "Discharge report", "Uploaded", "Something is odd."}
"""What the cast and the test's cases say in English themselves."""
ENGLISH = re.compile(r"\b(the|and|of|is|are|not|you|your|this|that|with|has|have|was|were|from|yet|what|who)\b", re.IGNORECASE)
"""Words that French and Russian do not write."""


def test_the_files_hold_every_message_and_no_other(language: str) -> None:
    assert messages.problems(language) == []


def test_every_message_is_translated_with_every_plural_form(language: str) -> None:
    wanted = {"fr": 2, "ru": 3}[language]
    file = messages.written(language)
    assert file.metadata["Plural-Forms"].startswith(f"nplurals={wanted};")
    for entry in file:
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        assert len(texts) == (wanted if entry.msgid_plural else 1), entry.msgid
        assert all(text.strip() for text in texts), entry.msgid
        assert not entry.obsolete, entry.msgid
        assert not entry.fuzzy, entry.msgid


def test_placeholders_are_the_same_in_every_language(language: str) -> None:
    for entry in messages.written(language):
        wanted = messages.placeholders(entry.msgid_plural or entry.msgid)
        for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            assert messages.placeholders(text) == wanted, text


def test_messages_keep_to_the_typography_of_their_language() -> None:
    for text in texts("fr"):
        assert "'" not in text, text
        assert not re.search(r"[^\u00a0\u202f][;!?»]|«[^\u00a0]|[^\u00a0\d]: ", text), text
    for text in texts("ru"):
        assert not re.search(r"[\"'“”]|[^\u00a0]—", text), text
        assert CYRILLIC.search(text) or not LETTERS.search(messages.PLACEHOLDER.sub("", text)), text


def test_the_files_name_no_day_person_line_or_machine(language: str) -> None:
    file = messages.written(language)
    assert set(file.metadata) == {"Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms"}
    for entry in file:
        for place, line in entry.occurrences:
            assert place.startswith(("src/safeconduct/desk/", "django/")), place
            assert not line, entry.msgid


def test_words_are_found_wherever_pages_may_say_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    say_in(
        tmp_path,
        monkeypatch,
        page='{% translate "One" %}{% include "x.html" with title=_("Two") text="not a message" only %}'
        "{% blocktranslate asvar three count n=m %}{{ n }} three{% plural %}{{ n }} threes{% endblocktranslate %}"
        "{% blocktranslate trimmed %}\n  Four {{ x }}\n{% endblocktranslate %}{# don't stumble over this #}",
        code='_("Five")\ngettext("Si" "x")\nngettext("%(n)s seven", "%(n)s sevens", 7)\npgettext("noun", "Eight")\n_(nothing)\n',
    )
    found = {(message.name.text, message.plural, message.name.context) for message in messages.said()}
    assert found == {
        ("One", "", ""),
        ("Two", "", ""),
        ("%(n)s three", "%(n)s threes", ""),
        ("Four %(x)s", "", ""),
        ("Five", "", ""),
        ("Six", "", ""),
        ("%(n)s seven", "%(n)s sevens", ""),
        ("Eight", "", "noun"),
    }


def test_translations_are_kept_and_what_nobody_says_is_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    say_in(tmp_path, monkeypatch, code='_("Kept")\n_("Dropped")\n')
    write("fr", Kept="Gardé", Dropped="Abandonné")
    say_in(tmp_path, monkeypatch, code='_("Kept")\n_("Added")\n')
    assert messages.problems("fr") == ["fr: missing: 'Added'", "fr: obsolete: 'Dropped'"]
    write("fr")
    assert {entry.msgid: entry.msgstr for entry in messages.written("fr")} == {"Added": "", "Kept": "Gardé"}
    assert messages.problems("fr") == ["fr: untranslated: 'Added'"]


def test_the_check_refuses_what_would_be_read_wrongly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    say_in(tmp_path, monkeypatch, code='_("%(n)s left")\n_("Sure")\n_(" wide")\n_("Right %(n)s")\n')
    write("ru", **{"%(n)s left": "осталось %(m)s", "Sure": "Точно", " wide": "широко", "Right %(n)s": "Верно: %(n)s"})
    file = messages.written("ru")
    next(entry for entry in file if entry.msgid == "Sure").flags.append("fuzzy")
    file.save()
    assert messages.problems("ru") == [
        "ru: fuzzy: 'Sure'",
        "ru: other space around: ' wide'",
        "ru: other placeholders: '%(n)s left' and 'осталось %(m)s'",
    ]


def test_the_files_are_written_alike_every_time(language: str) -> None:
    assert str(messages.renewed(language)) == str(messages.renewed(language))


def test_first_pages_hold_no_english_leftovers(cast: Cast, language: str) -> None:
    client, staff = cast.stranger(), cast.client("amal")
    a_case(cast)
    for browser, path in (
        (client, "/"),
        (client, "/ask/lantern/"),
        (client, "/account/sign-in/"),
        (staff, "/desk/"),
        (staff, "/desk/inbox/"),
        (staff, "/desk/cases/"),
    ):
        assert leftovers(browser, path, language) == set(), path


def test_no_page_of_any_route_holds_english_sentences_or_messages(cast: Cast, language: str) -> None:
    """What the made-up people of the test's cases told stands on these pages too, so that a lone word may pass here."""
    receipt, request = pictured_request(cast)
    browsers = {
        "owner": cast.client("amal"),
        "granted": cast.client("bea"),
        "auditor": cast.client("gita"),
        "reader": cast.client("hugo"),
    }
    browsers["applicant"] = cast.stranger()
    browsers["applicant"].cookies[CONVERSATION_COOKIE] = come_back(receipt.digits(), now=clock.now())
    here = world(cast, request.id)
    said = {entry.msgid for entry in messages.written(language)}
    wrong = []
    for row in table():
        # The page of components shows examples, and /leave/ says nothing.
        if row.method == "GET" and row.route not in ("components/", "leave/"):
            answers = row.answers | {
                "reader": "page" if re.search("security/(|links/|concerns/.*)$|/canaries/$", row.route) else ""
            }
            for role in [role for role in browsers if answers[role] == "page"]:
                pieces = leftovers(browsers[role], address(row.route, here), language)
                wrong += [f"{row.route} {role}: {piece}" for piece in sorted(pieces) if piece in said or ENGLISH.search(piece)]
    assert not wrong, "\n".join(wrong)


def test_days_are_written_as_people_write_them() -> None:
    wanted = {"en": "22 November 2026", "fr": "22 novembre 2026", "ru": "22 ноября 2026"}
    for language, day in wanted.items():
        with translation.override(language):
            assert formats.date_format(TODAY, "j E Y") == day


def test_the_hunt_hears_what_people_hear_and_passes_over_code() -> None:
    words = Words()
    words.feed('<p aria-label="Close it">Nothing <b>yet.</b><code>mov eax</code><textarea>typed</textarea></p>')
    assert words.pieces - {""} == {"Close it", "Nothing", "yet."}


# ---------------------------------------------------------------------------------------------------------------------


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Each language that is not written in the source."""
    return str(request.param)


def texts(language: str) -> Iterator[str]:
    """Every translation of a language."""
    for entry in messages.written(language):
        yield from entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]


def say_in(house: Path, monkeypatch: pytest.MonkeyPatch, *, page: str = "", code: str = "") -> None:
    """Another house, with one page and one module."""
    desk = house / "src" / "safeconduct" / "desk"
    desk.mkdir(parents=True, exist_ok=True)
    (desk / "page.html").write_text(page)
    (desk / "code.py").write_text(code)
    for name, place in (("HOUSE", house), ("DESK", desk), ("LOCALES", desk / "locale")):
        monkeypatch.setattr(messages, name, place)
    monkeypatch.setattr(messages, "OF_DJANGO", {})


def write(language: str, **translations: str) -> None:
    """Renew a language's file and put translations into it."""
    file = messages.renewed(language)
    for entry in file:
        entry.msgstr = translations.get(entry.msgid, entry.msgstr)
    path = messages.LOCALES / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    file.save(str(path))


class Words(HTMLParser):
    """What a page says, piece by piece: texts, and attributes that are read aloud. Code and what people typed are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: set[str] = set()
        self.silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is read aloud."""
        if tag in ("script", "style", "code", "textarea") and not self.silent:
            self.silent = tag
        self.pieces |= {" ".join(value.split()) for name, value in attrs if name in READ_ALOUD and value}

    def handle_endtag(self, tag: str) -> None:
        """Speak again."""
        if tag == self.silent:
            self.silent = ""

    def handle_data(self, data: str) -> None:
        """Note what is read."""
        if not self.silent:
            self.pieces.add(" ".join(data.split()))


def leftovers(browser: Client, path: str, language: str) -> set[str]:
    """Pieces that a page says in another language just as it does in English, though they are words and nobody typed them."""
    return {
        piece
        for piece in said_at(browser, path, "en") & said_at(browser, path, language)
        if LETTERS.search(piece) and not AS_THEY_ARE.fullmatch(piece) and piece not in TYPED | same_words(language)
    }


def said_at(browser: Client, path: str, language: str) -> set[str]:
    """What the page says to somebody whose browser asks for this language."""
    response = browser.get(path, headers={"accept-language": language})
    assert isinstance(response, HttpResponse), path
    if response.headers["Content-Type"].startswith("image/"):
        # A page of a safe copy is a picture: nothing in it is said by the product.
        return set()
    text = response.content.decode()
    assert f'lang="{language}"' in text, path
    words = Words()
    words.feed(text)
    return words.pieces


@cache
def same_words(language: str) -> set[str]:
    """What is English and of this language too, in messages and packs (conversation, visa, Kenya)."""
    found = {entry.msgid for entry in messages.written(language)} & set(texts(language))
    for path in sorted((messages.HOUSE / "packs").rglob("*.yaml")):
        found |= {
            " ".join(text["en"].split())
            for text in translated_in(yaml.safe_load(path.read_text()))
            if text["en"] == text[language]
        }
    return found


def translated_in(value: object) -> Iterator[dict[str, str]]:
    """Every text of a pack, with its languages."""
    if isinstance(value, dict) and {"en", *LANGUAGES} <= value.keys():
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from translated_in(each)
