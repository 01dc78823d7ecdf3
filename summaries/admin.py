"""Editions, sections and entries in the admin."""

from django.contrib import admin
from django.db.models import Max
from django.http import HttpResponseRedirect

from events.models import Event
from exchange.actions import set_cells
from exchange.admin import RecordAdmin
from records.publication import Publication

from .composing import tellings
from .contents import address_of
from .edit_pages import EditPages
from .edition_forms import EditionForm, EntryForm, SectionForm
from .models import Edition, Entry, Section
from .review_pages import ReviewPages


class PrintedAdmin(RecordAdmin):
    """What is published, those alone may change and delete who may publish. What is final has words that stay."""

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.may_touch(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.may_touch(request, obj)

    def may_touch(self, request, record):
        return record is None or request.user.has_perm("summaries.publish_edition") or not record.is_published

    def get_readonly_fields(self, request, obj=None):
        """What is printed of an edition that was read or issued stays as it is."""
        fixed = self.model.PRINTED if obj and self.is_fixed(obj) else ()
        own = super().get_readonly_fields(request, obj)
        return [*own, *(name for name in self.fields if name in fixed and name not in own)]

    @staticmethod
    def is_fixed(record):
        return record.edition.is_final


@admin.register(Edition)
class EditionAdmin(EditPages, ReviewPages, PrintedAdmin):
    form = EditionForm
    change_list_template = "admin/summaries/edition/change_list.html"
    fields = ["reference", "title", "date", "publication", "note", "origin", "issued", "file"]
    readonly_fields = ["origin", "issued", "file"]
    list_display = ["reference", "title", "date_shown", "origin", "issued_shown", "publication"]
    list_display_links = ["reference", "title"]
    list_filter = ["publication", "origin"]
    search_fields = ["reference", "title"]
    search_help_text = "Reference or title"
    actions = [
        set_cells("Publish", publication=Publication.PUBLISHED.value),
        set_cells("Unpublish, as a draft", publication=Publication.DRAFT.value),
    ]

    @staticmethod
    def is_fixed(edition):
        return edition.is_issued

    def get_queryset(self, request):
        return super().get_queryset(request).defer("text")

    @admin.display(description="up to", ordering="date")
    def date_shown(self, edition):
        return edition.date.display() or "no date"

    @admin.display(description="issued", ordering="issued")
    def issued_shown(self, edition):
        return edition.issued.display() or "not yet"

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "publication" and not request.user.has_perm("summaries.publish_edition"):
            kwargs["choices"] = [choice for choice in Publication.choices if choice[0] != Publication.PUBLISHED]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


class PartAdmin(PrintedAdmin):
    """The admin of what an edition is made of: the page of its contents leads here, and comes next."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "edition":
            kwargs["queryset"] = Edition.objects.being_written().defer("text")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        """What belongs to an edition stays in it."""
        own = super().get_readonly_fields(request, obj)
        return [*own, *(["edition"] if obj and "edition" not in own else [])]

    def get_changeform_initial_data(self, request):
        """For a new one: the next number in the edition, or in the section of it."""
        initial = super().get_changeform_initial_data(request)
        owner = next((name for name in ("section", "edition") if initial.get(name, "").isdecimal()), None)
        if owner:
            others = self.model.objects.filter(**{owner: initial[owner]})
            initial["number"] = (others.aggregate(last=Max("number"))["last"] or 0) + 1
        return initial

    def response_post_save_add(self, request, obj):
        return HttpResponseRedirect(address_of(obj))

    def response_post_save_change(self, request, obj):
        return HttpResponseRedirect(address_of(obj))


@admin.register(Section)
class SectionAdmin(PartAdmin):
    form = SectionForm
    fields = ["edition", "number", "heading", "note"]
    list_display = ["edition", "number", "heading"]
    list_select_related = ["edition"]


@admin.register(Entry)
class EntryAdmin(PartAdmin):
    form = EntryForm
    fields = ["edition", "section", "number", "event", "text"]
    autocomplete_fields = ["event"]
    list_display = ["reference", "heading", "edition", "event", "state"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("edition", "event").defer("edition__text")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "section":
            known = Section.objects.select_related("edition").defer("edition__text")
            kwargs["queryset"] = known.filter(edition__in=Edition.objects.being_written())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        edition = obj.edition_id if obj else request.GET.get("edition", "")
        if "section" in form.base_fields and str(edition).isdecimal():
            sections = form.base_fields["section"]
            sections.queryset = sections.queryset.filter(edition=edition)
        return form

    def save_model(self, request, obj, form, change):
        """Tell an activity in the house form where nobody has told it, and remember what its words tell."""
        if obj.event_id and (not change or not obj.text or "event" in form.changed_data):
            telling = tellings(Event.objects.filter(pk=obj.event_id))[obj.event_id]
            obj.text = obj.text or telling.text
            obj.proposal = telling.told
            obj.state = Entry.State.ACCEPTED
        super().save_model(request, obj, form, change)
