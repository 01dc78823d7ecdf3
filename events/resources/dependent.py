"""What rows of links and outcomes have in common: they are as public as their events."""

from exchange.resources import Resource

from ..gazetteer import Events


class DependentResource(Resource):
    """Rows of what is as public as the events that it belongs to.

    `owners` are the columns of those events.
    """

    def public_records(self):
        return self.records().published()

    def refusal(self, line):
        if not self.session.may("events.publish_event") and self.is_public(line):
            return "You have no right to change what belongs to published events."
        return super().refusal(line)

    def is_public(self, line):
        """Whether the public sees the record before or after the line."""
        resolver = self.session.resolver(Events)
        return any(
            all(
                (target := resolver.find(cells.get(owner, ""))) and target.details["published"] for owner in self.owners
            )
            for cells in (line.old, line.old | line.after)
        )
