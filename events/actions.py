"""What can be done to many events at once."""

from exchange.actions import change_list_of, publishing_actions

from .models import Theme

EVENT_ACTIONS = [*publishing_actions(), change_list_of("themes", "Set themes", Theme.objects.all)]
