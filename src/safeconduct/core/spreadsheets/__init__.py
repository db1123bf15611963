"""Lists as files that office programs open (.xlsx, .csv), in which no cell is ever a formula."""

from safeconduct.core.spreadsheets.csv import write_csv
from safeconduct.core.spreadsheets.xlsx import Table, cell_address, column_letters, write_xlsx

__all__ = ["Table", "cell_address", "column_letters", "write_csv", "write_xlsx"]
