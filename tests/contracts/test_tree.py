"""What must not stand anywhere in the tree, and what the documents promise."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
# Written so that this file does not find itself.
INDEX_HOSTS = re.compile(
    "|".join(
        [
            r"py" + r"pi\.org",
            r"python" + r"hosted\.org",
            r"npm" + r"js\.(org|com)",
            r"registry\." + r"yarnpkg",
            r"deb\." + r"debian\.org",
        ]
    )
    + r"|--(extra-)?index-"
    + "url|--find-"
    + "links"
)
LOCKS_WITH_ADDRESSES = ("uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock", "pylock.toml", "yarn.lock")


def tracked() -> Iterator[Path]:
    """Every file that git keeps."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in listed.decode().split("\0"):
        if name and (ROOT / name).is_file():
            yield ROOT / name


def test_no_package_index_is_named() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix not in (".png", ".pdf") and INDEX_HOSTS.search(path.read_text(errors="replace"))
    ]
    assert found == []


def test_no_lock_file_records_addresses() -> None:
    assert [path.name for path in tracked() if path.name in LOCKS_WITH_ADDRESSES] == []
    for path in tracked():
        if path.name == "package-lock.json":
            assert '"resolved"' not in path.read_text()


def test_every_requirement_is_pinned_with_hashes() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        entries = re.split(r"\n(?=\S)", (ROOT / name).read_text().strip())
        assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)


def test_every_test_that_a_claim_names_exists() -> None:
    named = re.findall(r"`(tests/[^`]+)`", (ROOT / "docs/security-claims.md").read_text())
    assert len(named) > 15
    missing = []
    for name in named:
        path, _, test = name.partition("::")
        if not test or not (ROOT / path).exists() or f"def {test}(" not in (ROOT / path).read_text():
            missing.append(name)
    assert missing == []


@pytest.mark.parametrize(
    "document", sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("**/*.md") if ".venv" not in str(path))
)
def test_links_between_documents_lead_somewhere(document: str) -> None:
    if "node_modules" in document:
        return
    path = ROOT / document
    broken = []
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text()):
        if "://" not in target and not (path.parent / target).exists():
            broken.append(target)
    assert broken == []
