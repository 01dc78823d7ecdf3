"""What every page may ask for."""

from django.utils.functional import SimpleLazyObject

from .models import Event
from .periods import Periods


def conferences(request):
    """The conferences that divide the record, for views that have not found them; one query, when first asked for."""
    return {"conferences": SimpleLazyObject(lambda: Periods.among(Event.objects.published()).conferences)}
