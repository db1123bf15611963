"""Words of the export pages."""

from django.utils.translation import gettext_lazy as _

PARTS = {
    "text": _("The case as a text"),
    "lists": _("Lists for office programs (XLSX, CSV)"),
    "json": _("Records for machines (JSON)"),
    "originals": _("Originals of the evidence"),
    "dossier": _("The PDF of the newest released dossier"),
}
