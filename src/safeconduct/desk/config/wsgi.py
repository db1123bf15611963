"""The server entry."""

import ctypes
import os
import sys

from django.core.wsgi import get_wsgi_application

# Of the C library's malloc.h. Sixteen threads would each keep memory of their own for what they once needed, such as the
# eight megabytes of a receipt's derivation; so they share it. Other C libraries do not know the call, nor need it.
_M_ARENA_MAX, _ARENAS = -8, 2
if hasattr(_libc := ctypes.CDLL(None), "mallopt"):
    _libc.mallopt(_M_ARENA_MAX, _ARENAS)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeconduct.desk.config.settings")
# A long request gives way to short ones more often than Python does by itself: each of their many small waits on the
# database would otherwise cost them five milliseconds.
sys.setswitchinterval(0.001)
application = get_wsgi_application()
if os.environ.get("SAFECONDUCT_CLOCKWORK") == "1":
    # Needs the applications that were set up just now.
    from safeconduct.desk.config import clockwork

    clockwork.start()
