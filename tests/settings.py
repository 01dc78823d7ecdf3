"""The site's settings as the tests run them: the same whatever the shell says, but for the database."""

import os

# Tests make and drop databases, which a pool's open connections would hinder.
os.environ.update(SECRET_KEY="for-tests-only-" * 4, DATABASE_POOL_SIZE="0", DEBUG="", HTTPS="", TASK_WORKER="")
SAID = (
    "ALLOWED_HOSTS",
    "CONTACT_EMAIL",
    "CSRF_TRUSTED_ORIGINS",
    "DOCUMENTS_S3_BUCKET",
    "DOCUMENT_MAX_BYTES",
    "DOCUMENT_X_ACCEL",
    "HSTS_SUBDOMAINS",
    "IMPORT_AT_ONCE_ROWS",
    "LOG_LEVEL",
    "SITE_ADDRESS",
)
for name in SAID:
    os.environ.pop(name, None)

from baliprocess.settings import *  # noqa: E402, F403
from baliprocess.settings import DATABASES, STORAGES, TEMPLATES  # noqa: E402

# Each process has its own in memory: pytest-django does so by itself only for the SQLite of Django.
if DATABASES["default"]["ENGINE"] == "baliprocess.sqlite":
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}

# No `collectstatic` before a test.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
# Files of documents go nowhere.
STORAGES["documents"] = {"BACKEND": "tests.storage.Memory"}
WHITENOISE_AUTOREFRESH = True
# The coverage of templates is read from what they note for debugging.
TEMPLATES[0]["OPTIONS"]["debug"] = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A library's migrations are its own to test: its tables are made as its models say.
MIGRATION_MODULES = {"django_tasks_database": None}
