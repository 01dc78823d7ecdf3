"""What the admin of all that the library holds has in common: the published those alone touch who may publish."""

from exchange.actions import publishing_actions
from exchange.admin import DependentAdmin, PublicAdmin
from exchange.forms import PublishableForm
from records.publication import Publication

from ..resources.publishable import RIGHT


class PublishableAdmin(PublicAdmin):
    """The admin of what has a publication of its own."""

    publishing = RIGHT
    form = PublishableForm
    actions = publishing_actions()

    def published(self):
        """Also what not everybody may read is published."""
        return self.model.objects.filter(publication=Publication.PUBLISHED)


class BelongingAdmin(DependentAdmin):
    """The admin of what is as public as the records that it belongs to."""

    publishing = RIGHT


class NamedAdmin(PublishableAdmin):
    """The admin of collections and instruments, which have a name of their own."""

    search_fields = ["name"]

    def get_search_results(self, request, queryset, search_term):
        return queryset.called(search_term) if search_term else queryset, False

    def nearest_first(self, records, text):
        return records.nearest_first(text)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}
