"""Redaction that destroys: what was covered is not in the new file, in no layer, stream or fraction of a pixel.

`redact` gives a picture or a PDF drawn anew from pixels with regions painted over; `Wording` blacks out names and passages
in text. Both parse hostile bytes where they take files: run `redact` where nothing can be opened (safeconduct.copyist).
"""

from safeconduct.core.redaction.making import REDACTABLE, Redacted, redact
from safeconduct.core.redaction.regions import LARGEST_PAGE, NotRegion, Region, cells_of, covered, region_of_cells
from safeconduct.core.redaction.wording import BLOCK, NotWording, Wording

__all__ = [
    "BLOCK",
    "LARGEST_PAGE",
    "REDACTABLE",
    "NotRegion",
    "NotWording",
    "Redacted",
    "Region",
    "Wording",
    "cells_of",
    "covered",
    "redact",
    "region_of_cells",
]
