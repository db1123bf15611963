"""Browsers and households for the journeys."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.household import Household, running

CHROMIUM = os.environ.get("SAFECONDUCT_CHROMIUM", "/usr/bin/chromium")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Closed with the module: while Playwright runs, Django believes itself in an event loop."""
    if shutil.which(CHROMIUM) is None:
        pytest.skip(f"there is no Chromium at {CHROMIUM}: apt-get install chromium, or set SAFECONDUCT_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where homes that were founded once are copied from; all workers of one run share it."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory, shelf: Path) -> Iterator[Household]:
    """The demonstration's coalition without a case."""
    with running(tmp_path_factory.mktemp("home"), shelf=shelf) as found:
        yield found


@pytest.fixture(scope="module")
def walked_household(tmp_path_factory: pytest.TempPathFactory, shelf: Path) -> Iterator[Household]:
    """The demonstration's coalition with eight cases at different stages."""
    with running(tmp_path_factory.mktemp("home"), "--walked", shelf=shelf) as found:
        yield found


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    """Where a browser's downloads go."""
    return tmp_path
