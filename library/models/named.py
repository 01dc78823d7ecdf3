"""What collections and instruments have in common: a name of their own, and publication."""

from events.models.heading import Heading
from records.fields import ProseField
from records.publication import Publishable

from ..querysets import NamedQuerySet


class Named(Heading, Publishable):
    """Something of the library that has a name, by which it is known, and a page."""

    description = ProseField(blank=True, help_text="What it is and what it is for.")
    sources = ProseField(blank=True, help_text="Where this is known from. The public sees it.")
    note = ProseField(blank=True, help_text="For staff alone: doubts, what is to be asked.")

    objects = NamedQuerySet.as_manager()

    class Meta(Heading.Meta):
        abstract = True
