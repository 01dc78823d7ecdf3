"""What rows of sections and entries have in common: they are as public as their edition, and printed with it."""

from django.core.exceptions import ValidationError

from exchange.resources import Resource

from ..models import Edition
from ..models.printed import ISSUED
from .resolvers import Editions


def may_not_change(resource, line, issued):
    """Whether a line would change what is printed of an edition, issued as said.

    What comes in with an edition, or is brought back, was printed then. That it was issued is not taken back.
    """
    session = resource.session
    if line.is_new and (session.exact or session.by is None):
        return False
    attributes = resource.model.PRINTED if line.is_whole else {resource.columns[name].attribute for name in line.after}
    try:
        resource.model.check_issued(issued, attributes)
    except ValidationError:
        return True
    return False


class PrintedResource(Resource):
    """Rows of what is printed in an edition, which the column `edition` names.

    spans  the columns that say where in the edition's text something stands, or what stands there
    """

    owners = ("edition",)
    spans = frozenset()

    def public_records(self):
        return self.records().published()

    def refusal(self, line):
        editions = list(filter(None, map(self.edition_of, (line.old, line.old | line.after))))
        if any(may_not_change(self, line, edition.details["issued"]) for edition in editions):
            return ISSUED
        published = any(edition.details["published"] for edition in editions)
        if published and not self.session.may("summaries.publish_edition"):
            return "You have no right to change what belongs to published editions."
        return super().refusal(line)

    def edition_of(self, cells):
        """The target of the edition that cells name, or None."""
        return self.session.resolver(Editions).find(cells.get("edition", ""))

    def check(self, lines):
        super().check(lines)
        standing = [line for line in lines if line.after.keys() & self.spans]
        editions = {line.record.edition_id for line in standing}
        texts = dict(Edition.objects.order_by().filter(pk__in=editions).values_list("pk", "text")) if editions else {}
        for line in standing:
            self.check_spans(line, texts[line.record.edition_id])

    def check_record(self, line):
        """Nothing: what breaks a rule does it together with its edition."""

    def check_spans(self, line, source):
        """Refuse a line whose spans reach beyond its edition's text, which is given."""
        for name in self.spans & line.after.keys():
            value = getattr(line.record, self.columns[name].attribute)
            if isinstance(value, list) and farthest(value) > len(source):
                line.refuse(name, f"The edition’s text ends at {len(source):,}.")


def farthest(spans):
    """Where the last of spans ends; takes one span or a list of them."""
    return max((farthest(each) if isinstance(each, list) else each for each in spans), default=0)
