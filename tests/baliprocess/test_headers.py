"""What every answer carries, whatever it answers."""

import pytest


@pytest.fixture
def headers(client, db):
    return client.get("/admin/login/").headers


def test_pages_load_nothing_from_elsewhere_and_run_nothing_inline(headers):
    policy = headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_browsers_are_told_to_be_careful(headers, name, value):
    assert headers[name] == value


def test_no_page_may_use_camera_or_whereabouts(headers):
    assert "camera=()" in headers["Permissions-Policy"]
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_plain_http_is_sent_to_https_when_that_is_said_but_for_the_health_check(client, db, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/admin/login/?next=/").headers["Location"].startswith("https://")
    assert client.get("/healthz").status_code != 301
