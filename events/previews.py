"""Previews: the public page of an event that is not public, or not even saved."""

from contextlib import contextmanager
from copy import copy

from django.db import transaction

from records.publication import Publication

from . import facets
from .models import Event
from .views import activity


@contextmanager
def undone():
    """A transaction of which nothing stays, and which nobody else sees anything of."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def preview(request, event):
    """The page of an event as the public would see it, were it published; marked as a preview, and for no index.

    It stands among the facets that a page of the same request is made of: whoever begins a transaction before this asks
    for them first, as none are kept in one.
    """
    request = copy(request)
    request.method, request.is_preview = "GET", True
    public = facets.of(request)
    with undone():
        Event.objects.filter(pk=event.pk).update(publication=Publication.PUBLISHED)
        request.facets = public.changed([event.pk])
        response = activity(request, event.reference)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
