"""The JavaScript reader, which shares no code with ours, comes to the same outcomes."""

import shutil
import subprocess
from pathlib import Path

import pytest

READER = Path(__file__).resolve().parents[3] / "spec" / "second_reader" / "custody.test.mjs"


@pytest.mark.foreign
def test_the_second_reader_passes_every_vector() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed")
    ended = subprocess.run([node, "--test", str(READER)], capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 0, ended.stdout[-2000:]
    assert "# fail 0" in ended.stdout
