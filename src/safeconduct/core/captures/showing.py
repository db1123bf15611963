"""What can be shown of a capture: its pictures drawn again, its pages as words. Scripts, styles and frames are left out."""

from html.parser import HTMLParser

from safeconduct.core.captures.payloads import Body
from safeconduct.core.copies import Copy, CopyRefused, Limit, Note, Page, make_copy

MOST_PICTURES = 24
SMALLEST_PICTURE_BYTES = 2_000
"""Below it stand icons and counters."""
_PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head"})
_BREAKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section", "title"})
_LONGEST_PAGE = 60_000


class Gallery:
    """Gathers what can be shown while records are read."""

    def __init__(self) -> None:
        self._pictures: list[Page] = []
        self._words: list[str] = []
        self._size = 0

    def take(self, address: str, body: Body) -> None:
        """Keep what an answer shows, if it shows anything and there is room."""
        if body.status not in ("", "200"):
            return
        if body.media_type in _PICTURES and len(self._pictures) < MOST_PICTURES and len(body.raw) >= SMALLEST_PICTURE_BYTES:
            self._draw(body)
        elif body.media_type in _PAGES and self._size < Limit.WORDS:
            text = words_of(body.decoded())
            if text:
                told = f"{address}\n\n{text}\n\n"
                self._words.append(told)
                self._size += len(told)

    def copy(self) -> Copy:
        """Everything that was kept."""
        words = "".join(self._words)
        cut = len(words) > Limit.WORDS
        return Copy(tuple(self._pictures), words[: int(Limit.WORDS)].strip(), (Note.WORDS_CUT,) if cut else ())

    def _draw(self, body: Body) -> None:
        try:
            self._pictures.extend(make_copy(body.media_type, body.decoded()).pages)
        except CopyRefused:
            # One picture that cannot be drawn does not hide the others.
            return


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._silent += tag in _SILENT
        if tag in _BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)


def words_of(html: bytes) -> str:
    """The words of a page, a line for each block of it."""
    parser = _Words()
    parser.feed(html[: 4 * _LONGEST_PAGE * 4].decode("utf-8", "replace"))
    lines = (" ".join(line.split()) for line in "".join(parser.pieces).splitlines())
    text = "\n".join(line for line in lines if line)[:_LONGEST_PAGE]
    return "".join(letter for letter in text if letter == "\n" or letter.isprintable())
