"""Instruments in the admin, and what countries made of them."""

from django.contrib import admin
from django.db.models import Q

from exchange.admin import DependentAdmin
from participants.names import names_like

from ..forms import FigureForm, UptakeForm
from ..models import Instrument, ReportedFigure, Uptake
from ..resources.rights import PUBLISHING
from .inlines import FigureInline, ItemInline, ReviewInline, UptakeInline
from .list_filters import LackingFilter
from .named import NamedAdmin


@admin.register(Instrument)
class InstrumentAdmin(NamedAdmin):
    list_display = ["name", "kind", "body", "agreed_shown", "publication"]
    list_filter = ["publication", LackingFilter, "kind", "body"]
    list_select_related = ["body"]
    search_help_text = "Words of its name"
    autocomplete_fields = ["developed_by", "body", "event", "document"]
    inlines = [ItemInline, ReviewInline, UptakeInline, FigureInline]
    fieldsets = [
        ("What", {"fields": ["name", "slug", "kind", "description"]}),
        ("Where it is from", {"fields": ["developed_by", "body", "event", "agreed", "document"]}),
        ("Sources and notes", {"fields": ["sources", "url", "note"]}),
        ("Publishing", {"fields": ["publication"]}),
    ]

    @admin.display(description="agreed", ordering="agreed_on")
    def agreed_shown(self, instrument):
        return instrument.agreed.display() or "undated"

    def describe(self, instrument):
        return {"kind": instrument.get_kind_display()}

    def get_inlines(self, request, obj):
        """Items and reviews are of plans of action alone."""
        of_plans = {ItemInline, ReviewInline}
        return [inline for inline in self.inlines if inline not in of_plans or (obj and obj.is_plan)]


@admin.register(Uptake)
class UptakeAdmin(DependentAdmin):
    publishing = PUBLISHING
    form = UptakeForm
    list_display = ["country", "instrument", "status", "as_of_shown"]
    list_filter = ["status", "instrument"]
    list_select_related = ["country", "instrument"]
    search_fields = ["instrument__name", "country__known_names__text"]
    search_help_text = "Instrument, or any known name of the country"
    autocomplete_fields = ["instrument", "country"]

    @admin.display(description="as of", ordering="as_of_on")
    def as_of_shown(self, uptake):
        return uptake.as_of.display() or "undated"

    def get_search_results(self, request, queryset, search_term):
        if search_term:
            countries = names_like(search_term).values("participant")
            instruments = Instrument.objects.called(search_term)
            queryset = queryset.filter(Q(country__in=countries) | Q(instrument__in=instruments))
        return queryset, False


@admin.register(ReportedFigure)
class FigureAdmin(DependentAdmin):
    publishing = PUBLISHING
    form = FigureForm
    list_display = ["instrument", "event", "status", "count"]
    list_filter = ["status", "instrument"]
    list_select_related = ["instrument", "event"]
    search_fields = ["instrument__name", "event__reference", "event__title"]
    search_help_text = "Instrument, or reference or title of the event"
    autocomplete_fields = ["instrument", "event"]
