"""Editions, sections and entries in the admin."""

from django.contrib import admin

from exchange.admin import RecordAdmin

from .models import Edition, Entry, Section
from .review_pages import ReviewPages


class PrintedAdmin(RecordAdmin):
    """What is published, those alone may change and delete who may publish."""

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.may_touch(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.may_touch(request, obj)

    def may_touch(self, request, record):
        return record is None or request.user.has_perm("summaries.publish_edition") or not record.is_published


@admin.register(Edition)
class EditionAdmin(ReviewPages, PrintedAdmin):
    list_display = ["reference", "title", "date", "origin", "issued", "publication"]


@admin.register(Section)
class SectionAdmin(PrintedAdmin):
    list_display = ["edition", "number", "heading"]
    list_select_related = ["edition"]


@admin.register(Entry)
class EntryAdmin(PrintedAdmin):
    list_display = ["reference", "heading", "edition", "event", "state"]
    list_select_related = ["edition", "event"]
