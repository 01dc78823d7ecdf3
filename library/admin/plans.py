"""Items of plans of action and their reviews in the admin."""

from django.contrib import admin
from django.utils.text import Truncator

from exchange.admin import DependentAdmin

from ..forms import ItemForm, ReviewForm
from ..models import ActionItem, Review
from ..resources.rights import PUBLISHING


@admin.register(ActionItem)
class ItemAdmin(DependentAdmin):
    publishing = PUBLISHING
    form = ItemForm
    list_display = ["reference", "number", "text_shown", "plan", "body", "due_shown"]
    list_display_links = ["reference", "text_shown"]
    list_filter = ["plan", "body"]
    search_fields = ["reference", "number", "text", "plan__name"]
    search_help_text = "Reference, number, text, or name of the plan"
    autocomplete_fields = ["plan", "leads", "body"]

    @admin.display(description="text")
    def text_shown(self, item):
        return Truncator(item.text).chars(100)

    @admin.display(description="due", ordering="due_on")
    def due_shown(self, item):
        return item.due.display() or "no date"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("plan", "body")

    def describe(self, item):
        return {"kind": item.plan.name}


@admin.register(Review)
class ReviewAdmin(DependentAdmin):
    publishing = PUBLISHING
    form = ReviewForm
    list_display = ["reference", "plan", "item", "event", "as_of_shown", "status", "finding_shown"]
    list_display_links = ["reference", "plan"]
    list_filter = ["status", "plan"]
    list_select_related = ["plan", "item", "event"]
    search_fields = ["reference", "finding", "plan__name", "item__text", "event__reference", "event__title"]
    search_help_text = "Reference, finding, plan, item or event"
    autocomplete_fields = ["plan", "item", "event"]

    @admin.display(description="as of", ordering="as_of_on")
    def as_of_shown(self, review):
        return review.as_of.display() or "its event"

    @admin.display(description="finding")
    def finding_shown(self, review):
        return Truncator(review.finding).chars(100) or "none"
