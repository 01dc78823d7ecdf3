"""Batches and changes in the admin: to be read, never to be written."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.timezone import localtime

from records.admin import ReadOnlyAdmin
from records.models import Change

from .templatetags.exchange import history_address, noun, origin, record, who

PER_PAGE = 50


def shown_time(at):
    """A time that stands in one line of a narrow column."""
    return date_format(localtime(at), "j M Y, H:i").replace(" ", "\N{NO-BREAK SPACE}")


class CountedChangeList(ChangeList):
    """The list of batches, with how many changes of each type those on the page have: one query."""

    def get_results(self, request):
        super().get_results(request)
        batches = {batch.pk: batch for batch in self.result_list}
        for batch in batches.values():
            batch.counts = {}
        counted = Change.objects.filter(batch__in=batches).order_by().values_list("batch", "type").annotate(Count("pk"))
        for pk, type, number in counted.order_by("type"):
            batches[pk].counts[type] = number
        self.result_list = list(batches.values())


class BatchAdmin(ReadOnlyAdmin):
    list_display = ["at_shown", "who", "origin_shown", "reason", "counts", "number"]
    list_display_links = ["at_shown"]
    list_filter = ["origin", "at"]
    list_select_related = ["by"]
    search_fields = ["reason", "by__username", "by__first_name", "by__last_name"]
    list_per_page = PER_PAGE
    empty_value_display = ""

    def get_changelist(self, request, **kwargs):
        return CountedChangeList

    @admin.display(description="when", ordering="at")
    def at_shown(self, batch):
        return shown_time(batch.at)

    @admin.display(description="who")
    def who(self, batch):
        return who(batch)

    @admin.display(description="where from", ordering="origin")
    def origin_shown(self, batch):
        return origin(batch)

    @admin.display(description="what")
    def counts(self, batch):
        return ", ".join(f"{number} {noun(type, number)}" for type, number in batch.counts.items())

    @admin.display(description="batch", ordering="pk")
    def number(self, batch):
        return batch.pk

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """All that was done together: what each change did, with the differences marked."""
        if request.method != "GET":
            raise PermissionDenied
        batch = self.get_object(request, unquote(object_id))
        if batch is None:
            raise Http404(f"There is no batch {object_id}.")
        if not self.has_view_permission(request, batch):
            raise PermissionDenied
        changes = batch.changes.order_by("pk")
        page = self.get_paginator(request, changes, PER_PAGE).get_page(request.GET.get(PAGE_VAR, 1))
        counts = changes.order_by("type").values_list("type").annotate(Count("pk"))
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": f"Batch {batch.pk}",
            "batch": batch,
            "counts": counts,
            "page": page,
            "page_range": page.paginator.get_elided_page_range(page.number),
            "page_var": PAGE_VAR,
        }
        return TemplateResponse(request, "admin/exchange/batch.html", context)


class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["record", "what_changed", "at", "who", "reason", "history"]
    list_filter = ["type", "batch__origin"]
    list_select_related = ["batch__by"]
    search_fields = ["key", "previous_key"]
    ordering = ["-pk"]
    list_per_page = PER_PAGE
    empty_value_display = ""

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A change is read on the page of its batch."""
        if request.method != "GET" or not self.has_view_permission(request):
            raise PermissionDenied
        change = self.get_object(request, unquote(object_id))
        if change is None:
            raise Http404(f"There is no change {object_id}.")
        before = Change.objects.filter(batch=change.batch_id, pk__lt=change.pk).count()
        address = reverse(f"{self.admin_site.name}:records_batch_change", args=[change.batch_id])
        return redirect(f"{address}?{PAGE_VAR}={before // PER_PAGE + 1}#change-{change.pk}")

    @admin.display(description="record", ordering="key")
    def record(self, change):
        return Truncator(record(change)).chars(80)

    @admin.display(description="what changed")
    def what_changed(self, change):
        return ", ".join(change.fields).replace("_", " ") if change.verb == "changed" else change.verb

    @admin.display(description="when", ordering="batch__at")
    def at(self, change):
        return shown_time(change.batch.at)

    @admin.display(description="who")
    def who(self, change):
        return who(change.batch)

    @admin.display(description="why")
    def reason(self, change):
        return change.batch.reason

    @admin.display(description="history")
    def history(self, change):
        return format_html('<a href="{}">History</a>', history_address(change))
