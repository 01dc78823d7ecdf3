"""The pages on which a summary is read into the record: its file, the review, the correction of one entry."""

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.text import Truncator

from events.models import Event
from exchange.inlines import is_key
from exchange.opened import FIELD, Merged, Opened, as_query, values_of
from exchange.parts import Part, apply
from exchange.plans import NotApplied
from exchange.problems import UnreadableFile
from participants.directory import Countries, Participants
from records.models import Batch, Counter

from .accepting import Acceptance
from .correcting import Decisions, corrected, row_of, undecided
from .forms import CorrectionForm, NameForms, SummaryForm
from .keeping import ReadBefore, keep, kept_as, read_file
from .models import Edition, Entry
from .prospects import prospects
from .reviewing import Read, Review, address_of

LIKELY = 12
LONGEST_STEM = 60  # a folder takes 255 bytes, and a character may have four
# The fields that take the whole width of the form.
WIDE = frozenset(
    ["activity", "title", "description", "sources", "note", "settled", "left_out", "decision", "alongside"]
)
# What can be decided on entries: the state that they must be in for it.
DECISIONS = {"accept": Entry.State.OPEN, "leave": Entry.State.OPEN, "reopen": Entry.State.LEFT}
NONE_CHOSEN = "No entry was chosen, or somebody has decided on it meanwhile."
CHANGED = "{} was changed while you were typing. Nothing was saved yet: see what stands here now, and save again."


class ReviewPages:
    """Mixed into the admin of editions: whoever may add events may accept what was read of them."""

    change_list_template = "admin/summaries/edition/change_list.html"

    def get_urls(self):
        pages = {
            "read/": ("read", self.read_view),
            "<int:pk>/review/": ("review", self.review_view),
            "<int:pk>/review/<int:entry>/": ("correct", self.correct_view),
        }
        return self.own_urls(pages) + super().get_urls()

    def show(self, request, template, **context):
        context = self.admin_site.each_context(request) | {"opts": self.opts} | context
        return TemplateResponse(request, f"admin/summaries/{template}.html", context)

    def changelist_view(self, request, extra_context=None):
        context = {"read_url": self.url("read") if self.may_read(request) else None}
        return super().changelist_view(request, context | (extra_context or {}))

    # --- The file -----------------------------------------------------------------------------------------------------

    def may_read(self, request):
        return self.has_add_permission(request)

    def read_view(self, request):
        """Upload a summary: it is read and kept, and nothing else of the record is touched."""
        if not self.may_read(request):
            raise PermissionDenied
        form = SummaryForm(request.POST, request.FILES) if request.method == "POST" else SummaryForm()
        if form.is_valid():
            try:
                return self.keep_file(request, form.cleaned_data["file"])
            except UnreadableFile as error:
                form.add_error("file", str(error))
            except NotApplied as refusal:
                form.add_error("file", [problem.message for problem in refusal.problems])
        return self.show(request, "read", title="Read a summary", form=form)

    def keep_file(self, request, file):
        """Keep what a file says, and lead to its review. Raises UnreadableFile and NotApplied."""
        try:
            with laid_down(file) as path:
                if edition := kept_as(path):
                    raise ReadBefore(edition)
                edition = keep(read_file(path), path, by=request.user, name=file.name)
        except ReadBefore as known:
            edition = known.edition
            messages.warning(request, f"{known} Here it is, as it stands.")
        else:
            messages.success(request, f"“{file.name}” is kept as {edition.reference}. Nothing else was changed.")
        return HttpResponseRedirect(address_of(edition))

    # --- The review ---------------------------------------------------------------------------------------------------

    def may_accept(self, request, edition):
        return request.user.has_perm("events.add_event") and self.has_change_permission(request, edition)

    def imported(self, request, pk):
        """The edition that is reviewed; a 404 where there is none that was read."""
        edition = get_object_or_404(Edition.objects.imported(), pk=pk)
        if not self.has_view_permission(request, edition):
            raise PermissionDenied
        return edition

    def review_view(self, request, pk):
        """What was read beside the words it was read from, and what each entry would do, to be decided on."""
        edition = self.imported(request, pk)
        if request.method == "POST":
            return self.decide(request, edition)
        review = Review(edition, request.GET.get("show", ""), request.GET.get("p", 1))
        lines = review.prospects(request.user)
        context = {
            "title": f"Review of {edition.reference}",
            "edition": edition,
            "review": review,
            "blocks": [
                (sort, Read(block, edition.text, lines.get(block.pk)) if sort == "entry" else block)
                for sort, block in review.blocks
            ],
            "page": review.page,
            "page_var": "p",
            "page_range": review.page.paginator.get_elided_page_range(review.page.number),
            "may_accept": self.may_accept(request, edition),
        }
        return self.show(request, "review", **context)

    def decide(self, request, edition):
        """Do what a button of the review says with the entries that it names."""
        if not self.may_accept(request, edition):
            raise PermissionDenied
        decision = next((each for each in DECISIONS if each in request.POST), None)
        if decision is None:
            raise Http404
        back = request.get_full_path()
        entries = list(self.named(request, edition, request.POST[decision]).filter(state=DECISIONS[decision]))
        if not entries:
            messages.warning(request, NONE_CHOSEN)
            return HttpResponseRedirect(back)
        if decision == "accept":
            return self.propose_acceptance(request, edition, entries, back)
        return self.put_aside(request, edition, entries, decision, back)

    def named(self, request, edition, which):
        """The entries that a button names: one by its key, those that are chosen, or those without a doubt."""
        entries = edition.entries.in_order().select_related("section")
        if which == "sound":
            return entries.without_doubts()
        keys = request.POST.getlist("entry") if which == "chosen" else [which]
        return entries.filter(pk__in=filter(is_key, keys))

    def propose_acceptance(self, request, edition, entries, back):
        parts = Acceptance(entries).parts()
        title = f"Accept {number_of(entries)} of {edition.reference}"
        return self.propose(request, title, parts, origin=Batch.Origin.SUMMARY, back=back)

    def put_aside(self, request, edition, entries, decision, back):
        """Leave entries out of the record, or let those that were left wait again; no activity is touched."""
        state, words = (Entry.State.LEFT, "left out") if decision == "leave" else (Entry.State.OPEN, "open again")
        rows = [row_of(entry, state=state) for entry in entries]
        try:
            apply([Part("entries", rows)], Batch(by=request.user, origin=Batch.Origin.SUMMARY))
        except NotApplied as refusal:
            messages.error(request, str(refusal.problems[0].message))
        else:
            messages.success(request, f"{number_of(entries).capitalize()} {words}.")
        return HttpResponseRedirect(back)

    # --- The correction -----------------------------------------------------------------------------------------------

    def correct_view(self, request, pk, entry):
        """One entry, to be corrected: what was read, and what becomes of names that nothing knows."""
        edition = self.imported(request, pk)
        if request.method == "POST" and not self.may_accept(request, edition):
            raise PermissionDenied
        if request.method != "POST":
            return self.show_correction(request, self.entry_of(edition, entry))
        with transaction.atomic():
            Counter.lock()  # what is checked against what was opened is what is written over
            return self.correct(request, self.entry_of(edition, entry))

    def entry_of(self, edition, pk):
        return get_object_or_404(edition.entries.select_related("section", "event"), pk=pk)

    def correct(self, request, entry):
        """Save what was typed over an entry; lead on to what was decided beside it, or to its acceptance."""
        if entry.state == Entry.State.ACCEPTED:
            messages.warning(request, f"{entry.reference} has been accepted: it is corrected as an activity now.")
            return HttpResponseRedirect(address_of(entry.edition))
        form = CorrectionForm(request.POST, entry=entry)
        names = NameForms(request.POST, prefix="names", form_kwargs={"session": form.session})
        if conflict := meanwhile(form, entry, request.POST):
            return self.show_correction(request, entry, *conflict, names)
        if not (form.is_valid() and names.is_valid()):
            return self.show_correction(request, entry, form, names=names)
        try:
            apply([Part("entries", [corrected(entry, form)])], Batch(by=request.user, origin=Batch.Origin.SUMMARY))
        except NotApplied as refusal:
            form.add_error(None, [problem.message for problem in refusal.problems])
            return self.show_correction(request, entry, form, names=names)
        return self.go_on(request, self.entry_of(entry.edition, entry.pk), names)

    def go_on(self, request, entry, names):
        """From an entry that was saved to the plan of what else was decided, to the next one, or back."""
        decisions = Decisions(entry, names)
        back = address_of(entry.edition)
        if "accept" in request.POST:
            parts, title = decisions.parts(Acceptance([entry])), f"Accept {entry.heading}"
        else:
            parts, title = decisions.parts(), f"Make known what {entry.heading} names"
            back = address_of(entry.edition, entry)
        if not parts:
            messages.success(request, f"{entry.reference} is corrected.")
            return HttpResponseRedirect(f"{address_of(entry.edition)}#{entry.reference}")
        title = Truncator(title).chars(200)
        return self.propose(request, title, parts, origin=Batch.Origin.SUMMARY, back=back)

    def show_correction(self, request, entry, form=None, both=(), names=None):
        form = form or CorrectionForm(entry=entry)
        unknown = form.unknown_in(form.row or entry.proposal)
        if names is None:
            known = form.session.resolver(Participants).known()
            initial = list(undecided(entry, unknown, known)) if unknown else []
            names = NameForms(initial=initial, prefix="names", form_kwargs={"session": form.session})
        edition = entry.edition
        may_correct = self.may_accept(request, edition) and entry.state != Entry.State.ACCEPTED
        if not may_correct:
            for field in form.fields.values():
                field.disabled = True
        read = Read(entry, edition.text, prospects(Acceptance([entry]), [entry], request.user).get(entry.pk))
        context = {
            "title": entry.heading,
            "edition": edition,
            "read": read,
            "form": form,
            "fields": [(form[name], read.column(name)) for name in form.columns],
            "wide": WIDE,
            "names": names,
            "both": both,
            "may_correct": may_correct,
            "opened": str(opened_of(entry)),
            "activities": likely_events(entry.proposal),
            "participants": form.session.resolver(Participants).labels() if names.forms else [],
            "countries": form.session.resolver(Countries).labels() if names.forms else [],
        }
        return self.show(request, "correct", **context)


@contextmanager
def laid_down(file):
    """The path of an uploaded file, under the name that it came with as far as a folder takes it."""
    name = Path(file.name)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name.stem[:LONGEST_STEM]}{name.suffix[:LONGEST_STEM]}"
        with path.open("wb") as laid:
            laid.writelines(file.chunks())
        yield path


def number_of(entries):
    return "1 entry" if len(entries) == 1 else f"{len(entries)} entries"


def opened_of(entry):
    """What the form of an entry holds as it stands."""
    return Opened(0, entry.reference, values_of([CorrectionForm(entry=entry)]))


def meanwhile(form, entry, sent):
    """What to show where an entry is no longer as its form was opened: the form of both, and what both changed.

    None where nobody came in between.
    """
    opened, now = Opened.read(sent.get(FIELD, "")), opened_of(entry)
    if opened is None or opened.values == now.values:
        return None
    typed = {name: texts for name, texts in sent.lists() if name in form.fields}
    merged = Merged(opened.values, now.values, typed)
    both = [(form.fields[name].label, "; ".join(texts)) for name, texts in merged.both.items()]
    shown = CorrectionForm(as_query(merged.values), entry=entry)
    shown.add_error(None, CHANGED.format(entry.reference))
    return shown, both


def likely_events(row):
    """The activities of the record that an entry may be: those of its time, else those with its first words."""
    events = Event.objects.filter(when__overlaps=row["when"]) if row.get("when") else Event.objects.none()
    if not events.exists():
        events = Event.objects.search(" ".join(row.get("title", "").split()[:2]))
    return events.select_related("place__country").earliest_first()[:LIKELY]
