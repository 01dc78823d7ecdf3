"""What rows refer to in the library, and how it is found."""

from events.gazetteer import Headings
from exchange.resolvers import ByReference, Target
from exchange.resources import matching
from records.folding import fold
from records.publication import Publication

from .models import ActionItem, Collection, Document, Instrument


class Named(Headings):
    """What has a name and can be published, by name or slug, read once; the public is shown what is published.

    details  the fields that targets tell of, as their details, beside `published`
    """

    details = ()

    def read(self, records):
        for record in records.only("slug", "name", "folded_name", "publication", *self.details):
            details = {name: getattr(record, name) for name in self.details}
            target = Target(record.pk, record.slug, record.name, published=record.is_published, **details)
            self.by_pk[record.pk] = self.by_text[record.folded_name] = target
            self.by_text.setdefault(fold(record.slug), target)

    def at(self, pk):
        target = super().at(pk)
        return None if self.session.public and not target.details["published"] else target


class Collections(Named):
    noun = "collection"
    model = Collection


class Documents(ByReference):
    noun = "document"
    model = Document
    details = ("access",)

    def at(self, pk):
        target = super().at(pk)
        hidden = not target.details["published"] or target.details["access"] != Document.Access.PUBLIC
        return None if self.session.public and hidden else target


class Instruments(Named):
    """Instruments, each with its kind."""

    noun = "instrument"
    model = Instrument
    details = ("kind",)


class Items(ByReference):
    """Items of plans, each with the primary key of its plan."""

    noun = "item"
    model = ActionItem

    def _load(self, field, values):
        rows = self.model.objects.order_by().values_list("pk", "reference", "plan", "plan__publication")
        for pk, reference, plan, publication in matching(rows, field, values):
            published = publication == Publication.PUBLISHED
            target = Target(pk, reference, reference, published=published, plan=plan)
            self.by_pk[pk] = self.by_reference[reference] = target
