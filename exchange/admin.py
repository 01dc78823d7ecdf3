"""The admin of record types: each save and deletion leaves its changes, and each list goes out and comes in as CSV."""

from functools import wraps

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse

from records.models import Batch, Counter, number_in

from . import registry, uploads
from .deletions import collected, listing
from .files import CsvTable, csv_lines
from .forms import UploadForm
from .inlines import Plain
from .lines import CHANGED, NEW
from .models import UnknownName
from .plans import NotApplied, plan
from .problems import UnreadableFile
from .recording import recording
from .resources import make_room

SHOWN = 200


def recorded(view):
    """Let a view of the admin leave one batch of all that a form which is sent to it saves and deletes.

    What it checks and what it does then stand behind the record's lock together: nothing comes in between.
    """

    @wraps(view)
    def recorded_view(self, request, *args, **kwargs):
        if request.method != "POST":
            return view(self, request, *args, **kwargs)
        with recording(by=request.user) as request.recorder:
            return view(self, request, *args, **kwargs)

    return recorded_view


class RecordedAdmin(Plain, admin.ModelAdmin):
    """Leaves in the history what is saved and deleted here: one batch a form that is sent, one change a record."""

    changeform_view = recorded(admin.ModelAdmin.changeform_view)
    changelist_view = recorded(admin.ModelAdmin.changelist_view)
    delete_view = recorded(admin.ModelAdmin.delete_view)

    def get_readonly_fields(self, request, obj=None):
        """The reference, slug or alpha-2 of a saved record never changes."""
        key = registry.resource_for(self.model).key
        return [*super().get_readonly_fields(request, obj), *(key if obj and len(key) == 1 else ())]

    def save_model(self, request, obj, form, change):
        request.recorder.watch([obj])
        give_reference(obj)
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        """Save an inline; those of its records that have rows of their own leave changes of their own."""
        records = formset.save(commit=False)
        request.recorder.watch(records)
        request.recorder.delete(formset.deleted_objects)
        make_room(formset.model, records)
        for record in records:
            give_reference(record)
            record.save(force_insert=True)
        formset.save_m2m()

    def delete_model(self, request, obj):
        request.recorder.delete([obj])

    def delete_queryset(self, request, queryset):
        request.recorder.delete(queryset)

    def get_deleted_objects(self, objs, request):
        """Name among what keeps records from being deleted also the records that list one of them."""
        to_delete, counts, lacking, protected = super().get_deleted_objects(objs, request)
        lists = listing(collected(list(objs))) if objs else ()
        protected += [f"{record._meta.verbose_name.capitalize()}: {record}" for record in lists]
        return to_delete, counts, lacking, protected


def give_reference(record):
    """Give a record, whose type has references and whose own is blank, the next one; never again one that it has."""
    resource = registry.resource_for(type(record))
    letter = resource.letter if resource else ""
    if letter and not record.reference:
        record.reference = f"{letter}{Counter.next(letter)}"
    elif letter:
        Counter.raise_to(letter, number_in(record.reference, letter))


class RecordAdmin(RecordedAdmin):
    """The admin of a record type, whose list goes out and comes in as CSV."""

    change_list_template = "admin/exchange/change_list.html"

    @property
    def resource(self):
        return registry.resource_for(self.model)

    @property
    def record_type(self):
        return self.resource.type

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
        try:
            listed = self.get_changelist_instance(request).get_queryset(request).order_by().values("pk")
        except IncorrectLookupParameters:  # as the list does
            return HttpResponseRedirect(f"{self.url('changelist')}?e=1")
        resource = self.resource()
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
        if "token" in request.POST:
            return self.confirm(request, request.POST["token"])
        if request.method != "POST":
            return self.show_form(request, UploadForm())
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show_form(request, form)
        token = uploads.keep(form.cleaned_data["file"], self.record_type, request.user, form.cleaned_data["reason"])
        upload = uploads.find(token, self.record_type, request.user)
        try:
            return self.show_plan(request, token, upload)
        except UnreadableFile as error:
            upload.path.unlink()
            form.add_error("file", str(error))
            return self.show_form(request, form)

    def confirm(self, request, token):
        """Do what was planned, and go back to the list; show the plan again where it cannot be done any more."""
        try:
            upload = uploads.find(token, self.record_type, request.user)
            planned = self.plan(request, upload)
            batch = planned.apply(Batch(by=request.user, origin=Batch.Origin.IMPORT, reason=upload.reason))
        except NotApplied as refusal:
            return self.show_plan(request, token, upload, refusal.problems)
        except (UnreadableFile, FileNotFoundError) as error:  # the latter when it was confirmed twice at once
            messages.error(request, str(error) if isinstance(error, UnreadableFile) else uploads.GONE)
            return HttpResponseRedirect(self.url("import"))
        upload.path.unlink(missing_ok=True)
        done = f"{planned.new} new and {planned.changed} changed, as batch {batch.pk}" if batch else "all is the same"
        messages.success(request, f"The file {upload.name}: {done}.")
        return HttpResponseRedirect(self.url("changelist"))

    def plan(self, request, upload, watch=None):
        table = CsvTable(upload.path, self.resource.declared)
        return plan(self.record_type, table, by=request.user, watch=watch)

    def show_form(self, request, form):
        return self.respond(request, "upload", form=form, columns=self.resource().columns.values())

    def show_plan(self, request, token, upload, problems=()):
        """The page of a plan: what is wrong, by now (`problems`) if not in the file itself, and what it would do."""
        lines = []

        def keep(line):
            if line.status in (NEW, CHANGED) and len(lines) < SHOWN:
                lines.append(line)

        planned = self.plan(request, upload, keep)
        UnknownName.objects.remember(planned.errors, self.record_type, upload.name)
        context = {
            "upload": upload,
            "token": token,
            "plan": planned,
            "problems": planned.errors or problems,
            "lines": [(self.resource.key_of(line.old | line.after), line) for line in lines],
            "shown": SHOWN,
        }
        return self.respond(request, "plan", **context)

    def respond(self, request, page, **context):
        context |= self.admin_site.each_context(request)
        context |= {"opts": self.opts, "title": f"Import {self.opts.verbose_name_plural}"}
        return TemplateResponse(request, f"admin/exchange/{page}.html", context)
