"""What rows of the library have in common: what is published, those alone may change who may publish."""

from exchange.resources import Resource

RIGHT = "library.publish_document"


class PublishableResource(Resource):
    """Rows of what has a publication of its own."""

    def public_records(self):
        return self.records().published()

    def refusal(self, line):
        touches_published = "published" in (line.old.get("publication"), line.after.get("publication"))
        if touches_published and not self.session.may(RIGHT):
            return f"You have no right to publish {self.title()} or to change published ones."
        return super().refusal(line)


class BelongingResource(Resource):
    """Rows of what is as public as the records that it belongs to.

    found_by  {a column of `owners`: the resolver whose targets say whether they are published}
    """

    found_by = {}

    @property
    def owners(self):
        return tuple(self.found_by)

    def public_records(self):
        return self.records().published()

    def refusal(self, line):
        if not self.session.may(RIGHT) and self.is_published(line):
            return f"You have no right to change {self.title()} of what is published."
        return super().refusal(line)

    def is_published(self, line):
        """Whether all that the record belongs to is published, before or after the line."""
        return any(self.all_published(cells) for cells in (line.old, line.old | line.after))

    def all_published(self, cells):
        targets = [
            self.session.resolver(resolver).find(cells.get(owner, "")) for owner, resolver in self.found_by.items()
        ]
        return all(target and target.details["published"] for target in targets)
