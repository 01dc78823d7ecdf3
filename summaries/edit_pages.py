"""The pages on which an edition is composed, edited, compared with the one before, issued and taken away as files."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from events.models import Event
from exchange.inlines import is_key
from exchange.opened import last_change
from exchange.parts import apply
from exchange.plans import NotApplied
from records.models import Batch, Change, Counter

from . import editing
from .comparing import with_previous
from .composing import LastEdition, compose, keep, today
from .contents import Contents, address_of
from .edition_forms import IssueForm, UntilForm
from .models import Edition, Entry, Section
from .views import file_of
from .writing import FORMATS

FROZEN = "Its words no longer change."
MEANWHILE = "{} was changed meanwhile. Nothing was done: see how it stands now."
# What is done with an entry, and why, for the history.
STEPS = {
    "up": "Moved up",
    "down": "Moved down",
    "move": "Moved to another section",
    "take": "Told as the record has it",
    "stay": "Words kept as they are",
    "looked": "Looked at",
    "remove": "Taken out of the edition",
}
# Of these, what was shown of the entry must be so still.
STEPS_ON_WORDS = {"take", "stay", "remove"}


class EditPages:
    """Mixed into the admin of editions."""

    def get_urls(self):
        pages = {
            "compose/": ("compose", self.compose_view),
            "<int:pk>/contents/": ("contents", self.contents_view),
            "<int:pk>/since/": ("since", self.since_view),
            "<int:pk>/issue/": ("issue", self.issue_view),
            "<int:pk>/file.<slug:format>": ("file", self.file_view),
        }
        return self.own_urls(pages) + super().get_urls()

    def page(self, request, template, edition=None, **context):
        """One of these pages, with what all of them know."""
        context = (
            self.admin_site.each_context(request)
            | {
                "opts": self.opts,
                "edition": edition,
                "files": FORMATS,
                "may_change": bool(edition) and self.may_edit(request, edition),
                "may_issue": bool(edition) and self.may_issue(request, edition),
            }
            | context
        )
        return TemplateResponse(request, f"admin/summaries/{template}.html", context)

    def edition_of(self, request, pk):
        """The edition with a primary key, for whoever may see it."""
        edition = get_object_or_404(Edition, pk=pk)
        if not self.has_view_permission(request, edition):
            raise PermissionDenied
        return edition

    def may_edit(self, request, edition):
        return self.has_change_permission(request, edition) and not edition.is_final

    def may_issue(self, request, edition):
        return self.may_edit(request, edition) and request.user.has_perm("summaries.publish_edition")

    def do(self, request, parts, reason):
        """Apply parts in one batch; return whether that could be done, and say why where it could not."""
        try:
            apply(parts, Batch(by=request.user, origin=Batch.Origin.ADMIN, reason=reason))
        except NotApplied as refusal:
            for problem in refusal.problems[:5]:
                messages.error(request, problem.message)
            return False
        return True

    # --- Composing ----------------------------------------------------------------------------------------------------

    def compose_view(self, request):
        """What an edition up to a date would hold; sent, it is kept as a draft."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else request.GET if "until" in request.GET else None
        form = UntilForm(sent, initial={"until": today()})
        until = form.cleaned_data["until"] if form.is_valid() else None if sent else today()
        draft = compose(until) if until else None
        if request.method == "POST" and draft and not draft.entries:
            form.add_error("until", "Nothing that is published had begun by then.")
        elif request.method == "POST" and draft:
            try:
                edition = keep(draft, by=request.user)
            except NotApplied as refusal:
                for problem in refusal.problems[:5]:
                    form.add_error(None, problem.message)
            else:
                messages.success(request, f"{edition.reference} is composed. It is a draft: read it and change it.")
                return HttpResponseRedirect(self.url("contents", edition.pk))
        context = {
            "title": "Compose an edition",
            "form": form,
            "draft": draft,
            "last": LastEdition.before(until).edition if until else None,
            "being_written": Edition.objects.being_written().newest_first(),
        }
        return self.page(request, "compose", **context)

    # --- Editing ------------------------------------------------------------------------------------------------------

    def contents_view(self, request, pk):
        """An edition's sections and entries, each beside what the record has changed; sent, one step is done."""
        edition = self.edition_of(request, pk)
        if request.method == "POST":
            if not self.may_edit(request, edition):
                raise PermissionDenied(FROZEN)
            part = self.step(request, edition)
            return HttpResponseRedirect(address_of(part) if part else request.get_full_path())
        at = last_change()
        contents = Contents(edition, request.GET.get("p", 1))
        context = {
            "title": f"Contents of {edition.reference}",
            "contents": contents,
            "page": contents.page,
            "page_range": list(contents.page.paginator.get_elided_page_range(contents.page.number)),
            "absent": contents.absent()[:50] if self.may_edit(request, edition) else (),
            "at": at,
        }
        return self.page(request, "contents", edition, **context)

    def step(self, request, edition):
        """Do the one step that was sent; return the entry or section that it leads to, or None where that is no more.

        Raises Http404 for what is no step.
        """
        with transaction.atomic():
            Counter.lock()
            order = editing.Order(edition)
            for name in ("section_up", "section_down", "section_remove"):
                if name in request.POST:
                    return self.step_with_section(request, order, name, found(order.section, request.POST[name]))
            for name in STEPS:
                if name in request.POST:
                    return self.step_with_entry(request, order, name, found(order.entry, request.POST[name]))
            if "add" in request.POST:
                return self.add(request, order)
        raise Http404("There is no such step.")

    def step_with_entry(self, request, order, name, entry):
        if name in STEPS_ON_WORDS and changed_since(entry, request.POST.get("at", "")):
            messages.warning(request, MEANWHILE.format(entry.reference))
            return entry
        if name in ("take", "stay") and entry.event is None:
            raise Http404("The entry tells of no activity.")
        parts = {
            "up": lambda: order.move(entry, -1),
            "down": lambda: order.move(entry, 1),
            "move": lambda: order.move_to(entry, found(order.section, request.POST.get("to", ""))),
            "take": lambda: order.tell(entry),
            "stay": lambda: order.tell(entry, entry.text),
            "looked": lambda: order.looked_at(entry),
            "remove": lambda: order.remove(entry),
        }[name]()
        if parts and self.do(request, parts, f"{STEPS[name]}: {entry.reference}"):
            messages.success(request, f"{STEPS[name]}: {entry.reference}.")
        return Entry.objects.select_related("section").filter(pk=entry.pk).first()

    def step_with_section(self, request, order, name, section):
        called = section.heading or f"section {section.number}"
        if name == "section_remove" and order.entries[section.pk]:
            messages.error(request, "The section has entries: move them or take them out first.")
            return section
        parts, done = {
            "section_up": lambda: (order.move_section(section, -1), "Moved up"),
            "section_down": lambda: (order.move_section(section, 1), "Moved down"),
            "section_remove": lambda: (order.remove_section(section), "Taken out of the edition"),
        }[name]()
        if parts and self.do(request, parts, f"{done}: {called}"[:300]):
            messages.success(request, f"{done}: {called}.")
        return Section.objects.filter(pk=section.pk).first()

    def add(self, request, order):
        """Add a published activity, where its date belongs."""
        event = found(lambda pk: Event.objects.published().filter(pk=pk).first(), request.POST["add"])
        entries = order.edition.entries.filter(event=event)
        if entries.exists():
            messages.warning(request, f"{event.reference} is in it already.")
        elif self.do(request, order.add(event), f"Added: {event.reference}"):
            messages.success(request, f"Added: {event}.")
        return entries.select_related("section").first()

    # --- Comparing, issuing, taking away ------------------------------------------------------------------------------

    def since_view(self, request, pk):
        edition = self.edition_of(request, pk)
        title = f"{edition.reference} beside the edition before it"
        return self.page(request, "since", edition, title=title, comparison=with_previous(edition))

    def issue_view(self, request, pk):
        """What should be looked at before an edition is issued; sent, it is."""
        edition = self.edition_of(request, pk)
        if not self.may_issue(request, edition):
            raise PermissionDenied(FROZEN)
        form = IssueForm(request.POST if request.method == "POST" else None, initial={"issued": today()})
        contents = Contents(edition)
        if request.method == "POST" and form.is_valid():
            issued, publish = form.cleaned_data["issued"], form.cleaned_data["publish"]
            if not contents.lines or contents.wordless:
                messages.error(request, "It cannot be issued: an entry has no words, or there is none.")
            elif self.do(request, editing.issue(edition, issued, publish), "Issued"):
                messages.success(request, f"{edition.reference} is issued{' and published' * publish}.")
                return HttpResponseRedirect(self.url("contents", pk))
        context = {"title": f"Issue {edition.reference}", "form": form, "contents": contents}
        return self.page(request, "issue", edition, comparison=with_previous(edition), **context)

    def file_view(self, request, pk, format):
        """An edition as a file, whoever may see it."""
        return file_of(self.edition_of(request, pk), format)

    # --- The form -----------------------------------------------------------------------------------------------------

    def changelist_view(self, request, extra_context=None):
        links = {"compose_url": self.url("compose") if self.has_add_permission(request) else None}
        return super().changelist_view(request, links | (extra_context or {}))

    def view_on_site(self, edition):
        return edition.get_absolute_url() if edition.is_published else None


def found(find, text):
    """What is found by the primary key that was sent. Raises Http404 where nothing is."""
    record = find(int(text)) if is_key(text) else None
    if record is None:
        raise Http404("There is no such thing.")
    return record


def changed_since(entry, at):
    """Whether an entry, or the activity that it tells of, has changed since the page was shown."""
    if not is_key(at):
        return True
    changes = Change.objects.filter(pk__gt=int(at))
    own = changes.filter(type="entries").of_key(entry.reference)
    if entry.event:
        own |= changes.filter(type="events").of_key(entry.event.reference)
    return own.exists()
