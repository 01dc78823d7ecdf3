"""What rows refer to among editions and sections, and how it is found."""

from exchange.resolvers import ByReference, Resolver

from ..models import Edition, Section


class Editions(ByReference):
    noun = "edition"
    model = Edition
    details = ("issued",)


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
