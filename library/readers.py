"""Who reads a page: what documents they may see depends on it."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser


def reader_of(request):
    """Whoever reads a page; nobody where no session was brought, so that none is looked for and pages are the same."""
    return request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else AnonymousUser()
