"""What the admin of all that the library holds has in common: the published those alone touch who may publish."""

from exchange.admin import RecordAdmin
from records.publication import Publication

from ..resources.publishable import RIGHT


class PublishableAdmin(RecordAdmin):
    """The admin of what has a publication of its own."""

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.may_touch(request, obj)

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or request.user.has_perm(RIGHT) or not obj.is_published)

    def may_touch(self, request, record):
        """A form may have changed the record at hand: what counts is how it stands in the database."""
        if record is None or request.user.has_perm(RIGHT):
            return True
        saved = self.model._base_manager.filter(pk=record.pk)
        return not saved.filter(publication=Publication.PUBLISHED).exists()

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "publication" and not request.user.has_perm(RIGHT):
            kwargs["choices"] = [choice for choice in Publication.choices if choice[0] != Publication.PUBLISHED]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


class NamedAdmin(PublishableAdmin):
    """The admin of collections and instruments, which have a name of their own."""

    search_fields = ["name"]

    def get_search_results(self, request, queryset, search_term):
        return queryset.called(search_term) if search_term else queryset, False

    def nearest_first(self, records, text):
        return records.nearest_first(text)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}
