"""Confirming a plan: short ones are written at once, and a page shows how far the writing of a long one is."""

import time

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from . import applying, proposals
from .plans import NotApplied
from .progress import CHECKING, READING, WRITING
from .proposals import NoProposal
from .standings import BROKEN, DONE, REFUSED, WAITING, standing_of

STEPS = {
    WAITING: "Waiting",
    READING: "Reading the rows",
    CHECKING: "Checking them against the record",
    WRITING: "Writing",
    DONE: "Done",
}
# Seconds, after which a page that lives without scripts asks again; and after which a worker should have come.
ASKS_EACH = 5
PATIENCE = 60


class ProgressPages:
    """Mixed into the admin of a record type, beneath the pages of plans."""

    def confirm(self, request, proposal, form):
        """Do what was planned, and go on; show the plan again where it cannot be done, or is another by now."""
        said = {
            "by": request.user,
            "reason": form.cleaned_data["reason"],
            "shown": request.POST.get("fingerprint", ""),
        }
        if applying.is_long(proposal):
            applying.begin(proposal, **said)
            return HttpResponseRedirect(self.url("progress", proposal.name))
        with applying.taken_up(proposal.name, self.record_type, request.user) as (proposal, standing):
            try:
                batch = applying.write(proposal, standing, **said)
            except NotApplied as refusal:
                standing.forget()
                renewed = proposals.find(proposal.name, self.record_type, request.user)
                return self.show_plan(request, renewed, form=form, refusal=refusal)
        as_batch = self.as_batch(request, batch.pk)
        messages.success(request, format_html("{}: {}{}.", proposal.title, standing.said, as_batch))
        return HttpResponseRedirect(proposal.back)

    def as_batch(self, request, number):
        """Which batch it was, with a link to it for those who may see it."""
        if not number:
            return ""
        words = format_html(", as batch {}", number)
        if not request.user.has_perm("records.view_batch"):
            return words
        url = reverse(f"{self.admin_site.name}:records_batch_change", args=[number])
        return format_html(', as <a href="{}">batch {}</a>', url, number)

    def progress_view(self, request, name):
        """How far the writing of a plan is, for whoever confirmed it."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        standing = standing_of(name, self.record_type, request.user)
        if standing is None:
            messages.error(request, str(NoProposal()))
            return HttpResponseRedirect(self.url("changelist"))
        if request.method == "POST" and standing.stage == WAITING:
            applying.leave(proposals.find(name, self.record_type, request.user))
            return HttpResponseRedirect(standing.back)
        if standing.stage == REFUSED:
            return HttpResponseRedirect(self.url("plan", name))
        return self.show_progress(request, standing)

    def show_progress(self, request, standing):
        asks_again = not standing.is_over
        step = STEPS.get(standing.stage, "")
        context = {
            "title": standing.title,
            "standing": standing,
            "step": step,
            "steps": [(words, stage == standing.stage) for stage, words in STEPS.items()],
            "is_waiting": standing.stage == WAITING,
            "has_waited_long": standing.stage == WAITING and time.time() > standing.at + PATIENCE,
            "is_done": standing.stage == DONE,
            "is_broken": standing.stage == BROKEN,
            "as_batch": self.as_batch(request, standing.batch),
            "plan_url": f"{self.admin_site.name}:{self.url_name('plan')}",
            "asks_again": asks_again,
            "asks_each": ASKS_EACH if asks_again and "still" not in request.GET else None,
        }
        response = self.respond(request, "progress", **context)
        response["Cache-Control"] = "no-store"
        return response
