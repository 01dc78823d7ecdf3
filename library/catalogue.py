"""What rows refer to among collections and documents, and how it is found."""

from events.gazetteer import Headings
from exchange.resolvers import ByReference, Target
from records.folding import fold
from records.publication import Publication

from .models import Collection, Document


class Named(Headings):
    """What has a name and can be published, by name or slug, read once; the public is shown what is published."""

    def read(self, records):
        for pk, slug, name, folded, publication in records.values_list(
            "pk", "slug", "name", "folded_name", "publication"
        ):
            target = Target(pk, slug, name, published=publication == Publication.PUBLISHED)
            self.by_pk[pk] = self.by_text[folded] = target
            self.by_text.setdefault(fold(slug), target)

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

    def known(self):
        return list(Document.objects.order_by("-pk").values_list("reference", flat=True)[:2000])
