"""The second reader, which shares no code with ours, comes to the stated outcome of every vector."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

READER = Path(__file__).resolve().parents[2] / "spec" / "second_reader"
OLDEST_NODE = (20, 19)


def require_node() -> None:
    """Skips where there is no Node that can run the reader; whatever fails later is a failure."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("the second reader needs Node and npm, which are not installed")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    found = tuple(int(number) for number in version.removeprefix("v").split(".")[:2])
    if found < OLDEST_NODE:
        pytest.skip(f"the second reader needs Node 20.19 or newer; {version} is installed")


def install() -> None:
    """The reader's packages, from whatever registry this machine is set to."""
    if not (READER / "node_modules" / "esbuild").is_dir():
        installed = subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
            cwd=READER, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        assert installed.returncode == 0, installed.stderr[-2000:]


@pytest.mark.foreign
def test_the_second_reader_comes_to_the_outcome_of_every_vector() -> None:
    require_node()
    install()
    ended = subprocess.run(["npm", "test"], cwd=READER, capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode == 0, ended.stdout[-4000:]
    passed = re.search(r"^(?:#|ℹ) pass (\d+)$", ended.stdout, re.MULTILINE)
    vectors = sum(1 for _ in (READER.parent / "vectors" / "sealing").glob("*.txt"))
    assert passed is not None
    assert int(passed[1]) > vectors


def test_the_lock_file_names_no_host() -> None:
    lock = (READER / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in lock
    assert "://" not in lock
