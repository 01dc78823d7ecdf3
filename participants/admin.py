"""Countries, agencies, bodies, memberships and contact points in the admin."""

from functools import partial
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, Q, Value, When
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import pluralize
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from exchange.admin import PublicAdmin, RecordAdmin, recorded
from exchange.inlines import Plain, RecordInline, is_key
from exchange.models import UnknownName
from exchange.sessions import Session
from exchange.suggestions import nearest
from records.admin import ReadOnlyAdmin
from records.folding import fold
from records.nearness import holding, nearness

from .directory import Bodies, Participants
from .forms import AgencyForm, BodyForm, CountryForm, MembershipForm, MembershipFormSet, NameForm
from .forms import further_names as further_names_of
from .list_filters import CurrentFilter, KindFilter, LetterFilter, OwnerFilter, PresentFilter, RecordedFilter
from .models import Agency, Body, ContactPoint, Country, Membership, Name, Participant
from .names import (
    called,
    names_like,
    nearest_first,
    other_names,
    owner_model,
    owner_of,
    save_answers,
    saved_names,
    short_form,
    used,
)

UNKNOWN_SHOWN = 20

CHANGED_WITH_OWNER = {
    Name.Kind.PREFERRED: "the preferred name",
    Name.Kind.ACRONYM: "the short form",
    Name.Kind.CODE: "a code",
}


class KnownByNames:
    """Mixed into the admin of those that have names: found by any of them, and suggested with what tells them apart."""

    search_fields = ["known_names__text"]
    search_help_text = "Any known name, acronym or code"

    def get_search_results(self, request, queryset, search_term):
        return called(queryset, search_term) if search_term else queryset, False

    def nearest_first(self, owners, text):
        return nearest_first(owners, text)

    def describe(self, owner):
        """Its short code and its kind; where another name than the preferred one was meant, that as well."""
        known = {"code": getattr(owner, "alpha2", None) or short_form(owner), "kind": self.kind_of(owner)}
        answer = getattr(owner, "answer", None)
        if answer and answer not in (owner.name, owner.code, known["code"]):
            known["also"] = answer
            if owner.answer_kind != Name.Kind.CODE:
                known["name"] = {"id": str(owner.answer_pk), "text": answer}
        return known

    def kind_of(self, owner):
        return owner.get_kind_display()


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


class ParticipantForms:
    """Mixed into the admin of countries and agencies: their forms lead to their contact points."""

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "contacts"]

    def get_fields(self, request, obj=None):
        return [*super().get_fields(request, obj), *(["contacts"] if obj else ())]

    @admin.display(description="contact points")
    def contacts(self, participant):
        number = participant.contact_points.count()
        return format_html(
            '<a href="{}">{}</a> · <a href="{}">Add one</a>',
            reverse(address_of(ContactPoint, "changelist"), query={"participant__id__exact": participant.pk}),
            f"{number} contact point{pluralize(number)}" if number else "None",
            reverse(address_of(ContactPoint, "add"), query={"participant": participant.pk}),
        )


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
class CountryAdmin(ParticipantForms, NamedAdmin):
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
class AgencyAdmin(ParticipantForms, SluggedAdmin):
    form = AgencyForm
    fields = ["name", "slug", "acronym", "further_names", "kind", "parent", "country", "url"]
    list_display = ["name", "acronym", "kind", "country", "parent"]
    list_filter = ["kind", ("country", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["country", "parent"]
    autocomplete_fields = ["parent", "country"]
    inlines = [MemberInline]


@admin.register(Body)
class BodyAdmin(SluggedAdmin):
    form = BodyForm
    fields = ["name", "slug", "short_name", "further_names", "remit", "began", "ended", "parent", "predecessor"]
    list_display = ["name", "short_name", "began_shown", "ended_shown", "parent"]
    list_select_related = ["parent"]
    autocomplete_fields = ["parent", "predecessor"]
    inlines = [MembershipInline]

    @admin.display(description="began", ordering="began_on")
    def began_shown(self, body):
        return body.began.display() or "not recorded"

    @admin.display(description="ended", ordering="ended_on")
    def ended_shown(self, body):
        return body.ended.display() or "stands"

    def kind_of(self, owner):
        return "Body"


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    list_display = ["member", "body", "role", "joined_shown", "left_shown"]
    list_filter = ["body", CurrentFilter, "member__kind"]
    list_select_related = ["member", "body"]
    search_fields = ["member__known_names__text", "body__known_names__text"]
    search_help_text = "Any known name of the member or of the body"
    autocomplete_fields = ["member", "body"]

    @admin.display(description="joined", ordering="joined_on")
    def joined_shown(self, membership):
        return membership.joined.display() or "not recorded"

    @admin.display(description="left", ordering="left_on")
    def left_shown(self, membership):
        return membership.left.display() or "a member"

    def get_search_results(self, request, queryset, search_term):
        if search_term:
            like = names_like(search_term)
            queryset = queryset.filter(Q(member__in=like.values("participant")) | Q(body__in=like.values("body")))
        return queryset, False


@admin.register(ContactPoint)
class ContactPointAdmin(PublicAdmin):
    """The admin of contact points: those that are public, those alone may change and delete who may make them so."""

    publishing = "participants.publish_contactpoint"
    fields = ["reference", "participant", "name", "position", "email", "phone", "began", "ended", "public"]
    list_display = ["called", "participant", "began_shown", "ended_shown", "public"]
    list_filter = [PresentFilter, "public", ("participant", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["participant"]
    search_fields = ["reference", "name", "position", "email"]
    search_help_text = "A name, position or email, or any known name of the country or agency"
    autocomplete_fields = ["participant"]

    @admin.display(description="called", ordering="name")
    def called(self, contact):
        return ", ".join(filter(None, [contact.name, contact.position]))

    @admin.display(description="from", ordering="began_on")
    def began_shown(self, contact):
        return contact.began.display() or "not recorded"

    @admin.display(description="to", ordering="ended_on")
    def ended_shown(self, contact):
        return contact.ended.display() or "present"

    def get_search_results(self, request, queryset, search_term):
        found, may_have_duplicates = super().get_search_results(request, queryset, search_term)
        if search_term:
            found |= queryset.filter(participant__in=names_like(search_term).values("participant"))
        return found, may_have_duplicates

    # --- Rights -------------------------------------------------------------------------------------------------------

    def published(self):
        return ContactPoint.objects.filter(public=True)

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(() if self.may_publish(request) else ["public"])]


class SuggestedAdmin(ReadOnlyAdmin):
    """What fields suggest from, and what has its place in the admin elsewhere."""

    def has_module_permission(self, request):
        return False


@admin.register(Participant)
class ParticipantAdmin(KnownByNames, SuggestedAdmin):
    """Countries and agencies together; each has a list of its own."""


@admin.register(Name)
class NameAdmin(Plain, admin.ModelAdmin):
    """Every known name and whom it leads to. A name is added and removed here; otherwise it changes with its owner."""

    form = NameForm
    change_list_template = "admin/participants/name/change_list.html"
    list_display = ["text", "kind", "leads_to", "owner_kind", "recorded"]
    list_filter = [KindFilter, OwnerFilter, LetterFilter, RecordedFilter]
    search_fields = ["text", "participant__name", "body__name"]
    autocomplete_fields = ["participant", "body"]
    actions = None
    changeform_view = recorded(admin.ModelAdmin.changeform_view)
    delete_view = recorded(admin.ModelAdmin.delete_view)

    def get_queryset(self, request):
        names = super().get_queryset(request)
        if request.resolver_match.url_name == "autocomplete":  # the names that an activity can have as recorded
            return names.filter(participant__isnull=False).exclude(kind=Name.Kind.CODE).select_related("participant")
        return names.select_related("participant", "body").annotate(uses=Count("involvements"))

    def get_search_results(self, request, queryset, search_term):
        """Names like what is typed, and all names of those whom it leads to; `participant` asks for those of one."""
        if is_key(request.GET.get("participant", "")):
            queryset = queryset.filter(participant=request.GET["participant"])
        if search_term:
            like = names_like(search_term)
            queryset = queryset.filter(
                Q(pk__in=like.values("pk"))
                | Q(participant__in=like.values("participant"))
                | Q(body__in=like.values("body"))
            )
        return queryset, False

    def nearest_first(self, names, text):
        near = Case(When(holding(text), then=nearness(text)), default=Value(4))
        return names.annotate(near=near).order_by("near", "text", "pk")

    def describe(self, name):
        """Of whom it is."""
        owner = name.participant
        return {"kind": f"name of {owner}", "owner": {"id": str(owner.pk), "text": owner.name}}

    def get_fields(self, request, obj=None):
        return ["text", "kind", "leads_to", "recorded_in", "removal"] if obj else ["text", "participant", "body"]

    def get_urls(self):
        forget = self.admin_site.admin_view(self.forget_view)
        return [path("forget/<int:pk>/", forget, name="participants_name_forget"), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context |= {"title": f"“{obj}”", "subtitle": None}
        return super().render_change_form(request, context, add, change, form_url, obj)

    # --- What the list and the page of a name say ---------------------------------------------------------------------

    @admin.display(description="leads to", ordering="participant__name")
    def leads_to(self, name):
        owner, model = name.body or name.participant, owner_model(name)
        change, history = (reverse(address_of(model, action), args=[owner.pk]) for action in ("change", "history"))
        return format_html('<a href="{}">{}</a> <a class="aside" href="{}">history</a>', change, owner, history)

    @admin.display(description="which is a")
    def owner_kind(self, name):
        return "Body" if name.body_id else name.participant.get_kind_display()

    @admin.display(description="as recorded", ordering="uses")
    def recorded(self, name):
        return f"{name.uses} time{pluralize(name.uses)}" if name.uses else "never"

    @admin.display(description="recorded in")
    def recorded_in(self, name):
        parts = name.involvements.select_related("event").order_by("event__starts_on", "pk")
        links = (
            (reverse("admin:events_event_change", args=[part.event_id]), part.event, part.get_role_display())
            for part in parts
        )
        return format_html_join(mark_safe("<br>"), '<a href="{}">{}</a>, {}', links) or "no activity"

    @admin.display(description="to remove it")
    def removal(self, name):
        if name.kind != Name.Kind.OTHER:
            return f"It is {CHANGED_WITH_OWNER[name.kind]} of its owner, and changes there."
        return used(name) if name.uses else "Delete it below. Its owner stays."

    def history_view(self, request, object_id, extra_context=None):
        """A name has no history of its own: it is a part of its owner's."""
        name = self.get_object(request, unquote(object_id))
        if name is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        owner = name.body or name.participant
        return HttpResponseRedirect(reverse(address_of(owner_model(name), "history"), args=[owner.pk]))

    # --- Rights: who may change the owner, may change its names -------------------------------------------------------

    def may_name(self, request, owner):
        return self.admin_site.get_model_admin(type(owner)).has_change_permission(request, owner)

    def has_add_permission(self, request):
        return any(self.may_name(request, owner()) for owner in (Country, Agency, Body))

    def has_change_permission(self, request, obj=None):
        return obj is None and self.has_add_permission(request)

    def has_delete_permission(self, request, obj=None):
        if obj is None:
            return self.has_add_permission(request)
        return obj.kind == Name.Kind.OTHER and self.may_name(request, owner_of(obj))

    # --- Adding and removing, as a change of the owner ----------------------------------------------------------------

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.may_name = staticmethod(partial(self.may_name, request))
        return form

    def save_model(self, request, obj, form, change):
        owner = owner_of(obj)
        request.recorder.watch([owner])
        save_answers(owner, [*other_names(owner), obj.text])
        obj.pk = saved_names(owner)[fold(obj.text)].pk

    def response_add(self, request, obj, post_url_continue=None):
        if "_addanother" in request.POST or IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        messages.success(request, f"“{obj}” leads to {owner_of(obj)} from now on.")
        return HttpResponseRedirect(reverse("admin:participants_name_changelist"))

    def delete_model(self, request, obj):
        owner = owner_of(obj)
        request.recorder.watch([owner])
        save_answers(owner, [text for text in other_names(owner) if text != obj.text])

    def get_deleted_objects(self, objs, request):
        """Say which activities keep a name, as those who read know them."""
        to_delete, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if protected:
            parts = (part for name in objs for part in name.involvements.select_related("event"))
            protected = [f"{part.event}: {part.get_role_display()}" for part in parts]
        return to_delete, counts, lacking, protected

    # --- What files were refused for ----------------------------------------------------------------------------------

    def changelist_view(self, request, extra_context=None):
        context = {"title": "Names"}
        if self.has_add_permission(request):
            context |= {"unknown": leads(), "unknown_number": UnknownName.objects.count()}
        return super().changelist_view(request, context | (extra_context or {}))

    def add_view(self, request, form_url="", extra_context=None):
        context = {"title": "Add a name", "show_save_and_continue": False}
        return super().add_view(request, form_url, context | (extra_context or {}))

    def forget_view(self, request, pk):
        """Put a name aside that a file was refused for."""
        if request.method != "POST" or not self.has_add_permission(request):
            raise PermissionDenied
        name = get_object_or_404(UnknownName, pk=pk)
        name.delete()
        messages.success(request, f"“{name}” is put aside, until another file has it.")
        return HttpResponseRedirect(reverse("admin:participants_name_changelist"))


def address_of(model, action):
    """The name of an address of a model in the admin."""
    return f"admin:participants_{model._meta.model_name}_{action}"


def leads():
    """Names that files were refused for, the latest first, each with the nearest known ones and the form to add it."""
    unknown = list(UnknownName.objects.all()[:UNKNOWN_SHOWN])
    session = Session()
    form = reverse("admin:participants_name_add")
    for name in unknown if unknown else ():
        resolver = session.resolver(Bodies if name.sought == Bodies.noun else Participants)
        field = "body" if name.sought == Bodies.noun else "participant"
        known = resolver.known()
        name.form = f"{form}?{urlencode({'text': name.text})}"
        name.nearest = [
            (known[text], f"{form}?{urlencode({'text': name.text, field: known[text].pk})}")
            for text in nearest(name.text, known)
        ]
    return unknown
