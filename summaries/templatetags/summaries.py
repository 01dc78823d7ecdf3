"""How pages show what editions print."""

from django import template

from records.prepared import Prepared

from ..models import Entry

register = template.Library()

CITATIONS = Prepared(lambda keys: Entry.objects.citations().filter(event__pk__among=keys))


@register.simple_tag
def citations_of(event):
    """The entries of published editions that tell of an activity, the newest first."""
    return CITATIONS([event.pk])
