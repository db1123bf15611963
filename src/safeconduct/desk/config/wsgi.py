"""The server entry."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeconduct.desk.config.settings")
# A long request gives way to short ones more often than Python does by itself: each of their many small waits on the
# database would otherwise cost them five milliseconds.
sys.setswitchinterval(0.001)
application = get_wsgi_application()
