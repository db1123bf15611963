"""Loaded before Django's settings: every test process gets a home of its own, never the developer's."""

import atexit
import os
import shutil
import tempfile

from hypothesis import settings

_home = tempfile.mkdtemp(prefix="safeconduct-tests-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["SAFECONDUCT_HOME"] = _home
os.environ.pop("SAFECONDUCT_PUBLIC_URL", None)

# A busy machine must not fail a property: nothing here is a test of time.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
