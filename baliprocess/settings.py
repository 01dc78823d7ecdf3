"""The settings of the site: safe when nothing is said, changed by environment variables (see docs/operations.md)."""

from pathlib import Path

import environ

from baliprocess import secret_key

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent

# Everything that the site writes: its database, its secret key, its collected static files.
VAR_DIRECTORY = Path(env.str("VAR_DIRECTORY", default="") or BASE_DIR / "var")


def in_var(name):
    """Return the path of a file in the site's own folder, which is made when first needed, for its owner alone."""
    VAR_DIRECTORY.mkdir(mode=0o700, parents=True, exist_ok=True)
    return VAR_DIRECTORY / name


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key.kept_in(in_var("secret_key"))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "baliprocess.apps.RecordOfficeConfig",
    "baliprocess.apps.PeopleConfig",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "import_export",
    "records",
    "exchange",
    "search",
    "participants",
    "events",
    "library",
    "summaries",
    "baliprocess.apps.BaliProcessConfig",
]

# Answers are compressed although forms hold tokens: Django masks these anew in each answer and pads what it compresses
# by chance, so that its length tells nothing of them (BREACH). Public pages hold no secret at all.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "baliprocess.middleware.PackingMiddleware",
    "csp.middleware.CSPMiddleware",
    "baliprocess.middleware.permissions_policy",
    "baliprocess.conditional.Conditional",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "baliprocess.urls"
WSGI_APPLICATION = "baliprocess.wsgi.application"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "members"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["records.templatetags.addresses"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Whom to write to about the record; shown on the page about it where it is said.
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")

# --- Database ---------------------------------------------------------------------------------------------------------


def database():
    """Return the settings of the database that DATABASE_URL names, or of the SQLite file in the site's own folder."""
    if not env.str("DATABASE_URL", default=""):
        return sqlite({"NAME": in_var("record.sqlite3")})
    named = env.db_url("DATABASE_URL")
    if named["ENGINE"].endswith("sqlite3"):
        return sqlite(named)
    if named["ENGINE"].endswith("postgresql"):
        return postgresql(named)
    raise environ.ImproperlyConfigured("DATABASE_URL names neither PostgreSQL nor SQLite: the record knows no other.")


def sqlite(named):
    """Readers never wait for the writer (WAL), writers wait for each other (IMMEDIATE, timeout) instead of failing.

    Foreign keys are checked: Django turns that on itself. Connections last, as baliprocess/sqlite says.
    """
    return named | {
        "ENGINE": "baliprocess.sqlite",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def postgresql(named):
    """Connections come from a pool, and are tried before they are handed out."""
    size = env.int("DATABASE_POOL_SIZE", default=4)
    pool = {"pool": {"min_size": 1, "max_size": size, "timeout": 20}} if size else {}
    return named | {"CONN_HEALTH_CHECKS": True, "OPTIONS": named.get("OPTIONS", {}) | pool}


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Language and time ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

# --- Static files and uploads -----------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIRECTORY / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]


def documents_storage():
    """Where the files of documents are kept, each under its sum: a folder, or a bucket of a service that speaks S3.

    Neither is for the web server to hand out by itself: who may read a file is asked each time.
    """
    bucket = env.str("DOCUMENTS_S3_BUCKET", default="")
    if not bucket:
        return {"BACKEND": "library.folder.Folder", "OPTIONS": {"location": VAR_DIRECTORY / "documents"}}
    options = {
        "bucket_name": bucket,
        "location": env.str("DOCUMENTS_S3_PREFIX", default=""),
        "endpoint_url": env.str("DOCUMENTS_S3_ENDPOINT", default="") or None,
        "region_name": env.str("DOCUMENTS_S3_REGION", default="") or None,
        "access_key": env.str("DOCUMENTS_S3_ACCESS_KEY", default="") or None,
        "secret_key": env.str("DOCUMENTS_S3_SECRET_KEY", default="") or None,
        "default_acl": None,
        "file_overwrite": True,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # Names with a hash of the content need `collectstatic`, which is no use while one works on the files.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
    "documents": documents_storage(),
}

# The largest file of a document that is taken in.
DOCUMENT_MAX_BYTES = env.int("DOCUMENT_MAX_BYTES", default=50 * 1024 * 1024)
# The address within a proxy under which it hands out the folder of documents, when this site sends it there; a bucket
# is none of its folders.
DOCUMENT_X_ACCEL = "" if env.str("DOCUMENTS_S3_BUCKET", default="") else env.str("DOCUMENT_X_ACCEL", default="")

# An activity with its involvements, links and outcomes is a long form: many fields, little text.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 50
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# What is read of the files that people bring.
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", default=50 * 1024 * 1024)
IMPORT_MAX_UNPACKED_BYTES = env.int("IMPORT_MAX_UNPACKED_BYTES", default=500 * 1024 * 1024)
IMPORT_MAX_ZIP_RATIO = env.int("IMPORT_MAX_ZIP_RATIO", default=200)
IMPORT_MAX_ROWS = env.int("IMPORT_MAX_ROWS", default=200_000)
IMPORT_MAX_COLUMNS = env.int("IMPORT_MAX_COLUMNS", default=200)
IMPORT_MAX_CELL_LENGTH = env.int("IMPORT_MAX_CELL_LENGTH", default=100_000)

# More rows than these are written by a task, whose progress a page shows: by a worker (`manage.py db_worker`) where
# there is one, otherwise before the answer is given.
IMPORT_AT_ONCE_ROWS = env.int("IMPORT_AT_ONCE_ROWS", default=1000)
TASK_WORKER = env.bool("TASK_WORKER", default=False)
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if TASK_WORKER
        else "django_tasks.backends.immediate.ImmediateBackend",
    },
}

# --- Security ---------------------------------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}

# HTTPS=1 says that visitors come by HTTPS, through a proxy that sets X-Forwarded-Proto and lets no visitor set it.
HTTPS = env.bool("HTTPS", default=False)
SECURE_SSL_REDIRECT = HTTPS
# Where the public finds the site: what files refer to that leave it. Without a visitor, nothing else tells.
NAMED = f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if HTTPS and ALLOWED_HOSTS else "http://127.0.0.1:8000"
SITE_ADDRESS = env.str("SITE_ADDRESS", default="") or NAMED
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
# These two bind other hosts than this one, for a long time: for the owner of the domain to say.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS and env.bool("HSTS_SUBDOMAINS", default=False)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# --- Logging ----------------------------------------------------------------------------------------------------------

# Everything goes to the console, whose keeping is the system's work; visitors are told nothing of an error's inside.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": env.str("LOG_LEVEL", default="INFO"), "propagate": True}},
}
