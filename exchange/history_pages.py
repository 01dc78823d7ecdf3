"""The pages of the past: the history of a record, going back to a version, and what is no longer there."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localtime

from records.models import Batch, Change, differing

from . import registry
from .changes import NOT_BACK
from .dependents import changes_of_dependents
from .versions import batches_of, changes_of, current, deletions, going_back, restoring

PER_PAGE = 25
UNDO = "records.undo_change"


class HistoryPages:
    """Mixed into the admin of a record type."""

    def history_address(self, key):
        """The address of the history of what has, or had, a key."""
        return f"{self.url('past')}?{urlencode({'key': key})}"

    def may_go_back(self, request):
        return request.user.has_perm(UNDO)

    # --- The history of one record ------------------------------------------------------------------------------------

    def history_view(self, request, object_id, extra_context=None):
        """The history of a record that is there."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return self.show_history(request, self.key_of(record), record)

    def past_view(self, request):
        """The history of what has, or had, the key in the address; it need not be there any more."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        newest = changes_of(self.resource, request.GET.get("key", "")).first()
        if newest is None:
            raise Http404("Nothing has, or had, this key.")
        record, _now = current(self.resource, newest.after or newest.before)
        if record is not None and not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return self.show_history(request, newest.key, record)

    def show_history(self, request, key, record):
        own = changes_of(self.resource, key).select_related("batch__by", "erasure__by")
        newest = own.first()
        batches = batches_of(self.resource, key)
        page = self.get_paginator(request, batches, PER_PAGE).get_page(request.GET.get(PAGE_VAR, 1))
        name = str(record) if record else self.resource.name_of(newest.before or newest.after)
        context = {
            "title": f"History of {name}",
            "key": key,
            "record": record,
            "page": page,
            "page_range": page.paginator.get_elided_page_range(page.number),
            "page_var": PAGE_VAR,
            "entries": self.entries(request, page, key, own),
            "newest": newest,
            "may_compare": own.count() > 1,
            "may_go_back": self.may_go_back(request),
            "may_erase": self.has_erase_permission(request),
            "compared": self.compared(request, own),
        }
        return self.respond(request, "history", **context)

    def entries(self, request, page, key, own):
        """The batches of a page, each with what it did to the record, and to what belongs to the record."""
        entries = {batch.pk: {"batch": batch, "own": [], "dependents": []} for batch in page}
        for change in own.filter(batch__in=list(entries)):
            entries[change.batch_id]["own"].append(change)
        changes = Change.objects.filter(batch__in=list(entries))
        of_dependents = changes_of_dependents(self.resource, key, changes)
        for change in of_dependents:
            if self.admin_of(change.type).has_view_or_change_permission(request):
                entries[change.batch_id]["dependents"].append(change)
        return [entry for entry in entries.values() if entry["own"] or entry["dependents"]]

    def admin_of(self, type):
        return self.admin_site.get_model_admin(registry.resource_of(type).model)

    def compared(self, request, changes):
        """The two versions that the address names, the older first, and what differs; None where it names none."""
        asked = [request.GET.get(name, "") for name in ("from", "to")]
        if not all(each.isdecimal() and len(each) < 19 for each in asked):
            return None
        found = {change.pk: change for change in changes.filter(pk__in=asked)}
        if len(found) < 2:
            return None
        older, newer = (found[pk] for pk in sorted(found))
        return {"older": older, "newer": newer, "fields": differing(older.after, newer.after)}

    # --- Going back ---------------------------------------------------------------------------------------------------

    def go_back_view(self, request):
        """Propose to make a record what it was after a change, or before its first one."""
        change = self.change_to_go_back_to(request)
        newest = changes_of(self.resource, change.key).first()
        _record, now = current(self.resource, newest.after or newest.before)
        version = change.before if "before" in request.POST else change.after
        if version is not None and change.erasure_id:
            return self.refuse_erased(request, change)
        if version is None and now is None:
            messages.info(request, "It is not there now, as it was not then.")
            return HttpResponseRedirect(self.history_address(newest.key))
        when = date_format(localtime(change.batch.at), "j F Y, H:i")
        name = self.resource.name_of(now or version)
        title = f"Go back: {name} as after the change of {when}"
        if version is None:
            title = f"Go back: {name}, which was not there then, is deleted"
        back = self.history_address(self.resource.key_of(version or now))
        parts = going_back(self.resource, now, version)
        return self.propose(request, title, parts, origin=Batch.Origin.RESTORE, back=back)

    def restore_view(self, request):
        """Propose to bring back what a change deleted, with what went along with it."""
        change = self.change_to_go_back_to(request)
        if change.after is not None:
            raise Http404("This change deleted nothing.")
        if change.erasure_id:
            return self.refuse_erased(request, change)
        if current(self.resource, change.before)[0]:
            messages.info(request, f"{change.key} is there again.")
            return HttpResponseRedirect(self.history_address(change.key))
        parts, notes = restoring(self.resource, change)
        title = f"Restore {change.key}: {self.resource.name_of(change.before)}"
        return self.propose(
            request, title, parts, origin=Batch.Origin.RESTORE, back=self.history_address(change.key), notes=notes
        )

    def refuse_erased(self, request, change):
        messages.error(request, NOT_BACK)
        return HttpResponseRedirect(self.history_address(change.key))

    def change_to_go_back_to(self, request):
        """The change that a form names. Raises PermissionDenied, or Http404 where there is no such change."""
        if request.method != "POST" or not (self.has_view_or_change_permission(request) and self.may_go_back(request)):
            raise PermissionDenied
        pk = request.POST.get("change", "")
        if not (pk.isdecimal() and len(pk) < 19):
            raise Http404("No change is named.")
        return get_object_or_404(Change.objects.select_related("batch"), pk=pk, type=self.record_type)

    # --- What is no longer there --------------------------------------------------------------------------------------

    def deleted_view(self, request):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        gone = deletions(self.resource).select_related("batch__by")
        page = self.get_paginator(request, gone, PER_PAGE).get_page(request.GET.get(PAGE_VAR, 1))
        entries = [
            {
                "change": change,
                "name": self.resource.name_of(change.before),
                "history": self.history_address(change.key),
            }
            for change in page
        ]
        context = {
            "title": f"Deleted {self.opts.verbose_name_plural}",
            "page": page,
            "page_range": page.paginator.get_elided_page_range(page.number),
            "page_var": PAGE_VAR,
            "entries": entries,
            "may_go_back": self.may_go_back(request),
            "may_erase": self.has_erase_permission(request),
        }
        return self.respond(request, "deleted", **context)
