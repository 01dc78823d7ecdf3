"""Rows of documents."""

from collections import defaultdict
from functools import cached_property

from events.gazetteer import Events
from exchange.cells import ChoiceCell
from exchange.columns import Column, DateColumn, ReferenceColumn
from exchange.likeness import Texts
from exchange.lists import ListColumn, Listing
from exchange.problems import CellError
from exchange.publishing import PublishableResource
from participants.directory import Countries, Participants
from records.folding import digest

from ..catalogue import Collections
from ..models import Document
from .rights import PUBLISHING


class DocumentResource(Listing, PublishableResource):
    type = "documents"
    model = Document
    key = ("reference",)
    required = ("title", "kind")
    called = "title"
    letter = "D"
    publishing = PUBLISHING
    IDENTIFYING = ("title", "kind", "issued", "event", "collection", "country")

    examples = (
        {
            "reference": "PAPER-1", "title": "How to fill in forms", "kind": "guideline", "language": "en",
            "issued": "September 2004", "event": "EXAMPLE-1", "discussed_at": "EXAMPLE-2",
            "authors": "First Land Police; Office for Examples", "country": "XA", "collection": "Sample papers",
            "description": "What to write where.", "text": "Write your name first.", "url": "https://example.org/form",
            "access": "members", "sources": "Report of the workshop",
        },
        {"title": "List of lists", "kind": "paper", "issued": "2005", "event": "EXAMPLE-2", "access": "public"},
    )  # fmt: skip

    reference = Column()
    title = Column(required=True, identifies=True)
    kind = Column(cell=ChoiceCell(Document.Kind.choices), required=True, keeps=True, identifies=True)
    language = Column()
    issued = DateColumn(identifies=True)
    event = ReferenceColumn(Events, by_code=True, identifies=True)
    discussed_at = ListColumn(Events)
    authors = ListColumn(Participants)
    country = ReferenceColumn(Countries, by_code=True, identifies=True)
    collection = ReferenceColumn(Collections, identifies=True)
    description = Column()
    text = Column()
    url = Column()
    access = Column(cell=ChoiceCell(Document.Access.choices), keeps=True, private=True)
    sources = Column()
    note = Column(private=True)
    publication = Column(cell=ChoiceCell(Document._meta.get_field("publication").choices), keeps=True, private=True)

    def __init__(self, session=None):
        super().__init__(session)
        self.told = {}

    def prepare(self, lines):
        super().prepare(lines)
        self.told = {}

    # --- Which record -------------------------------------------------------------------------------------------------

    def identity(self, line):
        try:
            title, kind, issued, *belonging = (
                self.columns[name].read(line.cells[name])[0] for name in self.IDENTIFYING
            )
        except CellError:
            return None
        keys = tuple(target and target.pk for target in belonging)
        self.told[line.number] = title, issued, keys
        return digest(title, kind, issued, *keys)

    def likely(self, lines):
        """Those of the same event, collection and country that have much the same title, and no other date."""
        found = {}
        for line in (line for line in lines if line.number in self.told):
            title, issued, keys = self.told[line.number]
            near = Texts(
                (other, pk)
                for other, date, pk in self.titles[keys]
                if pk not in self.written and not (date and issued and str(date) != str(issued))
            ).like(title)
            if near:
                found[line.number] = near
        return found

    @cached_property
    def titles(self):
        """Titles and dates by event, collection and country: {keys: [(title, date, primary key)]}. Read once."""
        found = defaultdict(list)
        rows = self.records().values_list("title", "issued", "pk", "event", "collection", "country")
        for title, issued, pk, *keys in rows:
            found[tuple(keys)].append((title, issued, pk))
        return found
