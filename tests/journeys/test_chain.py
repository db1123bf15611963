"""The whole chain by hand, with JavaScript off, in the three languages."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys import story
from tests.journeys.household import running
from tests.journeys.watching import Watch, fits_the_screen

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_a_person_does_the_whole_job_without_scripts(chromium: Browser, tmp_path: Path, shelf: Path, language: str) -> None:
    """From an anonymous request to a dossier that verifies offline and a permit; every page fits a phone."""
    watch = Watch((fits_the_screen,), takes_pictures=language == "en")
    with running(tmp_path / "home", shelf=shelf) as household:
        story.walk(story.Journey(chromium, household, watch, language), tmp_path)
    watch.require_calm()
