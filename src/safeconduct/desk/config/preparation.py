"""Set-up of a home: tables, translations, static files. Done once per version; a later start only compares a stamp."""

import os
from pathlib import Path

import django
import polib
from django.conf import settings
from django.core.management import call_command

from safeconduct.desk.config.readiness import is_prepared, remember_prepared


def prepare() -> None:
    """Make the home of this environment ready to serve. Safe to call at every start."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeconduct.desk.config.settings")
    django.setup()
    if is_prepared():
        return
    compile_translations()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    settings.FILES_FOLDER.mkdir(mode=0o700, exist_ok=True)
    remember_prepared()


def compile_translations() -> None:
    """Build the binary message files from the .po files, into the home: an installed package may be read-only."""
    for source in sorted(_desk().glob("locale/*/LC_MESSAGES/django.po")):
        target = settings.LOCALE_PATHS[0] / source.parent.relative_to(_desk() / "locale") / "django.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        polib.pofile(str(source)).save_as_mofile(str(target))


def _desk() -> Path:
    return Path(__file__).resolve().parent.parent
