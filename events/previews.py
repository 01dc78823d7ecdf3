"""Previews: the public page of an event that is not public, or not even saved."""

from contextlib import contextmanager
from copy import copy

from django.db import transaction

from records.publication import Publication

from .models import Event
from .views import activity


@contextmanager
def undone():
    """A transaction of which nothing stays, and which nobody else sees anything of."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def preview(request, event):
    """The page of an event as the public would see it, were it published; marked as a preview, and for no index."""
    request = copy(request)
    request.method, request.is_preview = "GET", True
    with undone():
        Event.objects.filter(pk=event.pk).update(publication=Publication.PUBLISHED)
        response = activity(request, event.reference)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
