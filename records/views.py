"""What pages for staff ask for while somebody types."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from .dates import InvalidDate
from .meanings import meaning


@require_safe
def understood(request):
    """What `?date=` is understood as, or why it cannot be taken: {"understood": words} or {"refused": words}.

    Half a date is no error of the browser's: it is answered as a whole one is.
    """
    try:
        return JsonResponse({"understood": meaning(request.GET.get("date", ""))})
    except InvalidDate as error:
        return JsonResponse({"refused": str(error)})
