"""The admin of record types: each save and deletion leaves its changes; each list goes out and comes in as files."""

from functools import wraps

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from records.models import Batch, Change, Counter, number_in
from records.publication import Publication, Publishable

from . import downloads, registry
from .batches import BatchAdmin, ChangeAdmin
from .conflicts import ConflictForms
from .deletions import GoingByName, collected, going, kept_by
from .erasing_pages import ErasingPages
from .files import FORMATS
from .forms import PublishableForm, UploadForm
from .history_pages import HistoryPages
from .inlines import Plain
from .plan_pages import PlanPages
from .problems import UnreadableFile, Unwritable
from .recording import recording
from .resources import make_room

FIRST = next(iter(FORMATS))
# What a button says of how public a record is to be.
PUBLISHING = {"_review": Publication.IN_REVIEW, "_publish": Publication.PUBLISHED}


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


class RecordedAdmin(Plain, ConflictForms, admin.ModelAdmin):
    """Leaves in the history what is saved and deleted here: one batch a form that is sent, one change a record."""

    changeform_view = recorded(ConflictForms.changeform_view)
    changelist_view = recorded(admin.ModelAdmin.changelist_view)
    delete_view = recorded(admin.ModelAdmin.delete_view)

    @property
    def resource(self):
        return registry.resource_for(self.model)

    @property
    def record_type(self):
        return self.resource.type

    def key_of(self, record):
        """The key of a record as one text."""
        if name := self.resource.key_attribute():
            return getattr(record, name)
        return self.resource.key_of(self.resource().rows_of([record.pk])[record.pk])

    def url_name(self, action):
        return f"{self.opts.app_label}_{self.opts.model_name}_{action}"

    def url(self, action, *args):
        return reverse(f"{self.admin_site.name}:{self.url_name(action)}", args=args)

    def own_urls(self, pages):
        """The addresses of pages of its own, for staff alone. Takes {route: (action, view)}."""
        return [
            path(route, self.admin_site.admin_view(view), name=self.url_name(action))
            for route, (action, view) in pages.items()
        ]

    def respond(self, request, template, status=200, **context):
        """One of the pages that every record type has."""
        context = self.admin_site.each_context(request) | {"opts": self.opts} | context
        return TemplateResponse(request, f"admin/exchange/{template}.html", context, status=status)

    def get_readonly_fields(self, request, obj=None):
        """The reference, slug or alpha-2 of a saved record never changes."""
        key = self.resource.key_attribute()
        return [*super().get_readonly_fields(request, obj), *([key] if obj and key else ())]

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

    def log_addition(self, *args):
        """Nothing: there is no history beside the changes, and what is erased from them stands nowhere else."""

    log_change = log_deletions = log_addition

    def render_change_form(self, request, context, *args, **kwargs):
        """Labels stand above or beside their fields without a colon."""
        context["adminform"].form.label_suffix = ""
        return super().render_change_form(request, context, *args, **kwargs)

    def delete_model(self, request, obj):
        request.recorder.delete([obj])

    def delete_queryset(self, request, queryset):
        request.recorder.delete(queryset)

    def get_deleted_objects(self, objs, request):
        """What goes, and what keeps records from being deleted: also the records that list one of them."""
        if not objs:
            return [], {}, set(), []
        collector, lacking = collected(list(objs), GoingByName), set()

        def named(record):
            opts, site = record._meta, self.admin_site
            admin = site.get_model_admin(type(record)) if site.is_registered(type(record)) else None
            if admin and not admin.has_delete_permission(request, record):
                lacking.add(opts.verbose_name)
            if not isinstance(admin, RecordedAdmin):
                return f"{capfirst(opts.verbose_name)}: {record}"
            url = admin.url("change", record.pk)
            return format_html('{}: <a href="{}">{}</a>', capfirst(opts.verbose_name), url, record)

        to_delete = [named(record) for record in going(collector)]
        protected = [named(record) for record in kept_by(collector)]
        counts = {model._meta.verbose_name_plural: len(records) for model, records in collector.model_objs.items()}
        return to_delete, counts, lacking, protected


def give_reference(record):
    """Give a record, whose type has references and whose own is blank, the next one; never again one that it has."""
    resource = registry.resource_for(type(record))
    letter = resource.letter if resource else ""
    if letter and not record.reference:
        record.reference = f"{letter}{Counter.next(letter)}"
    elif letter:
        Counter.raise_to(letter, number_in(record.reference, letter))


def give_references(records):
    """Give new records of one type, which have none, the next references, in as few queries as one."""
    letter = registry.resource_for(type(records[0])).letter
    for number, record in enumerate(records, start=Counter.next(letter, len(records))):
        record.reference = f"{letter}{number}"


class RecordAdmin(ErasingPages, PlanPages, HistoryPages, RecordedAdmin):
    """The admin of a record type: its list goes out and comes in as files, its past can be read and brought back."""

    # Counting beside each filter would ask for the choices of all filters once a filter.
    show_facets = admin.ShowFacets.NEVER
    change_list_template = "admin/exchange/change_list.html"
    delete_confirmation_template = "admin/exchange/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/exchange/delete_selected_confirmation.html"

    def get_urls(self):
        pages = {
            "export/": ("export", self.export_view),
            "export/<slug:format>/": ("export_as", self.export_view),
            "import/": ("import", self.import_view),
            "template/": ("template", self.template_view),
            "plan/<slug:name>/": ("plan", self.plan_view),
            "plan/<slug:name>/to-mend/": ("mended", self.mended_view),
            "plan/<slug:name>/progress/": ("progress", self.progress_view),
            "past/": ("past", self.past_view),
            "go-back/": ("go_back", self.go_back_view),
            "deleted/": ("deleted", self.deleted_view),
            "restore/": ("restore", self.restore_view),
        }
        return self.own_urls(pages) + super().get_urls()

    def changelist_view(self, request, extra_context=None):
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        links = {
            "exports": [(format.upper(), self.export_url(format) + query) for format in FORMATS],
            "import_url": self.url("import") if self.may_import(request) else None,
            "deleted_url": self.url("deleted"),
        }
        return super().changelist_view(request, links | (extra_context or {}))

    # --- Out ----------------------------------------------------------------------------------------------------------

    def export_url(self, format):
        return self.url("export") if format == FIRST else self.url("export_as", format)

    def export_view(self, request, format=FIRST):
        """The records that the list shows, under the filters in the address, as a file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if format not in FORMATS:
            raise Http404(f"Nothing goes out as {format}.")
        try:
            listed = self.get_changelist_instance(request).get_queryset(request).order_by().values("pk")
        except IncorrectLookupParameters:  # as the list does
            return HttpResponseRedirect(f"{self.url('changelist')}?e=1")
        resource = self.resource()
        try:
            return downloads.records(resource, resource.records().filter(pk__in=listed), format)
        except Unwritable as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self.url("changelist"))

    # --- In -----------------------------------------------------------------------------------------------------------

    def may_import(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def import_view(self, request):
        """Upload a file; its plan is shown, to be confirmed."""
        if not self.may_import(request):
            raise PermissionDenied
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        if not form.is_valid():
            return self.show_upload(request, form)
        file, reason = form.cleaned_data["file"], form.cleaned_data["reason"]
        try:
            return self.propose(request, f"The file {file.name}", origin=Batch.Origin.IMPORT, reason=reason, file=file)
        except UnreadableFile as error:
            form.add_error("file", str(error))
            return self.show_upload(request, form)

    def show_upload(self, request, form):
        title = f"Import {self.opts.verbose_name_plural}"
        return self.respond(request, "upload", title=title, form=form, columns=self.resource().columns.values())

    def template_view(self, request):
        """A workbook to be filled in with records of the type."""
        if not self.may_import(request):
            raise PermissionDenied
        return downloads.template([self.record_type])


class PublicAdmin(RecordAdmin):
    """The admin of what can be public: what is, those alone may change and delete who may publish.

    `publishing` is the permission that this takes. The buttons `_review` and `_publish` save a record and say how
    public it is.
    """

    publishing = ""
    form = PublishableForm

    def may_publish(self, request):
        return request.user.has_perm(self.publishing)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.may_touch(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Asked of many records at once, each as it was read: no form has changed what is about to be deleted."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or self.may_publish(request) or not obj.is_published)

    def may_touch(self, request, record):
        if record is None or self.may_publish(request):
            return True
        return not self.published().filter(pk=record.pk).exists()

    def published(self):
        """What those alone may touch who may publish."""
        return self.model.objects.published()

    def view_on_site(self, record):
        return record.get_absolute_url() if self.is_publishable and record.is_published else None

    @property
    def is_publishable(self):
        """Whether its records have a publication of their own."""
        return issubclass(self.model, Publishable)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.asked = next((PUBLISHING[button] for button in PUBLISHING if button in request.POST), None)
        return form

    def render_change_form(self, request, context, *args, **kwargs):
        context |= {"is_publishable": self.is_publishable, "may_publish": self.may_publish(request)}
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        return self.gone_on(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self.gone_on(request, obj) or super().response_change(request, obj)

    def gone_on(self, request, record):
        """Where a button of this form leads once the record is saved, or None."""
        if "_publish" in request.POST:
            words = format_html('{} is published: <a href="{}">its page</a>.', record, record.get_absolute_url())
        elif "_review" in request.POST:
            words = f"{record} waits for review."
        else:
            return None
        self.message_user(request, words, messages.SUCCESS)
        return self.response_post_save_change(request, record)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "publication" and not self.may_publish(request):
            kwargs["choices"] = [choice for choice in Publication.choices if choice[0] != Publication.PUBLISHED]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


class DependentAdmin(PublicAdmin):
    """The admin of what is as public as the records that it belongs to; its form is a DependentForm."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.may_publish = self.may_publish(request)
        return form


admin.site.register(Batch, BatchAdmin)
admin.site.register(Change, ChangeAdmin)
