"""What the admin of collections and instruments has in common, which have a name of their own."""

from exchange.actions import publishing_actions
from exchange.admin import PublicAdmin

from ..forms import NamedForm
from ..resources.rights import PUBLISHING


class NamedAdmin(PublicAdmin):
    publishing = PUBLISHING
    form = NamedForm
    actions = publishing_actions()
    search_fields = ["name"]

    def get_search_results(self, request, queryset, search_term):
        return queryset.called(search_term) if search_term else queryset, False

    def nearest_first(self, records, text):
        return records.nearest_first(text)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}
