"""Reading a workbook: which of the two formats it is, by its content."""

from typing import Final

from safeconduct.core.xlsforms.problems import FormRefused
from safeconduct.core.xlsforms.sheets import Workbook
from safeconduct.core.xlsforms.xls import read_xls
from safeconduct.core.xlsforms.xlsx import read_xlsx

LARGEST_FILE_BYTES: Final = 20_000_000


def read_workbook(content: bytes) -> Workbook:
    """The sheets of an .xlsx or .xls file, told apart by content; FormRefused for anything else."""
    if len(content) > LARGEST_FILE_BYTES:
        raise FormRefused.whole(f"the file is larger than {LARGEST_FILE_BYTES // 1_000_000} million bytes")
    if content[:4] == b"PK\x03\x04":
        return Workbook(read_xlsx(content))
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return Workbook(read_xls(content))
    raise FormRefused.whole("this is neither an .xlsx nor an .xls workbook")
