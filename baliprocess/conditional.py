"""Pages that visitors have already: they are told that a page is unchanged (304) instead of being sent it again.

A page is as it was for as long as neither the record, nor the software, nor the day is another. Each of these is in
its tag (ETag), so that nothing has to be thrown away when something is published, and no page is ever stale.
"""

from contextlib import nullcontext
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from search import versions

READING = ("GET", "HEAD")
# Pages that are made anew for whoever asks, and files, which have tags of their own.
OWN = {"admin", "healthz", "file"}
# What a page is made of, beside the record.
SOFTWARE = ("*.py", "*.html", "*.css", "*.js", "*.svg", "*.txt")


class Conditional:
    """Middleware that gives the public pages tags, and answers 304 to whoever has a page with the same.

    It reads the version of the record before the page is made, so that a page may be newer than its tag and never
    older. Whoever is signed in is sent every page anew.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with versions.read_once() if request.method in READING else nullcontext():
            response = self.get_response(request)
        tag = getattr(request, "tag", None)
        if is_signed_in(request):
            patch_cache_control(response, private=True)
            patch_vary_headers(response, ["Cookie"])
        elif tag and may_be_kept(response):
            response.headers["ETag"] = tag
            patch_cache_control(response, no_cache=True)
        return response

    def process_view(self, request, view, arguments, named):
        if is_for_everyone(request):
            request.tag = tag_now()
            return request.tag and get_conditional_response(request, etag=request.tag)
        return None


def is_for_everyone(request):
    """Whether the page that is asked for is the same for all who ask now."""
    names = {request.resolver_match.namespace, request.resolver_match.url_name}
    return request.method in READING and not is_signed_in(request) and OWN.isdisjoint(names)


def is_signed_in(request):
    """Whether somebody may be: who has neither a session nor a key surely is not."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers


def may_be_kept(response):
    """Whether an answer is a whole page that says nothing else of how long it may be kept."""
    sound = response.status_code == 200 or isinstance(response, HttpResponseNotModified)
    return sound and not response.cookies and "Cache-Control" not in response


def tag_now():
    """The tag of all pages as they are now; None while templates may change under it, or nothing tells."""
    if settings.DEBUG:
        return None
    try:
        version = versions.current()
    except DatabaseError:
        return None
    return f'W/"{version}-{timezone.localdate():%Y%m%d}-{release()}"'


@cache
def release():
    """What tells this release, as it is set up here, from others: a digest of its files and of what settings say."""
    folders = {Path(config.path) for config in apps.get_app_configs()}
    folders = {
        folder for folder in folders if settings.BASE_DIR in folder.parents and "site-packages" not in folder.parts
    }
    folders |= {*settings.TEMPLATES[0]["DIRS"], *settings.STATICFILES_DIRS}
    files = {file for folder in folders for pattern in SOFTWARE for file in Path(folder).rglob(pattern)}
    digest = sha256(f"{settings.CONTACT_EMAIL} {settings.SITE_ADDRESS}".encode())
    for file in [settings.BASE_DIR / "requirements.txt", *sorted(files)]:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
