"""The one settings file."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from safeconduct.desk.config import environment

HOME = environment.home()
PUBLIC_URL = environment.public_url()

SECRET_KEY = environment.server_secret("server.key")
DEBUG = False
ALLOWED_HOSTS = [urlsplit(PUBLIC_URL).hostname or "", "127.0.0.1", "localhost"]

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_htmx",
    "safeconduct.desk.web",
    "safeconduct.desk.custody",
    "safeconduct.desk.vault",
    "safeconduct.desk.accounts",
    "safeconduct.desk.auditing",
    "safeconduct.desk.intake",
    "safeconduct.desk.cases",
    "safeconduct.desk.inbox",
    "safeconduct.desk.retention",
    "safeconduct.desk.notices",
    "safeconduct.desk.evidence",
    "safeconduct.desk.claims",
    "safeconduct.desk.concerns",
    "safeconduct.desk.screening",
    "safeconduct.desk.incidents",
    "safeconduct.desk.evaluations",
    "safeconduct.desk.dossiers",
    "safeconduct.desk.pathways",
    "safeconduct.desk.viewing",
    "safeconduct.desk.redactions",
    "safeconduct.desk.comparing",
    "safeconduct.desk.exports",
    "safeconduct.desk.sitecards",
    "safeconduct.desk.limits",
    "safeconduct.desk.worklist",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "safeconduct.desk.web.middleware.forget_pages",
    "safeconduct.desk.vault.uploads.discard_unadopted_uploads",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "safeconduct.desk.dossiers.in_memory.keep_in_memory",
    "safeconduct.desk.web.once.act_once",
    "django_htmx.middleware.HtmxMiddleware",
    "safeconduct.desk.accounts.middleware.recognise_actor",
    "safeconduct.desk.intake.middleware.recognise_applicant",
    "safeconduct.desk.config.refusals.HideRefusals",
]
ROOT_URLCONF = "safeconduct.desk.config.urls"
WSGI_APPLICATION = "safeconduct.desk.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "safeconduct.desk.web.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "safeconduct.desk.web.templatetags.house",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# A request writes through services that open their own transactions.
ATOMIC_REQUESTS = False

# Files are sealed while they arrive; Django's own handlers would spool them to the disk in plaintext.
FILE_UPLOAD_HANDLERS = ["safeconduct.desk.vault.uploads.SealingUploadHandler"]
FILES_FOLDER = HOME / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ru", "Русский")]
LOCALE_PATHS = [HOME / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Strict"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

_secure = PUBLIC_URL.startswith("https://")
CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = COOKIES_SECURE = _secure
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None
# A proxy that speaks https for the desk hands plain http on, from which the form check would guess another origin.
CSRF_TRUSTED_ORIGINS = ["://".join(urlsplit(PUBLIC_URL)[:2])]
CSRF_FAILURE_VIEW = "safeconduct.desk.web.views.form_expired"
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
# Nothing to other sites. “no-referrer” would make browsers send forms with a null origin, which the form check refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# A desk that gets more than this in ten minutes asks for a little work or patience (desk/limits).
CALM_REQUESTS = environment.number("SAFECONDUCT_CALM_REQUESTS", 30)
LONGEST_QUEUE = environment.number("SAFECONDUCT_LONGEST_QUEUE", 500)
UPLOAD_BYTES_A_DAY = environment.number("SAFECONDUCT_UPLOAD_GB_A_DAY", 20) * 1024**3
DISK_RESERVE_BYTES = environment.number("SAFECONDUCT_DISK_RESERVE_GB", 2) * 1024**3

SESSION_IDLE_MINUTES = 30
FRESH_PROOF_MINUTES = 5

LOGGING = {
    "version": 1,
    "disable_existing_loggers": True,
    "formatters": {"wordless": {"()": "safeconduct.desk.web.logs.WordlessFormatter"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "wordless"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    # pyHanko warns that nothing is fetched, which is what we want of it.
    "loggers": {name: {"level": "ERROR"} for name in ("django.request", "django.security", "pyhanko")},
}
SILENCED_SYSTEM_CHECKS = [
    "security.W004",  # HSTS is set whenever the public address is https.
    "security.W008",  # A proxy or onion service decides about https, not the desk.
]
