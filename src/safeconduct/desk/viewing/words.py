"""What a copy says about itself, in words."""

from django.utils.translation import gettext_lazy as _

from safeconduct.core.captures import Digest, Problem
from safeconduct.core.copies import Note, Refusal

NOTES = {
    Note.FIRST_FRAME: _("A moving picture: only its first frame is shown."),
    Note.FIRST_PAGES: _("Only the first 200 pages are shown."),
    Note.WORDS_ONLY: _("The words and pictures of an office file, without its layout."),
    Note.WORDS_CUT: _("The text is very long; its end is not shown."),
    Note.TURNED: _("Shown upright, as the camera noted it."),
}

PROBLEMS = {
    Problem.MANIFEST_ABSENT: _("The package has no list of its files, so their digests cannot be checked"),
    Problem.MANIFEST_BROKEN: _("The list of files is not the one whose digest the package gives"),
    Problem.FILE_BROKEN: _("A file is not the one whose digest is given"),
    Problem.FILE_MISSING: _("A file that is listed is missing"),
    Problem.FILE_UNLISTED: _("A file is in the package and not in its list"),
    Problem.RECORD_BROKEN: _("A record is not the one whose digest is given"),
    Problem.CUT_SHORT: _("The capture ends within a record"),
    Problem.NO_RECORDS: _("There is no record in it"),
    Problem.SIGNATURE_NOT_CHECKED: _("The package is signed; who signed it is not checked here"),
}
DIGESTS = {
    Digest.HOLDS: _("digest holds"),
    Digest.BROKEN: _("digest broken"),
    Digest.ABSENT: _("no digest"),
}

REFUSALS = {
    Refusal.KIND: _("No safe copy is made of this kind of file: sound and film can only be taken as they are."),
    Refusal.TOO_LARGE: _("The file is too large for a safe copy."),
    Refusal.BROKEN: _("The file is damaged, or is not what it says it is."),
    Refusal.LOCKED: _("The file is protected with a password. Ask the person for it, or for another copy."),
    Refusal.PACKED: _("The file unpacks to more than anything honest does. It may be an attack."),
    Refusal.TOO_LONG: _("Drawing the file took more time or memory than is allowed. It may be an attack."),
}
