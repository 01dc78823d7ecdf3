"""Events, places, series, themes, links and outcomes in the admin."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone

from exchange.admin import DependentAdmin, PublicAdmin, RecordAdmin
from exchange.sessions import Session

from . import facets
from .actions import EVENT_ACTIONS
from .completeness import completeness
from .copies import next_in_series, repeated, repeated_parts
from .forms import EventForm, HeadingForm, LinkForm, OutcomeForm, PlaceForm
from .gazetteer import Places
from .inlines import InvolvementInline, LinkInline, LinkToInline, OutcomeInline
from .list_filters import FollowUpFilter, MissingFilter, PeriodFilter, WhenFilter
from .models import Event, EventLink, Outcome, Place, Series, Theme
from .previews import preview, undone
from .provenance import sources_of
from .rolls import with_roll
from .sections import sections
from .threads import lapse_of


class EventsAdmin:
    """Mixed into the admin of events and of what belongs to them."""

    publishing = "events.publish_event"


@admin.register(Event)
class EventAdmin(EventsAdmin, PublicAdmin):
    """The admin of events: a long form, in the order of thought, that can be read, checked and shown before it is kept.

    Buttons beside Django's: `_resolve` reads a pasted list, `_preview` shows the public page (neither saves anything),
    `_review` and `_publish` save and say how public the event is, `_next` goes on to the next in the series.
    """

    form = EventForm
    list_display = ["reference", "title", "kind", "when_shown", "place_shown", "publication"]
    list_display_links = ["reference", "title"]
    list_filter = [
        "publication",
        MissingFilter,
        WhenFilter,
        "kind",
        "status",
        PeriodFilter,
        ("place__country", admin.RelatedOnlyFieldListFilter),
        "bodies",
        "themes",
        "series",
    ]
    list_select_related = ["place__country"]
    search_fields = ["reference"]
    search_help_text = "Reference, title, place, year, or who took part"
    autocomplete_fields = ["place", "bodies", "themes", "series"]
    actions = EVENT_ACTIONS
    inlines = [InvolvementInline, OutcomeInline, LinkInline, LinkToInline]
    fieldsets = [
        (
            "What",
            {
                "fields": [
                    "title",
                    ("kind", "scope", "status"),
                    "description",
                    "themes",
                    ("series", "number_in_series"),
                    "reference",
                ]
            },
        ),
        (
            "When and where",
            {"fields": [("when", "format"), ("place", "new_place"), "make_place", "venue", "alongside"]},
        ),
        ("Who", {"fields": ["bodies"]}),
        ("What came of it", {"fields": []}),
        ("What it built on and led to", {"fields": []}),
        ("Sources and notes", {"fields": ["sources", "url", "note"]}),
        ("Publishing", {"fields": ["publication"]}),
    ]
    # What stands in the form and not in the record.
    unrecorded = ["new_place", "make_place"]

    # --- Lists --------------------------------------------------------------------------------------------------------

    @admin.display(description="when", ordering="starts_on")
    def when_shown(self, event):
        return event.when.display() or "undated"

    @admin.display(description="place", ordering="place__city")
    def place_shown(self, event):
        return event.place or "no place"

    def get_search_results(self, request, queryset, search_term):
        return queryset.known_by(search_term), False

    def nearest_first(self, events, text):
        return events.nearest_first(text)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("place__country")

    def describe(self, event):
        """What tells it from others of its name."""
        told = [event.get_kind_display(), event.when.display() or "undated", str(event.place or "")]
        return {"kind": " · ".join(filter(None, told))}

    def get_urls(self):
        wrapped = self.admin_site.admin_view(self.preview_view)
        return [path("<int:pk>/preview/", wrapped, name=self.url_name("preview")), *super().get_urls()]

    def preview_view(self, request, pk):
        """The public page of an event as it was last saved."""
        event = get_object_or_404(Event, pk=pk)
        if not self.has_view_permission(request, event):
            raise PermissionDenied
        return preview(request, event)

    # --- The form -----------------------------------------------------------------------------------------------------

    def get_fieldsets(self, request, obj=None):
        """Without what only serves to enter, for those who may only look."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        return [
            (name, {"fields": [field for field in flatten(options["fields"]) if field not in self.unrecorded]})
            for name, options in self.fieldsets
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.may_make_places = request.user.has_perm("events.add_place")
        form.roll = getattr(request, "roll", None)
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.roll = None
        request.repeated_parts = []
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if "_resolve" in request.POST:
            request.POST, request.roll = with_roll(request.POST)
        if "_preview" in request.POST:
            facets.of(request)
            with undone():
                return super().changeform_view(request, object_id, form_url, extra_context)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_changeform_initial_data(self, request):
        """For a new event: what repeats of the one that `copy` or `next` names."""
        for parameter, repeating in (("copy", repeated), ("next", next_in_series)):
            event = self.get_queryset(request).filter(reference=request.GET.get(parameter, "")).first()
            if event and self.has_view_permission(request, event):
                request.repeated_parts = repeated_parts(event)
                return repeating(event)
        return super().get_changeform_initial_data(request)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if getattr(request, "repeated_parts", ()) and isinstance(inline, InvolvementInline):
            kwargs["initial"] = request.repeated_parts
        return kwargs

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["form_sections"] = sections(context["adminform"], context["inline_admin_formsets"])
        context["checks"] = completeness(obj or Event())
        context["passages"] = sources_of(obj) if obj else []
        context["may_enter"] = add or self.has_change_permission(request, obj)
        context["roll"] = getattr(request, "roll", None)
        return super().render_change_form(request, context, add, change, form_url, obj)

    # --- Saving -------------------------------------------------------------------------------------------------------

    def save_model(self, request, obj, form, change):
        if form.made_place:
            request.recorder.watch([form.made_place])
            form.made_place.save()
            obj.place = form.made_place
        super().save_model(request, obj, form, change)

    def gone_on(self, request, event):
        """Where a button of this form leads once the event is saved, or None."""
        if "_preview" in request.POST:
            return preview(request, event)
        if "_next" in request.POST:
            self.message_user(request, f"{event} is saved. Here is the next one.", messages.SUCCESS)
            return HttpResponseRedirect(f"{self.url('add')}?{urlencode({'next': event.reference})}")
        return super().gone_on(request, event)


@admin.register(EventLink)
class EventLinkAdmin(EventsAdmin, DependentAdmin):
    form = LinkForm
    list_display = ["from_event", "kind", "to_event"]
    list_filter = ["kind"]
    list_select_related = ["from_event", "to_event"]
    search_fields = ["from_event__reference", "from_event__title", "to_event__reference", "to_event__title"]
    search_help_text = "Reference or title of either event"
    autocomplete_fields = ["from_event", "to_event"]


@admin.register(Outcome)
class OutcomeAdmin(EventsAdmin, DependentAdmin):
    form = OutcomeForm
    list_display = ["reference", "kind", "text_shown", "event_shown", "body_shown", "status_shown"]
    list_filter = [FollowUpFilter, "kind", "status", "addressed_to"]
    list_select_related = ["event", "addressed_to", "taken_up_at"]
    search_fields = ["reference", "text", "event__reference", "event__title"]
    search_help_text = "Reference, text, or the event that it came of"
    autocomplete_fields = ["event", "addressed_to", "taken_up_at"]

    @admin.display(description="text")
    def text_shown(self, outcome):
        return outcome.text if len(outcome.text) < 100 else f"{outcome.text[:99]}…"

    @admin.display(description="event", ordering="event")
    def event_shown(self, outcome):
        return outcome.event

    @admin.display(description="addressed to", ordering="addressed_to")
    def body_shown(self, outcome):
        return outcome.addressed_to or "no body"

    @admin.display(description="status", ordering="status")
    def status_shown(self, outcome):
        """With how long it has been open, or after what time it was taken up."""
        lapse = lapse_of(outcome, timezone.localdate())
        return f"{outcome.get_status_display()} {lapse}".strip()

    def view_on_site(self, outcome):
        return outcome.get_absolute_url() if outcome.is_published else None


@admin.register(Place)
class PlaceAdmin(RecordAdmin):
    form = PlaceForm
    list_display = ["__str__", "country", "latitude", "longitude"]
    list_select_related = ["country"]
    search_fields = ["city"]
    search_help_text = "City, or any known name of the country"
    list_filter = [("country", admin.RelatedOnlyFieldListFilter)]
    autocomplete_fields = ["country"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("country")

    def get_search_results(self, request, queryset, search_term):
        """Places by city and country; what is suggested while somebody types has also those of a name much like it."""
        found = queryset.called(search_term)
        if search_term and request.resolver_match.url_name == "autocomplete":
            city, _, _country = search_term.partition(",")
            near = Session().resolver(Places).near(city)
            found |= queryset.filter(pk__in=[target.pk for target in near])
        return found, False

    def nearest_first(self, places, text):
        return places.nearest_first(text)

    def describe(self, place):
        return {"code": place.country.alpha2}


@admin.register(Series, Theme)
class HeadingAdmin(RecordAdmin):
    form = HeadingForm
    fields = ["name", "slug", "description"]
    list_display = ["name", "description_shown", "number_of_events"]
    ordering = ["name", "pk"]  # Counting drops the order of the model.
    search_fields = ["name"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number_of_events=Count("events"))

    @admin.display(description="description")
    def description_shown(self, heading):
        return heading.description or "no description"

    @admin.display(description="events", ordering="number_of_events")
    def number_of_events(self, heading):
        return heading.number_of_events

    def get_search_results(self, request, queryset, search_term):
        return queryset.called(search_term) if search_term else queryset, False

    def nearest_first(self, headings, text):
        return headings.nearest_first(text)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}
