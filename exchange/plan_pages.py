"""The page of a plan: what a proposal would do to the record, to be confirmed or left."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect

from records.fields import validate_characters
from records.forms import LineFormField
from records.models import Batch

from . import applying, proposals
from .lines import ERROR, SAME
from .models import UnknownName
from .parts import Different, PlanOfParts
from .problems import UnreadableFile
from .progress_pages import ProgressPages
from .proposals import NoProposal, Proposal
from .sources import imported_before
from .standings import standing_of

SHOWN = 200


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

    def propose(self, request, title, parts=(), *, origin=Batch.Origin.ADMIN, back="", reason="", notes=(), file=None):
        """Let parts, or an uploaded file, wait, and lead to the page of their plan. Raises UnreadableFile."""
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
            if proposal.origin == Batch.Origin.RESTORE and not self.may_go_back(request):
                raise PermissionDenied
            if request.method != "POST":
                return self.show_plan(request, proposal, refusal=standing and standing.refusal)
            if "cancel" in request.POST:
                applying.leave(proposal)
                return HttpResponseRedirect(proposal.back)
            form = ReasonForm(request.POST)
            if not form.is_valid():
                return self.show_plan(request, proposal, form=form)
            return self.confirm(request, proposal, form)
        except (NoProposal, UnreadableFile) as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self.url("changelist"))

    def show_plan(self, request, proposal, form=None, refusal=None):
        """The page of a plan. What a refusal says is shown where the plan itself has nothing wrong."""
        shown = ShownLines(limit=SHOWN)
        planned = PlanOfParts(proposal.read_parts(), by=request.user, watch=shown.keep)
        if proposal.is_file:
            UnknownName.objects.remember(planned.errors, self.record_type, proposal.upload)
        problems = list(shown.problems(planned))
        if not problems and refusal:
            problems = [(problem.row, problem) for problem in refusal.problems]
        context = {
            "title": proposal.title,
            "proposal": proposal,
            "notes": list(filter(None, [imported_before(proposal.sha256), *proposal.notes])),
            "plan": planned,
            "problems": problems,
            "groups": shown.groups,
            "differing": shown.differing,
            "shown": SHOWN,
            "is_different": isinstance(refusal, Different),
            "form": form or ReasonForm({"reason": proposal.reason}),
        }
        return self.respond(request, "plan", **context)


class ShownLines:
    """The lines of a plan that its page shows: the first of those that do something, by type."""

    def __init__(self, limit):
        self.limit = limit
        self.differing = 0
        self.groups = {}
        self.keys = {}

    def keep(self, part, line):
        resource = part.resource
        if line.status == ERROR:
            self.keys[part.type, line.number] = resource.key_of(line.old or line.cells) or line.number
        elif line.status != SAME:
            self.differing += 1
            if self.differing <= self.limit:
                row = line.old | line.after
                shown = {"key": resource.key_of(row), "name": resource.name_of(row), "line": line}
                self.groups.setdefault(resource.model._meta.verbose_name_plural, []).append(shown)

    def problems(self, planned):
        """What is wrong, each with where: the row of a file, else the key of the record."""
        for part, of_part in zip(planned.parts, planned.plans, strict=False):
            for problem in of_part.errors:
                where = self.keys.get((part.type, problem.row)) if isinstance(part.table, list) else None
                yield where or problem.row, problem
