"""The settings file, run afresh with other environments."""

import runpy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

import baliprocess

SAID_ELSEWHERE = ("ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "DATABASE_POOL_SIZE", "DATABASE_URL", "DEBUG")
SAID_ELSEWHERE += ("DOCUMENTS_S3_BUCKET", "DOCUMENT_X_ACCEL")
SAID_ELSEWHERE += ("HSTS_SUBDOMAINS", "HTTPS", "LOG_LEVEL", "SECRET_KEY")


@pytest.fixture
def settings_with(monkeypatch, tmp_path):
    """Return what the settings are with nothing but these environment variables."""
    for name in SAID_ELSEWHERE:
        monkeypatch.delenv(name, raising=False)

    def run(**environment):
        for name, value in ({"VAR_DIRECTORY": str(tmp_path / "var")} | environment).items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(Path(baliprocess.__file__).with_name("settings.py"))

    return run


def test_nothing_said_is_safe(settings_with):
    settings = settings_with()

    assert settings["DEBUG"] is False
    assert settings["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert settings["STORAGES"]["staticfiles"]["BACKEND"].startswith("whitenoise.")
    assert settings["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["default-src"] == ["'self'"]


def test_nothing_said_keeps_the_record_in_sqlite(settings_with, tmp_path):
    database = settings_with()["DATABASES"]["default"]

    assert database["NAME"] == tmp_path / "var" / "record.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert database["OPTIONS"]["timeout"] > 0


def test_the_folder_of_what_the_site_writes_is_its_owners_alone(settings_with, tmp_path):
    settings_with()

    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_the_secret_key_is_the_same_the_next_time(settings_with):
    assert settings_with()["SECRET_KEY"] == settings_with()["SECRET_KEY"]


def test_nothing_is_written_where_key_and_database_are_named(settings_with, tmp_path):
    settings_with(SECRET_KEY="named", DATABASE_URL="postgresql://record@db.example/record")

    assert not (tmp_path / "var").exists()


def test_a_secret_key_that_is_named_is_used(settings_with):
    assert settings_with(SECRET_KEY="named")["SECRET_KEY"] == "named"


def test_an_sqlite_file_that_is_named_is_opened_in_the_same_way(settings_with):
    database = settings_with(DATABASE_URL="sqlite:////srv/record.sqlite3")["DATABASES"]["default"]

    assert str(database["NAME"]) == "/srv/record.sqlite3"
    assert database["ENGINE"] == "baliprocess.sqlite"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgresql_is_spoken_to_through_a_pool(settings_with):
    database = settings_with(DATABASE_URL="postgresql://record:pass@db.example:5433/bali?sslmode=require")["DATABASES"]

    assert database["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert (database["default"]["HOST"], database["default"]["PORT"]) == ("db.example", 5433)
    assert database["default"]["NAME"] == "bali"
    assert database["default"]["OPTIONS"]["sslmode"] == "require"
    assert database["default"]["OPTIONS"]["pool"]["max_size"] == 4


def test_postgresql_on_a_socket_without_a_pool(settings_with):
    url = "postgresql://record@/bali?host=/run/postgresql"
    database = settings_with(DATABASE_URL=url, DATABASE_POOL_SIZE="0")["DATABASES"]["default"]

    assert database["OPTIONS"]["host"] == "/run/postgresql"
    assert "pool" not in database["OPTIONS"]


def test_another_database_is_refused_in_one_sentence(settings_with):
    with pytest.raises(ImproperlyConfigured, match="neither PostgreSQL nor SQLite"):
        settings_with(DATABASE_URL="mysql://record@db.example/bali")


def test_debugging_needs_no_collected_static_files(settings_with):
    settings = settings_with(DEBUG="1")

    assert settings["DEBUG"] is True
    assert settings["STORAGES"]["staticfiles"]["BACKEND"].startswith("django.")


def test_https_brings_all_that_belongs_to_it(settings_with):
    settings = settings_with(HTTPS="1")

    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SECURE_HSTS_SECONDS"] == 31536000
    assert settings["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_without_https_no_header_of_a_visitor_is_believed(settings_with):
    assert settings_with()["SECURE_PROXY_SSL_HEADER"] is None


@pytest.mark.parametrize(("said", "bound"), [("", False), ("1", True)])
def test_other_hosts_are_bound_to_https_only_when_that_is_said(settings_with, said, bound):
    settings = settings_with(HTTPS="1", HSTS_SUBDOMAINS=said)

    assert settings["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is bound
    assert settings["SECURE_HSTS_PRELOAD"] is bound


# --- Files of documents -----------------------------------------------------------------------------------------------


def test_files_of_documents_are_kept_in_the_site_s_own_folder(settings_with, tmp_path):
    kept_in = settings_with()["STORAGES"]["documents"]
    assert kept_in == {"BACKEND": "library.folder.Folder", "OPTIONS": {"location": tmp_path / "var" / "documents"}}


def test_a_bucket_is_taken_where_one_is_named_and_no_proxy_hands_it_out(settings_with):
    said = {"DOCUMENTS_S3_BUCKET": "papers", "DOCUMENTS_S3_ENDPOINT": "https://s3.example", "DOCUMENT_X_ACCEL": "/x/"}
    settings = settings_with(**said)
    kept_in = settings["STORAGES"]["documents"]
    assert kept_in["BACKEND"] == "storages.backends.s3.S3Storage"
    assert (kept_in["OPTIONS"]["bucket_name"], kept_in["OPTIONS"]["access_key"]) == ("papers", None)
    assert settings["DOCUMENT_X_ACCEL"] == ""
