"""Countries, agencies, bodies and memberships in the admin."""

from django.contrib import admin
from django.db.models import Case, Q, When

from exchange.admin import RecordAdmin
from exchange.inlines import RecordInline
from records.admin import ReadOnlyAdmin
from records.nearness import holding, nearness

from .forms import AgencyForm, BodyForm, CountryForm, MembershipForm, MembershipFormSet
from .forms import further_names as further_names_of
from .models import Agency, Body, Country, Membership, Name, Participant
from .names import called, names_like, nearest_first, save_answers


class KnownByNames:
    """Mixed into the admin of those that have names: found by any of them, and suggested with what tells them apart."""

    search_fields = ["known_names__text"]
    search_help_text = "Any known name, acronym or code"

    def get_search_results(self, request, queryset, search_term):
        return called(queryset, search_term) if search_term else queryset, False

    def nearest_first(self, owners, text):
        return nearest_first(owners, text)

    def describe(self, owner):
        """Its code and kind; where another name than the preferred one was meant, that as well."""
        known = {"code": owner.code, "kind": owner.get_kind_display() if hasattr(owner, "kind") else "Body"}
        answer = getattr(owner, "answer", None)
        if answer and answer not in (owner.name, owner.code):
            known["also"] = answer
            if owner.answer_kind != Name.Kind.CODE:
                known["name"] = {"id": str(owner.answer_pk), "text": answer}
        return known


class NamedAdmin(KnownByNames, RecordAdmin):
    """The admin of those that have names."""

    @admin.display
    def further_names(self, owner):
        """What those see who may not change them."""
        return further_names_of(owner)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        save_answers(obj, form.others)

    def get_deleted_objects(self, objs, request):
        """Names go with whom they lead to, and need no right of their own."""
        to_delete, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return to_delete, counts, lacking - {Name._meta.verbose_name}, protected


class MembershipInline(RecordInline, admin.TabularInline):
    model = Membership
    form = MembershipForm
    formset = MembershipFormSet
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


class SluggedAdmin(NamedAdmin):
    """The admin of those whose address is made of their name."""

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}


@admin.register(Agency)
class AgencyAdmin(SluggedAdmin):
    form = AgencyForm
    fields = ["name", "slug", "acronym", "further_names", "kind", "parent", "country", "url"]
    list_display = ["name", "acronym", "kind", "country"]
    list_filter = ["kind"]
    list_select_related = ["country"]
    autocomplete_fields = ["parent", "country"]
    inlines = [MemberInline]


@admin.register(Body)
class BodyAdmin(SluggedAdmin):
    form = BodyForm
    fields = ["name", "slug", "short_name", "further_names", "remit", "began", "ended", "parent", "predecessor"]
    list_display = ["name", "short_name", "began", "ended"]
    autocomplete_fields = ["parent", "predecessor"]
    inlines = [MembershipInline]


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    list_display = ["member", "body", "role", "joined", "left"]
    list_filter = ["body"]
    list_select_related = ["member", "body"]
    search_fields = ["member__known_names__text", "body__known_names__text"]
    search_help_text = "Any known name of the member or of the body"
    autocomplete_fields = ["member", "body"]

    def get_search_results(self, request, queryset, search_term):
        if search_term:
            like = names_like(search_term)
            queryset = queryset.filter(Q(member__in=like.values("participant")) | Q(body__in=like.values("body")))
        return queryset, False


class SuggestedAdmin(ReadOnlyAdmin):
    """What fields suggest from, and what has its place in the admin elsewhere."""

    def has_module_permission(self, request):
        return False


@admin.register(Participant)
class ParticipantAdmin(KnownByNames, SuggestedAdmin):
    """Countries and agencies together; each has a list of its own."""


@admin.register(Name)
class NameAdmin(SuggestedAdmin):
    """The names that a participant can be recorded under; they are changed with whom they lead to."""

    search_fields = ["text", "participant__name"]
    list_select_related = ["participant"]

    def get_queryset(self, request):
        names = super().get_queryset(request).filter(participant__isnull=False).exclude(kind=Name.Kind.CODE)
        return names.select_related("participant")

    def get_search_results(self, request, queryset, search_term):
        """Names like what is typed, and all names of those whom it leads to; `participant` asks for those of one."""
        if request.GET.get("participant", "").isdecimal():
            queryset = queryset.filter(participant=request.GET["participant"])
        if search_term:
            like = names_like(search_term)
            queryset = queryset.filter(Q(pk__in=like.values("pk")) | Q(participant__in=like.values("participant")))
        return queryset, False

    def nearest_first(self, names, text):
        return names.annotate(near=Case(When(holding(text), then=nearness(text)), default=4)).order_by("near", "text", "pk")

    def describe(self, name):
        """Of whom it is."""
        owner = name.participant
        return {"kind": f"name of {owner}", "owner": {"id": str(owner.pk), "text": owner.name}}
