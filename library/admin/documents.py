"""Documents and their versions in the admin."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import get_text_list

from exchange.actions import publishing_actions
from exchange.admin import PublicAdmin, give_references
from exchange.inlines import RecordInline
from exchange.recording import recording
from records.publication import Publication

from .. import reading
from ..file_forms import DocumentForm, FilesForm, VersionForm
from ..file_pages import respond
from ..intake import known_as
from ..models import Document, DocumentVersion
from ..resources.rights import PUBLISHING

# What files that come together have in common.
COMMON = ["kind", "language", "issued", "event", "collection", "country", "access"]


class VersionShown:
    """Mixed into what shows versions: their files, to be looked at by those who see the record."""

    @admin.display(description="file")
    def file_shown(self, version):
        address = reverse("admin:library_documentversion_file", args=[version.pk])
        return format_html('<a href="{}">{}</a>', address, version.name)

    @admin.display(description="size", ordering="size")
    def size_shown(self, version):
        return filesizeformat(version.size)


class VersionInline(VersionShown, RecordInline, admin.TabularInline):
    """The files of a document: a new one comes by the form, and none is changed."""

    model = DocumentVersion
    fields = readonly_fields = ["number", "file_shown", "media_type", "size_shown", "added", "reading"]
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).defer("text")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Document)
class DocumentAdmin(PublicAdmin):
    publishing = PUBLISHING
    form = DocumentForm
    change_list_template = "admin/library/document/change_list.html"
    list_display = ["reference", "title", "kind", "issued_shown", "event", "access", "publication"]
    list_display_links = ["reference", "title"]
    list_filter = ["publication", "access", "kind", "collection"]
    list_select_related = ["event"]
    actions = publishing_actions()
    search_fields = ["reference", "title"]
    search_help_text = "Reference or title"
    autocomplete_fields = ["event", "discussed_at", "authors", "country", "collection"]
    inlines = [VersionInline]
    fieldsets = [
        ("What", {"fields": ["title", ("kind", "language", "issued"), "description", "file", "text", "reference"]}),
        ("Whose", {"fields": ["authors", "country", "event", "discussed_at", "collection"]}),
        ("Sources and notes", {"fields": ["sources", "url", "note"]}),
        ("Publishing", {"fields": ["access", "publication"]}),
    ]

    def get_urls(self):
        return self.own_urls({"add-files/": ("add_files", self.add_files_view)}) + super().get_urls()

    def changelist_view(self, request, extra_context=None):
        context = {"add_files_url": self.url("add_files") if self.has_add_permission(request) else None}
        return super().changelist_view(request, context | (extra_context or {}))

    def get_fieldsets(self, request, obj=None):
        """Without what only serves to enter, for those who may only look."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        return [
            (name, {"fields": [field for field in options["fields"] if field != "file"]})
            for name, options in self.fieldsets
        ]

    def published(self):
        """What is published for members alone is a publisher's to change too."""
        return Document.objects.filter(publication=Publication.PUBLISHED)

    @admin.display(description="issued", ordering="issued_on")
    def issued_shown(self, document):
        return document.issued.display() or "undated"

    # --- Files --------------------------------------------------------------------------------------------------------

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if form.taken:
            self.warn_of_others(request, obj, form.taken)
            keep_version(obj, form.taken, request.recorder)

    def warn_of_others(self, request, document, taken):
        """Say which other documents have the same file."""
        others = [str(other) for other in known_as([taken.sha256]).get(taken.sha256, []) if other != document]
        if others:
            said = f"{taken.name} is also a file of {get_text_list(others, 'and')}."
            self.message_user(request, said, messages.WARNING)

    def add_files_view(self, request):
        """Many files at once, each of which becomes a draft document; all of them do, or none."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form_class = self.get_form(request, form=FilesForm, fields=COMMON)
        form = form_class(request.POST, request.FILES) if request.method == "POST" else form_class()
        if form.is_valid():
            return self.add_files(request, form)
        context = self.admin_site.each_context(request) | {"opts": self.opts, "title": "Add files", "form": form}
        return TemplateResponse(request, "admin/library/document/add_files.html", context)

    def add_files(self, request, form):
        with recording(by=request.user) as recorder:
            documents = add_documents(form.documents(), recorder)
        references = get_text_list([document.reference for document in documents], "and")
        said = f"{references} stand here as drafts." if len(documents) > 1 else f"{references} stands here as a draft."
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(self.url("changelist"))


def add_documents(pairs, recorder):
    """Save new documents, each with the file that was taken in for it; return them. As many queries as for one."""
    documents = [document for document, _taken in pairs]
    versions = [taken.as_version(document) for document, taken in pairs]
    give_references(documents)
    for records in (documents, versions):
        recorder.watch(records)
        type(records[0]).objects.bulk_create(records)
    reading.ask_for(versions)
    return documents


def keep_version(document, taken, recorder):
    """Make a file that was taken in the next version of a saved document, and have it read."""
    version = taken.as_version(document)
    recorder.watch([version])
    version.save()
    reading.ask_for([version])


@admin.register(DocumentVersion)
class VersionAdmin(VersionShown, PublicAdmin):
    """Versions come by the form of their document; of one, what it is called and when it was added may be mended."""

    publishing = PUBLISHING
    form = VersionForm
    fields = ["document", "number", "name", "added", "file_shown", "media_type", "size_shown", "sha256", "reading"]
    readonly_fields = ["document", "number", "file_shown", "media_type", "size_shown", "sha256", "reading"]
    list_display = ["document", "number", "file_shown", "media_type", "size_shown", "reading"]
    list_filter = ["reading", "media_type"]
    list_select_related = ["document"]
    search_fields = ["document__reference", "document__title", "name", "sha256"]
    search_help_text = "Reference or title of the document, name of the file, or its sum"

    def get_urls(self):
        return self.own_urls({"<int:pk>/file/": ("file", self.file_view)}) + super().get_urls()

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("document").defer("text", "document__text")

    def published(self):
        """Those of what is published for members alone, too."""
        return DocumentVersion.objects.filter(document__publication=Publication.PUBLISHED)

    def add_view(self, request, form_url="", extra_context=None):
        """A version comes with its file."""
        return HttpResponseRedirect(reverse("admin:library_document_add_files"))

    def file_view(self, request, pk):
        """The file of any version, for those who see the record with its drafts."""
        version = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, version):
            raise PermissionDenied
        return respond(request, version)
