"""What is entered on the form of an instrument: what became of it; of a plan of action, its items and their reviews."""

from django.contrib import admin

from exchange.inlines import RecordInline

from ..models import ActionItem, ReportedFigure, Review, Uptake


class UptakeInline(RecordInline, admin.TabularInline):
    model = Uptake
    fields = ["country", "status", "as_of", "source"]
    autocomplete_fields = ["country"]
    verbose_name = "country"
    verbose_name_plural = "what countries made of it"


class FigureInline(RecordInline, admin.TabularInline):
    model = ReportedFigure
    fields = ["event", "status", "count", "remark"]
    autocomplete_fields = ["event"]
    verbose_name = "figure"
    verbose_name_plural = "what meetings reported without naming countries"


class ItemInline(RecordInline, admin.StackedInline):
    model = ActionItem
    fields = [("number", "due", "added", "dropped"), "text", ("leads", "body")]
    autocomplete_fields = ["leads", "body"]
    verbose_name_plural = "items"


class ReviewInline(RecordInline, admin.StackedInline):
    model = Review
    fields = [("item", "event", "as_of", "status"), "finding"]
    autocomplete_fields = ["item", "event"]
    verbose_name_plural = "what reviews found"
