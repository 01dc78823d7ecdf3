"""The page of a plan: what a proposal would do to the record, to be confirmed or left."""

from itertools import groupby

from django import forms
from django.contrib import messages
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.utils.http import urlencode

from records.fields import validate_characters
from records.forms import LineFormField
from records.models import Batch

from . import applying, decisions, downloads, proposals, registry
from .decisions import REST
from .inlines import is_key
from .learning import known_names, lead_forms, learn
from .lines import CHANGED, DELETED, DUPLICATE, ERROR, LIKELY, NEW, SAME
from .models import UnknownName
from .parts import Different
from .previews import DECIDED, DIFFERING, DOING, DONE, preview_of
from .problems import UnreadableFile, Unwritable
from .progress_pages import ProgressPages
from .proposals import NoProposal, Proposal
from .sources import imported_before
from .standings import standing_of
from .undoing import KeptBack

GOING_BACK = Batch.Origin.RESTORE, Batch.Origin.UNDO
PER_PAGE = 50
# What the lines of a plan can be filtered by, in the order of the page, and what each is called.
SHOWS = {
    DIFFERING: "not as shown before",
    ERROR: "with errors",
    LIKELY: "probably there already",
    DUPLICATE: "alike with an earlier row",
    DECIDED: "decided",
    DOING: "all that would be done",
    NEW: "new",
    CHANGED: "changed",
    DELETED: "deleted",
    SAME: "the same",
}
# What somebody must decide about is looked at first, but for what is wrong.
ASKING = LIKELY, DUPLICATE, DECIDED
AT_ONCE = decisions.NEW, decisions.SAME
FIRST = ERROR, LIKELY, DUPLICATE


class ReasonForm(forms.Form):
    reason = LineFormField(
        label="Why",
        max_length=300,
        required=False,
        validators=[validate_characters],
        help_text="For the history. It may stay blank.",
        widget=forms.TextInput(attrs={"size": 80}),
    )


class PlanPages(ProgressPages):
    """Mixed into the admin of a record type: every plan is shown and confirmed on one page."""

    def propose(
        self, request, title, parts=(), *, origin=Batch.Origin.ADMIN, back="", reason="", notes=(), file=None, **more
    ):
        """Let parts, or an uploaded file, wait, and lead to the page of their plan. Raises UnreadableFile.

        more  further fields of the Proposal
        """
        proposal = Proposal(
            owner=request.user.pk,
            type=self.record_type,
            title=title,
            origin=origin,
            back=back or self.url("changelist"),
            reason=reason,
            notes=list(notes),
            parts=[part.as_json() for part in parts],
            upload=file.name if file else "",
            **more,
        )
        proposals.keep(proposal, file)
        if file:
            proposal.check()
        return HttpResponseRedirect(self.url("plan", proposal.name))

    def plan_view(self, request, name):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        standing = standing_of(name, self.record_type, request.user)
        if standing and not standing.may_be_tried_again:
            return HttpResponseRedirect(self.url("progress", name))
        try:
            proposal = proposals.find(name, self.record_type, request.user)
            if proposal.origin in GOING_BACK and not self.may_go_back(request):
                raise PermissionDenied
            if request.method != "POST":
                return self.show_plan(request, proposal, refusal=standing and standing.refusal)
            return self.answer(request, proposal, standing)
        except (NoProposal, UnreadableFile) as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self.url("changelist"))

    def answer(self, request, proposal, standing):
        """Do what somebody asks for on the page of a plan."""
        if "cancel" in request.POST:
            applying.leave(proposal)
            return HttpResponseRedirect(proposal.back)
        for word, action in (("lead", self.lead), ("decide", self.decide)):
            if word in request.POST:
                if standing:  # what was refused before is asked anew
                    standing.forget()
                return action(request, proposal)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.show_plan(request, proposal, form=form)
        return self.confirm(request, proposal, form)

    def show_plan(self, request, proposal, form=None, refusal=None, leads=None):
        """The page of a plan. What a refusal says is shown where the plan has nothing wrong: it may be tried again."""
        preview = self.preview(request, proposal, anew=bool(refusal and request.method == "POST"))
        type = request.GET.get("type", "") if request.GET.get("type") in preview.types else ""
        asked = request.GET.get("show")
        show = asked if asked in SHOWS and preview.count(asked, type) else first_shown(preview, refusal)
        only = all_of_one(preview, type)
        show = only if only and show == DOING else show
        page = self.get_paginator(request, preview.lines(show, type), PER_PAGE).get_page(request.GET.get(PAGE_VAR))
        if leads is None:
            leads = lead_forms(preview.names, request.user)
        context = {
            "title": proposal.title,
            "proposal": proposal,
            "notes": list(filter(None, [imported_before(proposal.sha256), *proposal.notes])),
            "kept_back": [KeptBack(**each) for each in proposal.kept_back],
            "plan": preview,
            "refused": refusal.problems if refusal and preview.is_good else (),
            "may_confirm": preview.is_good and preview.changes_something,
            "filters": filters(preview, type, show, only),
            "types": type_filters(preview, type) if len(preview.types) > 1 else (),
            "show": show,
            "is_asking": show in ASKING,
            "page": page,
            "page_range": list(page.paginator.get_elided_page_range(page.number)),
            "page_var": PAGE_VAR,
            "groups": [(of, list(lines)) for of, lines in groupby(page, key=lambda line: line["type"])],
            "leads": [(lead, self.makers(request, lead)) for lead in leads],
            "unknown": len(preview.names),
            "known_names": known_names(leads),
            "is_different": isinstance(refusal, Different),
            "form": form or ReasonForm({"reason": proposal.reason}),
            "mended_url": self.url("mended", proposal.name) if proposal.is_file and not preview.is_good else None,
        }
        return self.respond(request, "plan", **context)

    def preview(self, request, proposal, **how):
        """The preview of a proposal. Names in a file that nothing knows are kept for others to lead somewhere, too."""
        preview = preview_of(proposal, request.user, **how)
        for planned in preview.plans if proposal.is_file else ():
            UnknownName.objects.remember(planned.errors, planned.type, proposal.upload)
        return preview

    def mended_view(self, request, name):
        """A copy of an uploaded file that says what is wrong with each row, to be mended and sent again."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        try:
            proposal = proposals.find(name, self.record_type, request.user)
            if not proposal.is_file:
                raise Http404("No file was uploaded.")
            return downloads.to_mend(proposal, request.user)
        except (NoProposal, UnreadableFile, Unwritable) as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self.url("changelist"))

    # --- Names that nothing knows -------------------------------------------------------------------------------------

    def lead(self, request, proposal):
        """Let names lead to whom somebody says, from now on, and show what the file would do then."""
        leads = lead_forms(self.preview(request, proposal).names, request.user, request.POST)
        valid = [lead.is_valid() for lead in leads]
        if all(valid):
            for words in learn(leads, request.user, f"So that a file is understood: {proposal.upload}"):
                messages.success(request, words)
        if any(lead.errors for lead in leads):
            return self.show_plan(request, proposal, leads=leads)
        self.preview(request, proposal, anew=True, own=True)
        return HttpResponseRedirect(request.get_full_path())

    # --- Rows that somebody must decide about -------------------------------------------------------------------------

    def decide(self, request, proposal):
        """Keep what somebody has decided: row by row, as `type-number` says, or of all that are open at once."""
        answers = {}
        for name, answer in request.POST.items():
            type, _, number = name.rpartition("-")
            if type in registry.types() and is_key(number):
                answers.setdefault(type, {})[number] = answer
        if request.POST["decide"] in AT_ONCE:
            answers = {type: {REST: request.POST["decide"]} for type in self.preview(request, proposal).types}
        if request.POST["decide"] == "back":
            proposal.decisions = {}
        for type, of_type in answers.items():
            proposal.decide(type, of_type)
        proposal.save()
        self.preview(request, proposal, anew=True, own=True)
        return HttpResponseRedirect(request.get_full_path())

    def makers(self, request, lead):
        """Where a new record can be made for a name that nobody has: pairs of what it is and the form's address."""
        admins = map(self.admin_site.get_model_admin, lead.resolver.makes)
        return [
            (each.opts.verbose_name, f"{each.url('add')}?{urlencode({'name': lead.name['text']})}")
            for each in admins
            if each.has_add_permission(request)
        ]


def first_shown(preview, refusal):
    """What a page shows where nothing is asked for: what is most in need of a look."""
    if preview.differing and refusal and not preview.count(ERROR):
        return DIFFERING
    return next((each for each in FIRST if preview.count(each)), DOING) if not preview.is_good else DOING


def all_of_one(preview, type):
    """The status of all lines that would do something, where they have the same one."""
    return next((each for each in DONE if preview.count(each, type) == preview.count(DOING, type) > 0), None)


def filters(preview, type, show, only):
    """What the lines of a preview can be filtered by: what, in words, how many, and whether that is shown."""
    numbers = {each: preview.count(each, type) for each in SHOWS}
    return [
        {"show": each, "words": words, "number": numbers[each], "is_shown": each == show}
        for each, words in SHOWS.items()
        if each == show or (numbers[each] and not (each == DOING and only))
    ]


def type_filters(preview, type):
    """The record types of a plan: what each is called, what its rows do, and whether they alone are shown."""
    return [
        {
            "type": each,
            "words": registry.resource_of(each).title(),
            "done": preview.said_of(each) if each in preview.planned else "not come to yet",
            "is_shown": each == type,
        }
        for each in preview.types
    ]
