"""The single file with which an official verifies in a browser: offline, without a server, and with the findings of `verify`."""

import hashlib
import io
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from safeconduct.cli.verify import PAGE
from safeconduct.core.dossier import Check, CheckOutcome, Conclusion, Language, Reason, Verdict, Wording, verify_dossier
from tests.core.dossier import parts
from tests.core.dossier.tampering import repacked, true_files, with_new_manifest
from tests.core.test_second_reader import READER, install, require_node

BUILT = READER / "page"


def words_of(page_words: str) -> dict[str, dict[str, str]]:
    """The words as the page's source holds them."""
    found: dict[str, dict[str, str]] = json.loads(page_words[page_words.index("{") : page_words.rindex("}") + 1])
    return found


def test_the_page_is_the_one_that_its_sources_give() -> None:
    build = (BUILT / "build.mjs").read_text()
    listed = re.search(r'\[((?:"[a-z]+",? ?)+)\]\.map\(\(name\) => `\$\{name\}\.mjs`\)', build)
    assert listed is not None
    modules = [f"{name}.mjs" for name in re.findall(r'"([a-z]+)"', listed[1])]
    names = sorted([*(f"page/{path.name}" for path in BUILT.iterdir()), *modules, "package-lock.json"])
    digest = hashlib.sha256()
    for name in names:
        digest.update(f"{name}\n".encode() + (READER / name).read_bytes())
    assert f"built from sources {digest.hexdigest()}" in PAGE.read_text(), "run: node spec/second_reader/page/build.mjs"


@pytest.mark.foreign
def test_building_it_again_gives_the_same_bytes(tmp_path: Path) -> None:
    require_node()
    install()
    subprocess.run(["node", "page/build.mjs", str(tmp_path / "page.html")], cwd=READER, check=True, timeout=120)
    assert (tmp_path / "page.html").read_bytes() == PAGE.read_bytes()


def test_it_may_reach_nothing_and_run_nothing_else() -> None:
    text = PAGE.read_text()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert not re.search(r"unsafe|https?:|\*", policy[1])
    assert "src=" not in text.replace("default-src", "")
    assert len(text) < 200_000


@pytest.mark.parametrize("language", Language)
def test_it_says_the_same_as_the_command_line(language: Language) -> None:
    said = words_of((BUILT / "words.mjs").read_text())[language.value]
    wording = Wording(language)
    assert [said[f"check {each.value}"] for each in Check] == [wording.check(each) for each in Check]
    assert [said[f"outcome {each.value}"] for each in CheckOutcome] == [wording.outcome(each) for each in CheckOutcome]
    assert [said[f"conclusion {each.value}"] for each in Conclusion] == [wording.conclusion(each) for each in Conclusion]
    assert all(said[f"reason {each.value}"] for each in Reason)


# --- in a browser ---


def tampered() -> bytes:
    files = true_files()
    files["data/claims.json"] = files["data/claims.json"].replace("Établi".encode(), "Réfuté".encode())
    return repacked(with_new_manifest(files))


FILES = {
    "true": parts.dossier_bytes(),
    "tampered": tampered(),
    "cut": parts.dossier_bytes()[:-40],
    "unstamped": parts.packed(parts.unstamped()),
}


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """The file, opened from the disk by a browser that is offline."""
    context = chromium.new_context(offline=True, locale="en-GB", viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.clock.set_fixed_time(parts.NOW)
    page.goto(PAGE.as_uri())
    yield page
    context.close()


def outcomes(page: Page, file: bytes, *, trust: bytes | None) -> tuple[str, list[str]]:
    """The conclusion, and the word of each finding."""
    page.set_input_files("#dossier", {"name": "dossier.zip", "mimeType": "application/zip", "buffer": file})
    sent = [{"name": "trust.json", "mimeType": "application/json", "buffer": trust}] if trust else []
    page.set_input_files("#trust", sent)  # type: ignore[arg-type]  # file payloads
    page.click("#verify")
    page.wait_for_selector("#result dl")
    words = page.eval_on_selector_all(".word", "all => all.map((each) => each.className.split(' ')[1])")
    return str(page.get_attribute("#result", "data-conclusion")), words


def expected(file: bytes, *, trust: bool) -> tuple[str, list[str]]:
    """What our own verifier says."""
    verdict: Verdict = verify_dossier(io.BytesIO(file), trust=parts.trust() if trust else None, today=parts.DAY)
    shown = verdict.findings[:1] if verdict.conclusion is Conclusion.UNREADABLE else verdict.findings
    return verdict.conclusion.value, [finding.outcome.value for finding in shown]


@pytest.mark.browser
@pytest.mark.parametrize("trust", [True, False], ids=["with a trust file", "without"])
@pytest.mark.parametrize("name", FILES)
def test_the_browser_comes_to_the_same_findings(page: Page, name: str, trust: bool) -> None:
    found = outcomes(page, FILES[name], trust=parts.trust().encode() if trust else None)
    assert found == expected(FILES[name], trust=trust)


@pytest.mark.browser
def test_it_speaks_three_languages_and_fits_a_telephone(page: Page) -> None:
    outcomes(page, FILES["true"], trust=parts.trust().encode())
    for language in Language:
        page.click(f"[data-language={language.value}]")
        assert Wording(language).conclusion(Conclusion.HOLDS) in page.inner_text("#result")
    assert page.evaluate("document.documentElement.scrollWidth <= 360")


@pytest.mark.browser
def test_what_is_no_trust_file_is_said(page: Page) -> None:
    page.click("[data-language=en]")
    page.set_input_files("#trust", {"name": "trust.json", "mimeType": "application/json", "buffer": b"{}"})
    page.click("#verify")
    page.wait_for_selector("#result p:has-text('not a trust file')")
