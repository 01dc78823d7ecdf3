"""Pages of instruments: what became of each, and of a plan of action how far it was carried out."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from . import linked_data
from .models import Document, Instrument, ReportedFigure, Review
from .plans import DateForm, PlanAt, in_order
from .readers import reader_of
from .spread import Spread, reports_of
from .views import published


@require_safe
def instruments(request):
    """The instruments by kind, each with how far it is known to have spread, and what a meeting last reported."""
    found = list(Instrument.objects.published().with_numbers().prefetch_related("developed_by"))
    figures, reviews = {}, {}
    for figure in ReportedFigure.objects.published().select_related("event"):
        figures.setdefault(figure.instrument_id, []).append(figure)
    for review in sorted(Review.objects.published().select_related("event"), key=in_order):
        reviews[review.plan_id] = review
    for instrument in found:
        instrument.reports = reports_of(figures.get(instrument.pk, ()))
        instrument.last_review = reviews.get(instrument.pk)
    kinds = [(kind, of_kind) for kind in Instrument.Kind if (of_kind := [each for each in found if each.kind == kind])]
    return render(request, "library/instruments.html", {"section": "library", "kinds": kinds})


@require_safe
def instrument(request, slug):
    """One instrument; a plan of action as it stood at a date, where one is asked for. 400 for what is no date."""
    instruments = Instrument.objects.published().select_related("body", "event__place__country")
    found = get_object_or_404(instruments, slug=slug)
    form = DateForm({"on": request.GET.get("on", "")} if found.is_plan else {})
    plan = PlanAt(found, form.cleaned_data["on"]) if found.is_plan and form.is_valid() else None
    spread, event, developers = Spread.of(found), published(found.event), list(found.developed_by.order_by("name"))
    document = Document.objects.visible_to(reader_of(request)).filter(pk=found.document_id).first()
    context = {
        "section": "library",
        "instrument": found,
        "developers": developers,
        "event": event,
        "document": document,
        "spread": spread,
        "form": form,
        "plan": plan,
        "events": [*([event] if event else []), *spread.events, *(plan.events if plan else [])],
        "address": request.build_absolute_uri(found.get_absolute_url()),
        "linked_data": linked_data.instrument(
            found, developers=developers, event=event, document=document, absolute=request.build_absolute_uri
        ),
    }
    return render(request, "library/instrument.html", context, status=200 if form.is_valid() else 400)
