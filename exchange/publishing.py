"""Publishing: rows of what is public are changed by those alone who may publish."""

from .resources import Resource


class PublishableResource(Resource):
    """Rows of what can be published; `publishing` is the permission that this takes."""

    publishing = ""

    def public_records(self):
        return self.records().published()

    def refusal(self, line):
        if self.touches_published(line) and not self.session.may(self.publishing):
            return f"You have no right to publish {self.title()} or to change published ones."
        return super().refusal(line)

    def touches_published(self, line):
        """Whether the record is published before or after the line."""
        return "published" in (line.old.get("publication"), line.after.get("publication"))


class DependentResource(Resource):
    """Rows of what is as public as the records that it belongs to, which the columns `owners` name.

    publishing  the permission that it takes to publish those
    belongs_to  what people call those
    as_public_as  those of the owners that make it public, where others do not
    """

    publishing = ""
    belongs_to = ""
    as_public_as = ()

    def public_records(self):
        return self.records().published()

    def refusal(self, line):
        if not self.session.may(self.publishing) and self.is_public(line):
            return f"You have no right to change what belongs to published {self.belongs_to}."
        return super().refusal(line)

    def is_public(self, line):
        """Whether the public sees the record before or after the line."""
        return any(
            all(self.owner_is_public(name, cells) for name in self.as_public_as or self.owners)
            for cells in (line.old, line.old | line.after)
        )

    def owner_is_public(self, name, cells):
        """Whether the public sees the record that a column names."""
        owner = self.columns[name].widget.resolver().find(cells.get(name, ""))
        return owner is not None and owner.details["published"]
