"""PDF files: each page drawn by PDFium without forms or scripts, so that a copy is pixels only."""

import pypdfium2
from pypdfium2 import raw

from safeconduct.core.copies.model import Copy, CopyRefused, Limit, Note, Page, Refusal
from safeconduct.core.copies.pictures import drawn

PAPERS = frozenset({"application/pdf"})
_LARGEST_SCALE = 3.0


def copy_of_paper(content: bytes) -> Copy:
    """Its pages, up to `Limit.PAGES`. Raises CopyRefused where it is locked or cannot be read."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise CopyRefused(Refusal.LOCKED if locked else Refusal.BROKEN) from error
    try:
        count = len(document)
        if count < 1:
            raise CopyRefused(Refusal.BROKEN)
        pages = tuple(_page(document, number) for number in range(min(count, int(Limit.PAGES))))
    except pypdfium2.PdfiumError as error:
        raise CopyRefused(Refusal.BROKEN) from error
    finally:
        document.close()
    return Copy(pages=pages, notes=(Note.FIRST_PAGES,) if count > Limit.PAGES else ())


def _page(document: pypdfium2.PdfDocument, number: int) -> Page:
    page = document[number]
    try:
        longest = max(page.get_size())
        if longest <= 0:
            raise CopyRefused(Refusal.BROKEN)
        # Longest side first, so that a page which claims to be a kilometre long costs no more than any other.
        bitmap = page.render(scale=min(_LARGEST_SCALE, Limit.LONG_SIDE / longest), may_draw_forms=False)
        return drawn(bitmap.to_pil())
    finally:
        page.close()
