"""How a picture looks, in 512 bits: two scans, sizes or compressions of one thing give nearly the same bits.

A bit says whether a cell of a coarse grid is brighter than its neighbour (a difference hash), to the right and below. The
bits are cut into 32 pieces, one for each row and each column; two pictures that share enough pieces are shown to a person
side by side. Rows in which nothing happens say nothing: every white margin is alike. A form that thousands of people have
looks alike too: likeness asks a question.
"""

import io
from collections.abc import Iterator, Sequence
from itertools import pairwise

from PIL import Image

LINES, CELLS = 16, 17
_CELL_LEVELS = 3
"""Of 256: a smaller difference is noise."""
_FEWEST_TURNS = 3
"""Of a row's 16 bits: fewer changes between neighbours are a margin or an edge."""
FEWEST_PIECES = 5
SHARE = 0.4
SHARED = 4
"""Pieces that two pictures have to share, and which part of the pieces of the one that has fewer."""


def print_of(page: bytes) -> tuple[str, ...]:
    """The telling pieces of a JPEG page, each with its place (`r04:a1f3`); none where too little happens in it."""
    with Image.open(io.BytesIO(page), formats=["JPEG"]) as image:
        grey = image.convert("L")
        by_row = grey.resize((CELLS, LINES), Image.Resampling.BOX).tobytes()
        by_column = grey.resize((LINES, CELLS), Image.Resampling.BOX).transpose(Image.Transpose.TRANSPOSE).tobytes()
    pieces = [*_pieces("r", by_row), *_pieces("c", by_column)]
    return tuple(pieces) if len(pieces) >= FEWEST_PIECES else ()


def _pieces(way: str, values: bytes) -> Iterator[str]:
    for line in range(LINES):
        cells = values[line * CELLS : (line + 1) * CELLS]
        bits = [one - other > _CELL_LEVELS for one, other in pairwise(cells)]
        if sum(one != other for one, other in pairwise(bits)) >= _FEWEST_TURNS:
            yield f"{way}{line:02}:{sum(bit << place for place, bit in enumerate(bits)):04x}"


def are_alike(shared: int, one: int, other: int) -> bool:
    """Whether two pictures are worth a look, by how many pieces they share and how many each has."""
    return shared >= SHARED and shared >= SHARE * min(one, other)


def shared_pieces(one: Sequence[str], other: Sequence[str]) -> int:
    """How many pieces two prints have in common."""
    return len(set(one) & set(other))
