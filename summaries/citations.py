"""Which editions of the Summary tell of an activity."""

from records.prepared import Prepared
from search.following import Following

from .models import Entry

CITATIONS = Prepared(lambda keys: Entry.objects.citations().filter(event__pk__among=keys))


def of_event(event):
    """The entries of published editions that tell of an activity, the newest first."""
    return CITATIONS([event.pk]) if event.pk in _cited.now() else []


def cited():
    """The keys of the activities that any published edition tells of, so that pages of others need not ask."""
    return set(Entry.objects.published().filter(event__isnull=False).order_by().values_list("event", flat=True))


_cited = Following("editions", made=cited, changed=lambda held, written: cited() if written else held)
