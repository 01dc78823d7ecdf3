"""Tasks: what takes long is done at once or, where one is configured, by a worker (`manage.py db_worker`)."""

from contextlib import suppress

from django.contrib.auth import get_user_model
from django_tasks import task

from . import applying
from .plans import NotApplied
from .proposals import NoProposal
from .standings import REFUSED


@task()
def write_proposal(name, type, owner, reason, shown):
    """Write the proposal of a name; its standing tells what came of it. What was written or left before is left alone.

    owner  the primary key of the user who made it
    shown  the fingerprint of the plan that was shown
    """
    by = get_user_model()._default_manager.get(pk=owner)
    with suppress(NoProposal), applying.taken_up(name, type, by) as (proposal, standing):
        try:
            applying.write(proposal, standing, by=by, reason=reason, shown=shown)
        except NotApplied as refusal:
            standing.conclude(REFUSED, refusal.problems)
