"""How much of the pieces a document reproduces: it stays a document that opens anywhere, however much is enclosed."""

from collections.abc import Sequence
from dataclasses import replace

from safeconduct.core.dossier.content import Annex

MOST_PAGES = 150
"""Of all pieces together; the enclosed files hold the rest, and the document says so."""


def shares(pages: Sequence[int], most: int = MOST_PAGES) -> list[int]:
    """How many pages of each piece are shown, given how many each has: together `most` at most.

    Long pieces give way to short ones; where there are more pieces than pages, the first are shown.
    """
    found, left = [0] * len(pages), most
    ascending = sorted(range(len(pages)), key=lambda place: (pages[place], -place))
    for done, place in enumerate(ascending):
        found[place] = min(pages[place], left // (len(pages) - done))
        left -= found[place]
    return found


def abridged(annexes: Sequence[Annex], most: int = MOST_PAGES) -> tuple[Annex, ...]:
    """The annexes as they are set: each with its share of pages, without those of which nothing is shown."""
    fitting = []
    for annex, share in zip(annexes, shares([len(annex.pages) for annex in annexes], most), strict=True):
        if share or annex.words:
            fitting.append(replace(annex, pages=annex.pages[:share], is_cut=annex.is_cut or share < len(annex.pages)))
    return tuple(fitting)
