"""Batches and changes in the admin: to be read, never to be written."""

from collections import Counter as Tally

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.timezone import localtime

from records.admin import ReadOnlyAdmin
from records.models import Batch, Change

from . import registry
from .history_pages import UNDO
from .parts import in_words
from .templatetags.exchange import history_address, noun, origin, record, who
from .undoing import undo_of

PER_PAGE = 50


def shown_time(at):
    """A time that stands in one line of a narrow column."""
    return date_format(localtime(at), "j M Y, H:i").replace(" ", "\N{NO-BREAK SPACE}")


class CountedChangeList(ChangeList):
    """The list of batches, with how many changes of each type those on the page have, and what took them back."""

    def get_results(self, request):
        super().get_results(request)
        batches = {batch.pk: batch for batch in self.result_list}
        for batch in batches.values():
            batch.changed = {}
        counted = Change.objects.filter(batch__in=batches).order_by().values_list("batch", "type").annotate(Count("pk"))
        for pk, type, number in counted.order_by("type"):
            batches[pk].changed[type] = number
        self.result_list = list(batches.values())
        prefetch_related_objects(self.result_list, "undone_by")


class BatchAdmin(ReadOnlyAdmin):
    list_display = ["at_shown", "who", "source", "reason", "changed", "number"]
    list_display_links = ["at_shown"]
    list_filter = ["origin", "at"]
    list_select_related = ["by"]
    search_fields = ["reason", "file", "=sha256", "by__username", "by__first_name", "by__last_name"]
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
    def source(self, batch):
        """Where it came from; the sum of its file in short, whole where one points at it."""
        if not batch.file:
            return origin(batch)
        sum = (
            format_html(' <abbr title="SHA-256: {}">{}</abbr>', batch.sha256, batch.sha256[:8]) if batch.sha256 else ""
        )
        return format_html("{}: {}{}", origin(batch), batch.file, sum)

    @admin.display(description="what")
    def changed(self, batch):
        return ", ".join(f"{number} {noun(type, number)}" for type, number in batch.changed.items())

    @admin.display(description="batch", ordering="pk")
    def number(self, batch):
        said = [f"takes back {batch.undoes_id}"] if batch.undoes_id else []
        said += [f"taken back by {undo.pk}" for undo in batch.undone_by.all()]
        return ", ".join([str(batch.pk), *said])

    def get_urls(self):
        undo = self.admin_site.admin_view(self.undo_view)
        return [path("<path:object_id>/undo/", undo, name="records_batch_undo"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """All that was done together: what each change did, with the differences marked."""
        if request.method != "GET":
            raise PermissionDenied
        return self.show(request, self.batch(request, object_id))

    def batch(self, request, object_id):
        """The batch that an address names. Raises Http404, or PermissionDenied."""
        batch = self.get_object(request, unquote(object_id))
        if batch is None:
            raise Http404(f"There is no batch {object_id}.")
        if not self.has_view_permission(request, batch):
            raise PermissionDenied
        return batch

    def show(self, request, batch, kept_back=()):
        """The page of a batch; `kept_back` are its records where none of them can be taken back."""
        shown = Shown(batch, request.GET)
        changes = shown.changes.select_related("erasure__by")
        page = self.get_paginator(request, changes, PER_PAGE).get_page(request.GET.get(PAGE_VAR, 1))
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": f"Batch {batch.pk}",
            "batch": batch,
            "rows": [(type, in_words(Tally(counts))) for type, counts in batch.counts.items()],
            "undone_by": batch.undone_by.order_by("pk"),
            "may_undo": shown.total and batch.origin != Batch.Origin.ERASURE and request.user.has_perm(UNDO),
            "erased": batch.erased.count() if batch.origin == Batch.Origin.ERASURE else 0,
            "kept_back": kept_back,
            "shown": shown,
            "page": page,
            "page_range": page.paginator.get_elided_page_range(page.number),
            "page_var": PAGE_VAR,
        }
        return TemplateResponse(request, "admin/exchange/batch.html", context)

    def undo_view(self, request, object_id):
        """Propose to take a batch back; its plan is shown, to be confirmed."""
        batch = self.batch(request, object_id)
        if request.method != "POST" or not request.user.has_perm(UNDO):
            raise PermissionDenied
        undo = undo_of(batch, request.user)
        if not undo.parts:
            return self.show(request, batch, undo.kept_back)
        # The page of a plan is that of a record type: of what the batch began with.
        pages = self.admin_site.get_model_admin(undo.parts[-1].resource.model)
        back = reverse(f"{self.admin_site.name}:records_batch_change", args=[batch.pk])
        title = f"Take back batch {batch.pk}"
        kept_back = undo.as_json()["kept_back"]
        return pages.propose(
            request, title, undo.parts, origin=Batch.Origin.UNDO, back=back, undoes=batch.pk, kept_back=kept_back
        )


class Shown:
    """The changes of a batch that its page shows, as its address filters them by type and by what was done.

    filters  of types and of verbs: what the address says, how people call it, how many there are, whether it is shown
    """

    def __init__(self, batch, query):
        rows = batch.changes.order_by()
        kinds = rows.values_list("type", Q(before__isnull=True), Q(after__isnull=True)).annotate(Count("pk"))
        self.numbers = {(type, verb_of(is_new, is_gone)): number for type, is_new, is_gone, number in kinds}
        self.total = sum(self.numbers.values())
        types = [type for type in registry.types() if any(type == of for of, _verb in self.numbers)]
        verbs = [verb for verb in VERBS if any(verb == done for _type, done in self.numbers)]
        self.type = query.get("type") if query.get("type") in types else ""
        self.verb = query.get("verb") if query.get("verb") in verbs else ""
        self.changes = batch.changes.order_by("pk")
        if self.type:
            self.changes = self.changes.filter(type=self.type)
        if self.verb:
            self.changes = self.changes.filter(VERBS[self.verb])
        self.types = [(type, noun(type, 2), self.count(type, self.verb), type == self.type) for type in types]
        self.verbs = [(verb, verb, self.count(self.type, verb), verb == self.verb) for verb in verbs]

    def count(self, type, verb):
        """How many changes are of a type and a verb; blank is any."""
        return sum(
            number
            for (of, done), number in self.numbers.items()
            if (not type or type == of) and (not verb or verb == done)
        )


VERBS = {
    "new": Q(before__isnull=True),
    "changed": Q(before__isnull=False, after__isnull=False),
    "deleted": Q(after__isnull=True),
}


def verb_of(is_new, is_gone):
    return "new" if is_new else "deleted" if is_gone else "changed"


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
