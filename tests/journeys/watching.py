"""What is looked at on every page that a person comes to."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

PHONE = 360
DESK = 1280
HEIGHT = 860
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "guides" / "images"
# Sixteen letters may happen to hold no digit; no word of our addresses is as long.
_AN_ID = re.compile(r"(?<=/)(?:[0-9a-z]{16,}|(?=[^/]*[0-9])[0-9a-z]{12,})(?=/)")
# A refused form is answered with 422, the question for a fresh proof with 403, an absent page with 404: browsers log all three.
_EXPECTED_IN_CONSOLE = re.compile(r"status of (403|404|422)")

Look = Callable[[Page], list[str]]


@dataclass
class Watch:
    """Collects what is wrong with the pages of one journey, and takes pictures of them where they are asked for."""

    looks: tuple[Look, ...] = ()
    takes_pictures: bool = False
    problems: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext, address: str) -> None:
        """Hear what a browser asks for and complains about."""
        host = urlsplit(address).netloc

        def asked(request: Request) -> None:
            if urlsplit(request.url).scheme in ("http", "https") and urlsplit(request.url).netloc != host:
                self.problems.append(f"asked another host: {request.url}")

        def said(message: ConsoleMessage) -> None:
            if message.type == "error" and not _EXPECTED_IN_CONSOLE.search(message.text):
                self.problems.append(f"console: {message.text}")

        context.on("request", asked)
        context.on("console", said)

    def look(self, page: Page) -> None:
        """Look at the page that has just been loaded."""
        place = place_of(page)
        self.seen.append(place)
        for look in self.looks:
            self.problems.extend(f"{place}: {problem}" for problem in look(page))

    def require_calm(self) -> None:
        """Fail with everything that was wrong, each thing once."""
        assert not self.problems, "\n".join(dict.fromkeys(self.problems))

    def picture(self, page: Page, name: str) -> None:
        """Keep what stands on the screen for the guides; only when SAFECONDUCT_SCREENSHOTS=1 and in one language."""
        if self.takes_pictures and os.environ.get("SAFECONDUCT_SCREENSHOTS") == "1":
            PICTURES.mkdir(parents=True, exist_ok=True)
            page.set_viewport_size({"width": DESK, "height": HEIGHT})
            page.evaluate("window.scrollTo(0, 0)")
            page.screenshot(path=PICTURES / f"{name}.png")
            page.set_viewport_size({"width": PHONE, "height": HEIGHT})
            _quantise(PICTURES / f"{name}.png")


def place_of(page: Page) -> str:
    """The page's address with every id replaced, and whether it tells of errors."""
    refused = " (refused)" if page.locator(".error-summary").count() else ""
    return kind_of(page.url) + refused


def kind_of(address: str) -> str:
    """The path of an address with every id replaced."""
    return _AN_ID.sub("…", urlsplit(address).path)


def fits_the_screen(page: Page) -> list[str]:
    """Nothing makes the page wider than the screen; people in journeys hold a small telephone."""
    wide: list[str] = page.evaluate(_WIDER_THAN_THE_SCREEN)
    return [f"wider than the screen: {each}" for each in wide]


_WIDER_THAN_THE_SCREEN = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((each) => each.getBoundingClientRect().right > width + 1);
  return wide.slice(-3).map((each) => each.tagName + "." + each.className + " " + each.textContent.trim().slice(0, 40));
}"""


def _quantise(path: Path) -> None:
    """A palette of 64 colours is enough for a page of text; without Pillow the picture stays as it is."""
    try:
        from PIL import Image  # type: ignore[import-not-found,unused-ignore]  # not needed for anything else
    except ImportError:
        return
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(64).save(path, optimize=True)
