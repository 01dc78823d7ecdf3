"""Documents and their versions in the admin."""

from django.contrib import admin

from exchange.actions import publishing_actions
from exchange.admin import PublicAdmin
from records.publication import Publication

from ..models import Document, DocumentVersion
from ..resources.rights import PUBLISHING


@admin.register(Document)
class DocumentAdmin(PublicAdmin):
    publishing = PUBLISHING
    list_display = ["reference", "title", "kind", "issued_shown", "event", "access", "publication"]
    list_display_links = ["reference", "title"]
    list_filter = ["publication", "access", "kind", "collection"]
    list_select_related = ["event"]
    actions = publishing_actions()
    search_fields = ["reference", "title"]
    search_help_text = "Reference or title"
    autocomplete_fields = ["event", "discussed_at", "authors", "country", "collection"]
    fieldsets = [
        ("What", {"fields": ["title", ("kind", "language", "issued"), "description", "text", "reference"]}),
        ("Whose", {"fields": ["authors", "country", "event", "discussed_at", "collection"]}),
        ("Sources and notes", {"fields": ["sources", "url", "note"]}),
        ("Publishing", {"fields": ["access", "publication"]}),
    ]

    def published(self):
        """What is published for members alone is a publisher's to change too."""
        return Document.objects.filter(publication=Publication.PUBLISHED)

    @admin.display(description="issued", ordering="issued_on")
    def issued_shown(self, document):
        return document.issued.display() or "undated"


@admin.register(DocumentVersion)
class VersionAdmin(PublicAdmin):
    publishing = PUBLISHING
    list_display = ["document", "number", "name", "media_type", "size"]
    list_select_related = ["document"]
    search_fields = ["document__reference", "document__title", "name", "sha256"]

    def published(self):
        """As with documents: also what is published for members alone."""
        return DocumentVersion.objects.filter(document__publication=Publication.PUBLISHED)
