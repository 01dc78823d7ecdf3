"""What every page may ask for."""

from django.utils.functional import SimpleLazyObject

from . import facets


def conferences(request):
    """The conferences that divide the record, for views that have not found them."""
    return {"conferences": SimpleLazyObject(lambda: facets.of(request).periods.conferences)}
