"""Pages of instruments."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from .models import Instrument


@require_safe
def instruments(request):
    """The instruments."""
    return render(request, "library/listed.html", {"title": "Instruments", "records": Instrument.objects.published()})


@require_safe
def instrument(request, slug):
    """One instrument."""
    found = get_object_or_404(Instrument.objects.published(), slug=slug)
    return render(request, "library/listed.html", {"title": found.name, "records": []})
