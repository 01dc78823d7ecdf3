"""What is entered on the form of an event: who took part, what came of it, what it built on and led to.

`section` is the part of the form that each stands in.
"""

from django.contrib import admin

from exchange.inlines import RecordInline
from participants.models import Name

from .models import EventLink, Involvement, Outcome
from .threads import WORDS_OF_LINKS_TO


class InvolvementInline(RecordInline, admin.TabularInline):
    """Who took part. This is a part of the event's own row, so whoever may change the event may change it."""

    model = Involvement
    section = "who"
    fields = ["role", "participant", "recorded_as", "remark"]
    autocomplete_fields = ["participant", "recorded_as"]
    verbose_name = "participant"
    verbose_name_plural = "who took part"

    def get_extra(self, request, obj=None, **kwargs):
        return len(getattr(request, "repeated_parts", ()))

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


class OutcomeInline(RecordInline, admin.StackedInline):
    model = Outcome
    section = "outcomes"
    fk_name = "event"
    fields = ["text", ("kind", "status"), ("addressed_to", "taken_up_at")]
    autocomplete_fields = ["addressed_to", "taken_up_at"]


class LinkInline(RecordInline, admin.TabularInline):
    """What the event built on."""

    model = EventLink
    section = "links"
    fk_name = "from_event"
    fields = ["kind", "to_event"]
    autocomplete_fields = ["to_event"]
    verbose_name_plural = "what it built on"


class LinkToInline(RecordInline, admin.TabularInline):
    """What the event led to: links of others to it."""

    model = EventLink
    section = "links"
    fk_name = "to_event"
    fields = ["kind", "from_event"]
    autocomplete_fields = ["from_event"]
    verbose_name = "link from a later one"
    verbose_name_plural = "what it led to"

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        kwargs["choices"] = [("", "---------"), *WORDS_OF_LINKS_TO.items()]
        return super().formfield_for_choice_field(db_field, request, **kwargs)
