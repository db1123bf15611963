"""How much of the pieces a document reproduces."""

from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.dossier import MOST_PAGES, Annex, AnnexPage, abridged, shares

COUNTS = st.lists(st.integers(0, 400), max_size=200)


@given(pages=COUNTS, most=st.integers(0, 300))
def test_together_no_more_than_the_most_and_no_page_is_given_away(pages: list[int], most: int) -> None:
    found = shares(pages, most)
    assert all(0 <= share <= count for share, count in zip(found, pages, strict=True))
    assert sum(found) == min(sum(pages), most)


@given(pages=COUNTS, most=st.integers(0, 300))
def test_a_piece_is_cut_only_to_what_the_longest_get(pages: list[int], most: int) -> None:
    found = shares(pages, most)
    cut = [share for share, count in zip(found, pages, strict=True) if share < count]
    assert not cut or max(found) - min(cut) <= 1


def test_long_pieces_give_way_to_short_ones() -> None:
    assert shares([1_000, 2, 1, 90]) == [74, 2, 1, 73]
    assert shares([1] * 151) == [1] * 150 + [0]
    assert shares([]) == []


def test_an_abridged_piece_says_that_it_is_cut_and_one_of_which_nothing_fits_is_left_out() -> None:
    page = AnnexPage(b"", 1, 1)
    pieces = (Annex(number=1, pages=(page,) * (MOST_PAGES + 1)), Annex(number=2, words="whole"), Annex(number=3, pages=(page,)))
    long, words, short = abridged(pieces)
    assert (len(long.pages), long.is_cut) == (MOST_PAGES - 1, True)
    assert words == pieces[1]
    assert short == pieces[2]
    assert [each.number for each in abridged(pieces, 1)] == [1, 2]
