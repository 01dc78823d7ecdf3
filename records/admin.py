"""Batches and changes in the admin: to be read, never to be written."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from .models import Batch, Change


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "at", "by", "origin", "reason", "changes"]
    list_filter = ["origin", "at"]
    list_select_related = ["by"]
    search_fields = ["reason"]
    fields = ["at", "by", "origin", "reason", "changes"]

    @admin.display(description="changes")
    def changes(self, batch):
        return format_html('<a href="{}?batch={}">Show</a>', reverse("admin:records_change_changelist"), batch.pk)


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["key", "type", "what_changed", "batch_at", "batch_by"]
    list_filter = ["type", "batch__origin"]
    list_select_related = ["batch__by"]
    search_fields = ["key", "previous_key"]
    ordering = ["-pk"]
    fields = ["type", "key", "batch", "differences"]

    @admin.display(description="what changed")
    def what_changed(self, change):
        return ", ".join(change.fields) if change.verb == "changed" else change.verb

    @admin.display(description="at", ordering="batch__at")
    def batch_at(self, change):
        return change.batch.at

    @admin.display(description="by")
    def batch_by(self, change):
        return change.batch.by or "a command"

    @admin.display(description="before → after")
    def differences(self, change):
        rows = ((column, before or "–", after or "–") for column, (before, after) in change.fields.items())
        return format_html_join("", "<p><strong>{}</strong>: {} → {}</p>", rows)
