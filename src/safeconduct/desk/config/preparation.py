"""Set-up of a home: tables, translations, static files. Done once per version; a later start only compares a stamp."""

import hashlib
import os
from pathlib import Path

import django
import polib
from django.conf import settings
from django.core.management import call_command

from safeconduct.desk.config import environment

_STAMP = "prepared"


def prepare() -> None:
    """Make the home of this environment ready to serve. Safe to call at every start."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeconduct.desk.config.settings")
    django.setup()
    stamp, wanted = environment.home() / _STAMP, _digest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    compile_translations()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    settings.FILES_FOLDER.mkdir(mode=0o700, exist_ok=True)
    stamp.write_text(wanted)


def compile_translations() -> None:
    """Build the binary message files from the .po files, into the home: an installed package may be read-only."""
    for source in sorted(_desk().glob("locale/*/LC_MESSAGES/django.po")):
        target = settings.LOCALE_PATHS[0] / source.parent.relative_to(_desk() / "locale") / "django.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        polib.pofile(str(source)).save_as_mofile(str(target))


def _desk() -> Path:
    return Path(__file__).resolve().parent.parent


def _digest() -> str:
    """Of everything that preparation depends on: migrations, translations, static files, and which database."""
    seen = hashlib.sha256(os.environ.get("SAFECONDUCT_DATABASE_URL", "").encode())
    for pattern in ("*/migrations/*.py", "locale/*/LC_MESSAGES/django.po", "*/static/**/*"):
        for path in sorted(_desk().glob(pattern)):
            if path.is_file():
                seen.update(f"{path.relative_to(_desk())} {path.stat().st_size} {path.stat().st_mtime_ns}".encode())
    return seen.hexdigest()
