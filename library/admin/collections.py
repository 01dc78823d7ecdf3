"""Collections in the admin."""

from django.contrib import admin

from ..models import Collection
from .named import NamedAdmin


@admin.register(Collection)
class CollectionAdmin(NamedAdmin):
    fields = [
        "name", "slug", "description", "custodian", "began", "event", "sources", "note", "publication",
    ]  # fmt: skip
    list_display = ["name", "custodian", "began_shown", "publication"]
    list_filter = ["publication"]
    list_select_related = ["custodian"]
    autocomplete_fields = ["custodian", "event"]

    @admin.display(description="begun", ordering="began_on")
    def began_shown(self, collection):
        return collection.began.display() or "not known"
