"""Conflicts: two people at the form of one record. The second to save is shown what the first changed."""

from copy import copy

from django.contrib.admin.utils import unquote

from records.models import Change

from .dependents import changes_of_dependents
from .opened import FIELD, Merged, Opened, as_query, last_change, made_new, typed_over, values_of
from .versions import changes_of

NOT_SAVED = "Nothing was saved yet. See above what changed meanwhile, and save again."
MEANWHILE = "Meanwhile saved: {}. Yours stands here, and is kept if you save."
EMPTY = "nothing"


class Conflict:
    """What became of a record since its form was opened.

    changes  of it and of what belongs to it, oldest first
    fields   {name: words} of what was saved in the fields of its own form that both changed
    rows     pairs of words of the same in its inlines: which field, and what was saved
    """

    def __init__(self, changes, is_deleted=False):
        self.changes = changes
        self.is_deleted = is_deleted
        self.fields = {}
        self.rows = []


class Held:
    """Mixed into a form that is shown again rather than saved, with what was saved meanwhile beside its fields."""

    conflict = None

    def full_clean(self):
        super().full_clean()
        for name, words in self.conflict.fields.items():
            if name in self.fields:
                self.add_error(name, MEANWHILE.format(words))
        self.add_error(None, NOT_SAVED)


class ConflictForms:
    """Mixed into the admin of a record type: its forms carry what they held when they were opened.

    The check stands behind the record's lock, as the saving does.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        show = super().changeform_view
        if request.method != "POST":
            request.opened_at = last_change()  # read before the record: what comes in between is told of, not lost
        opened = Opened.read(request.POST.get(FIELD, "")) if object_id else None
        if opened is None:
            return show(request, object_id, form_url, extra_context)
        record = self.get_object(request, unquote(object_id))
        changes = self.changes_since(opened, record)
        if changes and record is None and self.has_add_permission(request):
            self.begin_anew(request, opened, changes)
            return show(request, None, self.url("add"), extra_context)
        if changes and record is not None and not self.has_change_permission(request, record):
            return self.show_typed(request, opened, changes, record)
        if changes and record is not None:
            self.hold(request, opened, changes, shown_now=show(as_opened_now(request), object_id).context_data)
        return show(request, object_id, form_url, extra_context)

    def changes_since(self, opened, record):
        """The changes of a form's record and of what belongs to it since it was opened, oldest first."""
        since = Change.objects.filter(pk__gt=opened.at).select_related("batch__by")
        if not since.exists():
            return []
        key = opened.key if record is None else self.key_of(record)
        own = changes_of(self.resource, key).filter(pk__gt=opened.at).select_related("batch__by")
        return sorted([*own, *changes_of_dependents(self.resource, key, since)], key=lambda change: change.pk)

    def hold(self, request, opened, changes, shown_now):
        """Have the form shown again, with what was typed and what was saved meanwhile; it is not saved."""
        now = Opened.read(shown_now[FIELD])
        merged = Merged(opened.values, now.values, without_opened(request.POST))
        conflict = Conflict(changes)
        for label, name, words in both_changed(shown_now, merged.both):
            if "-" in name:
                conflict.rows.append((label, words))
            else:
                conflict.fields[name] = words
        request.POST, request.reopened, request.conflict = as_query(merged.values), str(now), conflict

    def begin_anew(self, request, opened, changes):
        """Have the form of a record that was deleted meanwhile shown as that of a new one; it is not saved."""
        formsets = self.get_formsets_with_inlines(request)
        owners = {formset.get_default_prefix(): formset.fk.name for formset, _inline in formsets}
        values = made_new(without_opened(request.POST), owners)
        if name := self.resource.key_attribute():
            values[name] = [opened.key]
        request.POST, request.conflict = as_query(values), Conflict(changes, is_deleted=True)

    def show_typed(self, request, opened, changes, record):
        """A page of what was typed, for whoever may not change the record any more, such as one published meanwhile."""
        fields = typed_over(opened.values, without_opened(request.POST))
        title = f"{record} was changed while you were typing"
        return self.respond(request, "typed", status=403, title=title, changes=changes, fields=fields, record=record)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        conflict = getattr(request, "conflict", None)
        return type(form.__name__, (Held, form), {"conflict": conflict}) if conflict else form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["conflict"] = getattr(request, "conflict", None)
        if change:
            context[FIELD] = self.opened(request, context, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def opened(self, request, context, obj):
        """What the form carries: what it carried before, where it is shown again for its errors."""
        if request.method == "POST":
            return getattr(request, "reopened", request.POST.get(FIELD, ""))
        return str(Opened(request.opened_at, self.key_of(obj), values_of(forms_of(context))))


def as_opened_now(request):
    """A request like this one for the form as it would be, were it opened now."""
    now = copy(request)
    now.method, now.opened_at = "GET", last_change()
    return now


def without_opened(sent):
    return {name: texts for name, texts in sent.lists() if name != FIELD}


def forms_of(context):
    """All forms on the page of a record: its own, and those of its inlines."""
    yield context["adminform"].form
    for inline in context["inline_admin_formsets"]:
        yield inline.formset.management_form
        yield from inline.formset.forms


def both_changed(context, both):
    """Of the fields that both changed: (label, name, words of what was saved). `both` is {name: texts}."""
    for form in forms_of(context):
        for bound in form:
            if bound.html_name in both:
                owner = f"{form.instance._meta.verbose_name} “{form.instance}”, " if form.prefix else ""
                yield f"{owner}{bound.label}", bound.html_name, in_words(bound.field, both[bound.html_name])


def in_words(field, texts):
    """What people read where a field holds these texts."""
    if hasattr(field, "queryset"):
        texts = map(str, field.queryset.filter(pk__in=texts))
    elif hasattr(field, "choices"):
        labels = {str(value): str(label) for value, label in field.choices}
        texts = [labels.get(text, text) for text in texts]
    return "; ".join(filter(None, texts)) or EMPTY
