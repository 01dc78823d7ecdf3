"""Countries, agencies, bodies and memberships in the admin."""

from django.contrib import admin

from exchange.admin import RecordAdmin

from .forms import AgencyForm, BodyForm, CountryForm
from .models import Agency, Body, Country, Membership, Name, Participant
from .names import save_answers


class NamedAdmin(RecordAdmin):
    """The admin of those that have names: found by any of them."""

    search_fields = ["name", "known_names__text"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        save_answers(obj, form.others)


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ["body", "member"]


class MemberInline(MembershipInline):
    """The memberships of one participant."""

    fk_name = "member"
    verbose_name_plural = "member of"


@admin.register(Country)
class CountryAdmin(NamedAdmin):
    form = CountryForm
    fields = ["alpha2", "name", "further_names", "alpha3", "region", "administration"]
    list_display = ["name", "alpha2", "alpha3", "region", "administration"]
    list_filter = ["region", "administration"]
    inlines = [MemberInline]


@admin.register(Agency)
class AgencyAdmin(NamedAdmin):
    form = AgencyForm
    fields = ["name", "slug", "acronym", "further_names", "kind", "parent", "country", "url"]
    list_display = ["name", "acronym", "kind", "country"]
    list_filter = ["kind"]
    list_select_related = ["country"]
    autocomplete_fields = ["parent", "country"]
    inlines = [MemberInline]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}


@admin.register(Participant)
class ParticipantAdmin(admin.ModelAdmin):
    """Countries and agencies together, for the fields that find either; each has a list of its own."""

    search_fields = ["name", "known_names__text"]

    def has_module_permission(self, request):
        return False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Name)
class NameAdmin(ParticipantAdmin):
    """Known names, for the fields that find them; they are changed with whom they lead to."""

    search_fields = ["text"]


@admin.register(Body)
class BodyAdmin(NamedAdmin):
    form = BodyForm
    fields = ["name", "slug", "short_name", "further_names", "remit", "began", "ended", "parent", "predecessor"]
    list_display = ["name", "short_name", "began", "ended"]
    autocomplete_fields = ["parent", "predecessor"]
    inlines = [MembershipInline]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    list_display = ["member", "body", "role", "joined", "left"]
    list_filter = ["body"]
    list_select_related = ["member", "body"]
    search_fields = ["member__name", "body__name"]
    autocomplete_fields = ["member", "body"]
