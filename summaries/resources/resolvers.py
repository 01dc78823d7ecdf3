"""What rows refer to among editions and sections, and how it is found."""

from exchange.resolvers import Resolver, Target
from exchange.resources import matching

from ..models import Edition, Section


class Editions(Resolver):
    """Editions by reference, looked up for a chunk of rows at a time."""

    noun = "edition"

    def __init__(self, session):
        super().__init__(session)
        self.by_reference, self.by_pk = {}, {}

    def prepare(self, cells):
        self._load("reference", [cell for cell in cells if cell not in self.by_reference])

    def prepare_keys(self, keys):
        self._load("pk", [key for key in keys if key not in self.by_pk])

    def _load(self, field, values):
        for edition in matching(Edition.objects.order_by().only("reference", "publication", "issued"), field, values):
            target = Target(
                edition.pk, edition.reference, edition.reference, published=edition.is_published, issued=edition.issued
            )
            self.by_pk[edition.pk] = self.by_reference[edition.reference] = target

    def find(self, text):
        return self.by_reference.get(text)

    def at(self, pk):
        return self.by_pk[pk]

    def known(self):
        return list(Edition.objects.order_by("-pk").values_list("reference", flat=True)[:2000])


class Sections(Resolver):
    """The sections of editions, by number; those of an edition are read together."""

    noun = "section"

    def __init__(self, session):
        super().__init__(session)
        self.of_editions = {}

    def prepare_editions(self, editions):
        """Read the sections of editions, given by their primary keys, that were not read yet. One query."""
        unread = set(editions) - self.of_editions.keys()
        if unread:
            self.of_editions |= {edition: {} for edition in unread}
            for pk, edition, number in (
                Section.objects.order_by().filter(edition__in=unread).values_list("pk", "edition", "number")
            ):
                self.of_editions[edition][number] = pk

    def of(self, edition, number):
        """The primary key of an edition's section, or None."""
        return self.of_editions[edition].get(number)
