"""What pages for staff ask for while somebody types."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from .dates import InvalidDate
from .meanings import meaning


@require_safe
def understood(request):
    """What `?date=` is understood as, or why it cannot be taken, as a line of text; 400 where it cannot."""
    try:
        return HttpResponse(meaning(request.GET.get("date", "")), content_type="text/plain; charset=utf-8")
    except InvalidDate as error:
        return HttpResponse(str(error), content_type="text/plain; charset=utf-8", status=400)
