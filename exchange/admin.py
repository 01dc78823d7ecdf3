"""The admin of record types: each save and deletion leaves its changes, and each list goes out and comes in as CSV."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse

from records.models import Batch, Counter, number_in

from . import registry, uploads
from .files import CsvTable, csv_lines
from .forms import UploadForm
from .lines import SAME
from .plans import NotApplied, plan
from .problems import UnreadableFile
from .recording import recording

SHOWN_LINES = 200


class RecordedAdmin(admin.ModelAdmin):
    """Leaves in the history what is saved and deleted here: one batch for each save, one change for each record."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with recording(by=request.user) as request.recorder:
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_readonly_fields(self, request, obj=None):
        """The key of a saved record never changes, unless it is its name in the world, as that of places is."""
        return [*super().get_readonly_fields(request, obj), *(self.keys_kept() if obj else [])]

    def keys_kept(self):
        resource = registry.resource_for(self.model)
        return [resource.fields[name].attribute or name for name in resource.key if len(resource.key) == 1]

    def save_model(self, request, obj, form, change):
        request.recorder.watch([obj])
        give_reference(obj)
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        """Save inlines; those that are records of their own leave changes of their own."""
        records = formset.save(commit=False)
        if registry.resource_for(formset.model) is None:
            formset.save()
            return
        request.recorder.watch(records)
        request.recorder.delete(formset.deleted_objects)
        for record in records:
            give_reference(record)
            record.save()
        formset.save_m2m()

    def delete_model(self, request, obj):
        with recording(by=request.user) as recorder:
            recorder.delete([obj])

    def delete_queryset(self, request, queryset):
        with recording(by=request.user) as recorder:
            recorder.delete(queryset)


def give_reference(record):
    """Give a record, whose type has references and whose own is blank, the next one; never again one that it has."""
    resource = registry.resource_for(type(record))
    if resource.letter and not record.reference:
        record.reference = f"{resource.letter}{Counter.next(resource.letter)}"
    elif resource.letter:
        Counter.raise_to(resource.letter, number_in(record.reference, resource.letter))


class RecordAdmin(RecordedAdmin):
    """The admin of a record type."""

    change_list_template = "admin/exchange/change_list.html"

    @property
    def record_type(self):
        return registry.resource_for(self.model).type

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = [
            path("export/", wrap(self.export_view), name=self.url_name("export")),
            path("import/", wrap(self.import_view), name=self.url_name("import")),
        ]
        return own + super().get_urls()

    def url_name(self, action):
        return f"{self.opts.app_label}_{self.opts.model_name}_{action}"

    def url(self, action):
        return reverse(f"{self.admin_site.name}:{self.url_name(action)}")

    def changelist_view(self, request, extra_context=None):
        query = request.GET.urlencode()
        links = {
            "export_url": self.url("export") + (f"?{query}" if query else ""),
            "import_url": self.url("import") if self.may_import(request) else None,
        }
        return super().changelist_view(request, links | (extra_context or {}))

    # --- Out ----------------------------------------------------------------------------------------------------------

    def export_view(self, request):
        """The records that the list shows, under the filters in the address, as CSV."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        resource = registry.resource_for(self.model)()
        listed = self.get_changelist_instance(request).get_queryset(request).order_by().values("pk")
        lines = csv_lines(resource, resource.records().filter(pk__in=listed))
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.record_type}.csv"'
        return response

    # --- In -----------------------------------------------------------------------------------------------------------

    def may_import(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def import_view(self, request):
        """Upload a file, see its plan, confirm it."""
        if not self.may_import(request):
            raise PermissionDenied
        if request.method == "POST" and "token" in request.POST:
            return self.confirm(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            token = uploads.keep(form.cleaned_data["file"], self.record_type, request.user)
            try:
                return self.show_plan(request, token, form.cleaned_data["reason"])
            except UnreadableFile as error:
                uploads.forget(token, self.record_type, request.user)
                form.add_error("file", str(error))
        columns = registry.resource_for(self.model)().columns
        return self.respond(request, "upload", form=form, columns=columns.values())

    def plan_of(self, request, token, watch=None):
        file, name = uploads.find(token, self.record_type, request.user)
        table = CsvTable(file, registry.resource_for(self.model).fields)
        return plan(self.record_type, table, by=request.user, watch=watch), name

    def show_plan(self, request, token, reason, problems=()):
        lines = []

        def keep(line):
            if line.status != SAME and len(lines) < SHOWN_LINES:
                lines.append(line)

        planned, name = self.plan_of(request, token, keep)
        return self.respond(
            request,
            "plan",
            plan=planned,
            lines=lines,
            problems=(planned.errors or list(problems))[:SHOWN_LINES],
            token=token,
            reason=reason,
            file_name=name,
            shown=SHOWN_LINES,
        )

    def confirm(self, request):
        token, reason = request.POST["token"], request.POST.get("reason", "")[:300]
        try:
            planned, name = self.plan_of(request, token)
            batch = planned.apply(Batch(by=request.user, origin=Batch.Origin.IMPORT, reason=reason))
        except UnreadableFile as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self.url("import"))
        except NotApplied as refusal:
            return self.show_plan(request, token, reason, refusal.problems)
        uploads.forget(token, self.record_type, request.user)
        done = f"{planned.new} new and {planned.changed} changed, as batch {batch.pk}" if batch else "all is the same"
        messages.success(request, f"{name}: {done}.")
        return HttpResponseRedirect(self.url("changelist"))

    def respond(self, request, page, **context):
        context = self.admin_site.each_context(request) | {"opts": self.opts, "type": self.record_type} | context
        context.setdefault("title", f"Import {self.opts.verbose_name_plural}")
        return TemplateResponse(request, f"admin/exchange/{page}.html", context)
