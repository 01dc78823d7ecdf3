"""Rows of contact points."""

from exchange.cells import YesNoCell
from exchange.columns import Column, DateColumn, ReferenceColumn
from exchange.likeness import Texts
from exchange.problems import CellError
from exchange.resources import Resource, matching
from records.folding import digest

from ..directory import Participants
from ..models import ContactPoint


class ContactPointResource(Resource):
    type = "contact_points"
    model = ContactPoint
    key = ("reference",)
    required = ("participant",)
    called = "name"
    letter = "C"
    owners = ("participant",)

    examples = (
        {
            "participant": "XA", "name": "Example Person", "position": "Director", "email": "director@example.org",
            "phone": "+00 0 0000 0000", "from": "2004", "to": "", "public": "yes",
        },
        {"participant": "Office for Examples", "position": "Desk for visas", "from": "mid-2009", "public": "no"},
    )  # fmt: skip

    reference = Column()
    participant = ReferenceColumn(Participants, by_code=True, required=True, identifies=True)
    name = Column(personal=True, identifies=True)
    position = Column(personal=True, identifies=True)
    email = Column(personal=True)
    phone = Column(personal=True)
    began = DateColumn("began", named="from", identifies=True)
    ended = DateColumn("ended", named="to")
    public = Column(cell=YesNoCell())

    def public_records(self):
        return self.records().visible()

    @classmethod
    def name_of(cls, row):
        return row.get("name") or row.get("position") or cls.key_of(row)

    def prepare(self, lines):
        super().prepare(lines)
        self.told = {}

    def identity(self, line):
        """Who it is, where and since when."""
        columns = [self.columns[name] for name in ("participant", "name", "position", "from")]
        try:
            participant, name, position, began = (column.read(line.cells[column.name])[0] for column in columns)
        except CellError:
            return None
        self.told[line.number] = participant.pk, name or position
        return digest(participant.pk, name or position, began)

    def likely(self, lines):
        """Those of the same country or agency that are called much the same, whenever they were it."""
        told = {line.number: self.told[line.number] for line in lines if line.number in self.told}
        of_participants = {participant: [] for participant, _called in told.values()}
        known = self.records().values_list("participant", "name", "position", "pk")
        for participant, name, position, pk in matching(known, "participant", of_participants):
            if pk not in self.written:
                of_participants[participant].append((name or position, pk))
        texts = {participant: Texts(pairs) for participant, pairs in of_participants.items()}
        found = {number: texts[participant].like(called) for number, (participant, called) in told.items()}
        return {number: contacts for number, contacts in found.items() if contacts}

    def refusal(self, line):
        is_public = "yes" in (line.old.get("public"), line.cell("public"))
        if is_public and not self.session.may("participants.publish_contactpoint"):
            return "You have no right to make contact points public, or to change public ones."
        return super().refusal(line)
