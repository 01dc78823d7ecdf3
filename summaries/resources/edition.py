"""Rows of editions."""

from django.core.exceptions import ValidationError

from exchange.cells import ChoiceCell
from exchange.columns import Column, DateColumn
from exchange.problems import CellError
from exchange.resources import Resource
from records.folding import digest

from ..models import Edition
from ..models.printed import ISSUED
from .cell import FoundColumn
from .printed import farthest, may_not_change


class EditionResource(Resource):
    type = "editions"
    model = Edition
    key = ("reference",)
    required = ("title",)
    called = "title"
    letter = Edition.LETTER

    examples = ({"reference": "SUMMARY-1", "title": "Summary of Examples", "date": "October 2009"},)

    reference = Column()
    title = Column(required=True, identifies=True)
    date = DateColumn(identifies=True)
    origin = Column(cell=ChoiceCell(Edition.Origin.choices), keeps=True)
    issued = DateColumn()
    text = Column(private=True)
    title_spans = FoundColumn()
    file = Column(private=True)
    sha256 = Column(private=True, identifies=True)
    note = Column(private=True)
    publication = Column(cell=ChoiceCell(Edition._meta.get_field("publication").choices), keeps=True, private=True)

    def public_records(self):
        return self.records().published()

    def identity(self, line):
        try:
            title, date, sha256 = (self.columns[name].read(line.cells[name])[0] for name in ("title", "date", "sha256"))
        except CellError:
            return None
        return digest(title, date, sha256)

    def check_record(self, line):
        try:
            line.record.check_alone()
        except ValidationError as error:
            self.refuse(line, error)
        if farthest(line.record.title_spans) > len(line.record.text):
            line.refuse("title_spans", f"The text ends at {len(line.record.text):,}.")
        if "text" in line.after and not line.is_new and not self.session.exact:
            line.refuse("text", "The text of an edition is what was read, and does not change: read the document anew.")

    def refusal(self, line):
        if may_not_change(self, line, line.old.get("issued")):
            return ISSUED
        published = "published" in (line.old.get("publication"), line.after.get("publication"))
        issuing = bool(line.after.get("issued"))
        if (published or issuing) and not self.session.may("summaries.publish_edition"):
            return "You have no right to issue or publish editions, or to change published ones."
        return super().refusal(line)
