"""The page of erasing: what goes for good is said, to be confirmed."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.utils.http import urlencode

from records.models import Change

from .erasing import erase, personal_columns
from .resources import matching

ERASE = "records.erase_change"
# So many fit into an address.
MOST = 200


class ErasingPages:
    """Mixed into the admin of a record type: what says something of a person can be erased, where it has any."""

    actions = ["erase_selected"]

    @property
    def is_personal(self):
        return bool(personal_columns(self.resource))

    def get_urls(self):
        return (self.own_urls({"erase/": ("erase", self.erase_view)}) if self.is_personal else []) + super().get_urls()

    def has_erase_permission(self, request):
        return self.is_personal and request.user.has_perm(ERASE) and self.has_view_or_change_permission(request)

    @admin.action(description="Erase, also from the history", permissions=["erase"])
    def erase_selected(self, request, queryset):
        keys = queryset.order_by("pk").values_list(self.resource.key_attribute(), flat=True)[: MOST + 1]
        if len(keys) > MOST:
            messages.error(request, f"{MOST} at most are erased at a time: choose fewer.")
            return None
        return HttpResponseRedirect(self.erase_address(keys))

    def erase_address(self, keys):
        return f"{self.url('erase')}?{urlencode([('key', key) for key in keys])}"

    def erase_view(self, request):
        """Erase the records whose keys stand in the address, there or deleted, once that is confirmed."""
        if not self.has_erase_permission(request):
            raise PermissionDenied
        keys = request.GET.getlist("key")
        names, changes = self.to_erase(keys)
        if not names:
            raise Http404("There is nothing to erase.")
        if request.method == "POST":
            erase(self.resource, keys, by=request.user)
            messages.success(request, f"Erased, also from the history: {', '.join(names)}.")
            return HttpResponseRedirect(self.url("changelist"))
        noun = self.opts.verbose_name if len(names) == 1 else self.opts.verbose_name_plural
        return self.respond(
            request,
            "erase",
            title=f"Erase {len(names)} {noun}",
            names=names,
            changes=changes,
            columns=personal_columns(self.resource),
        )

    def to_erase(self, keys):
        """What those are called that have these keys or had them, {key: name}, and how many changes tell of them."""
        changes = list(matching(Change.objects.filter(type=self.record_type, erasure=None).order_by("pk"), "key", keys))
        names = {change.key: self.resource.name_of(change.after or change.before) for change in changes}
        there = matching(self.model.objects.all(), self.resource.key_attribute(), keys)
        return names | {self.key_of(record): str(record) for record in there}, len(changes)

    def delete_view(self, request, object_id, extra_context=None):
        """Deleting keeps the history: whoever may erase is shown the way to it."""
        if self.has_erase_permission(request) and (record := self.get_object(request, unquote(object_id))):
            extra_context = {"erase_url": self.erase_address([self.key_of(record)])} | (extra_context or {})
        return super().delete_view(request, object_id, extra_context)
