"""Events, places, series, themes, links and outcomes in the admin."""

from django.contrib import admin

from exchange.admin import RecordAdmin
from exchange.inlines import RecordInline
from participants.models import Name
from records.publication import Publication

from .actions import EVENT_ACTIONS
from .forms import HeadingForm, LinkForm, OutcomeForm, PlaceForm
from .models import Event, EventLink, Involvement, Outcome, Place, Series, Theme


def may_publish(request):
    return request.user.has_perm("events.publish_event")


class PublicAdmin(RecordAdmin):
    """The admin of what can be public: what is, those alone may change and delete who may publish."""

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.may_touch(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.may_touch(request, obj)

    def may_touch(self, request, record):
        if record is None or may_publish(request):
            return True
        return not self.model.objects.published().filter(pk=record.pk).exists()


class InvolvementInline(RecordInline, admin.TabularInline):
    """Who took part. This is a part of the event's own row, so whoever may change the event may change it."""

    model = Involvement
    autocomplete_fields = ["participant", "recorded_as"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "recorded_as":
            kwargs["queryset"] = Name.objects.exclude(kind=Name.Kind.CODE)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_view_permission(self, request, obj=None):
        return True

    def has_add_permission(self, request, obj=None):
        return True

    def has_change_permission(self, request, obj=None):
        return True

    def has_delete_permission(self, request, obj=None):
        return True


class LinkInline(RecordInline, admin.TabularInline):
    model = EventLink
    fk_name = "from_event"
    autocomplete_fields = ["to_event"]


class OutcomeInline(RecordInline, admin.StackedInline):
    model = Outcome
    fk_name = "event"
    fields = ["reference", "kind", "text", "addressed_to", "status", "taken_up_at"]
    readonly_fields = ["reference"]
    autocomplete_fields = ["addressed_to", "taken_up_at"]


@admin.register(Event)
class EventAdmin(PublicAdmin):
    list_display = ["reference", "title", "kind", "when_shown", "place", "publication"]
    list_display_links = ["reference", "title"]
    list_filter = ["publication", "kind", "status", "bodies", "themes", "series"]
    list_select_related = ["place__country"]
    search_fields = ["reference", "title", "place__city", "place__country__name"]
    autocomplete_fields = ["place", "bodies", "themes", "series"]
    actions = EVENT_ACTIONS
    inlines = [InvolvementInline, LinkInline, OutcomeInline]
    fieldsets = [
        ("What", {"fields": ["reference", "title", "kind", "scope", "themes", "description"]}),
        ("When", {"fields": ["when", "status", "series", "number_in_series"]}),
        ("Where", {"fields": ["place", "venue", "format", "alongside"]}),
        ("Who", {"fields": ["bodies"]}),
        ("Where this is known from", {"fields": ["sources", "url", "note"]}),
        ("Publishing", {"fields": ["publication"]}),
    ]

    @admin.display(description="when", ordering="starts_on")
    def when_shown(self, event):
        return event.when.display() or "undated"

    def view_on_site(self, event):
        return event.get_absolute_url() if event.is_published else None

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "publication" and not may_publish(request):
            kwargs["choices"] = [choice for choice in Publication.choices if choice[0] != Publication.PUBLISHED]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


class DependentAdmin(PublicAdmin):
    """The admin of what is as public as its events."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.may_publish = may_publish(request)
        return form


@admin.register(EventLink)
class EventLinkAdmin(DependentAdmin):
    form = LinkForm
    list_display = ["from_event", "kind", "to_event"]
    list_filter = ["kind"]
    list_select_related = ["from_event", "to_event"]
    search_fields = ["from_event__reference", "from_event__title", "to_event__reference", "to_event__title"]
    autocomplete_fields = ["from_event", "to_event"]


@admin.register(Outcome)
class OutcomeAdmin(DependentAdmin):
    form = OutcomeForm
    list_display = ["reference", "kind", "text_shown", "event", "status"]
    list_filter = ["kind", "status", "addressed_to"]
    list_select_related = ["event"]
    search_fields = ["reference", "text", "event__title"]
    autocomplete_fields = ["event", "addressed_to", "taken_up_at"]

    @admin.display(description="text")
    def text_shown(self, outcome):
        return outcome.text if len(outcome.text) < 100 else f"{outcome.text[:99]}…"


@admin.register(Place)
class PlaceAdmin(RecordAdmin):
    form = PlaceForm
    list_display = ["__str__", "latitude", "longitude"]
    list_select_related = ["country"]
    search_fields = ["city", "country__name", "country__known_names__text"]
    autocomplete_fields = ["country"]


@admin.register(Series, Theme)
class HeadingAdmin(RecordAdmin):
    form = HeadingForm
    fields = ["name", "slug", "description"]
    list_display = ["name", "description"]
    search_fields = ["name"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}
