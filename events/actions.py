"""What can be done to many events at once."""

from exchange.actions import change_list_of, set_cells
from records.publication import Publication

from .models import Theme

EVENT_ACTIONS = [
    set_cells("Publish", publication=Publication.PUBLISHED.value),
    set_cells("Send to review", publication=Publication.IN_REVIEW.value),
    set_cells("Unpublish, as a draft", publication=Publication.DRAFT.value),
    change_list_of("themes", "Set themes", Theme.objects.all),
]
