"""The lists that a home keeps: imported whole or not at all, opened by everybody who screens.

A folder (`lists` in SAFECONDUCT_HOME, or another) holds `catalogue.json` and one folder for each import with `entries.sqlite`
(every entry as it was read) and `names.index` (its people, for `core.names`). An import is served from the moment at which the
catalogue that names it takes the place of the one before; of each list the import before stays, for `diff`.
"""

from safeconduct.lists.catalogue import Catalogue, Import, default_folder, read_catalogue
from safeconduct.lists.importing import Chosen, ImportRefused, import_files
from safeconduct.lists.persons import person
from safeconduct.lists.serving import Served, served
from safeconduct.lists.store import Difference, differences

__all__ = [
    "Catalogue",
    "Chosen",
    "Difference",
    "Import",
    "ImportRefused",
    "Served",
    "default_folder",
    "differences",
    "import_files",
    "person",
    "read_catalogue",
    "served",
]
