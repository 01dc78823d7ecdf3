"""Rows of uptakes, country by country, and of the figures that meetings reported without naming countries."""

from events.gazetteer import Events
from events.resources.link import by_reference
from exchange.cells import ChoiceCell, WholeNumberCell
from exchange.columns import Column, DateColumn, ReferenceColumn
from exchange.problems import CellError
from exchange.publishing import DependentResource
from exchange.resources import by_text, matching
from participants.directory import Countries

from ..catalogue import Instruments
from ..models import ReportedFigure, Uptake
from .rights import PUBLISHING


class UptakeResource(DependentResource):
    type = "uptakes"
    model = Uptake
    key = ("instrument", "country", "as_of")
    required = (*key, "status")
    whole = True
    identity_before_key = True
    publishing = PUBLISHING
    belongs_to = "instruments"
    owners = ("instrument", "country")
    as_public_as = ("instrument",)

    examples = (
        {"instrument": "sample-law", "country": "XA", "status": "considering", "as_of": "2004"},
        {
            "instrument": "sample-law", "country": "XA", "status": "in_use", "as_of": "March 2006",
            "source": "Letter of its ministry",
        },
        {"instrument": "sample-law", "country": "XB", "status": "already_had", "as_of": ""},
    )  # fmt: skip

    instrument = ReferenceColumn(Instruments, by_code=True, required=True)
    country = ReferenceColumn(Countries, by_code=True, required=True)
    status = Column(cell=ChoiceCell(Uptake._meta.get_field("status").choices), required=True, keeps=True)
    as_of = DateColumn()
    source = Column()

    def in_order(self, records):
        return records.order_by(by_text("instrument__slug"), by_text("country__alpha2"), by_text("as_of"))

    def with_keys(self, keys):
        records = self.records().select_related("instrument", "country")
        records = matching(records, "instrument__slug", {key[0] for key in keys})
        found = {(record.instrument.code, record.country.code, str(record.as_of)): record for record in records}
        return {key: record for key, record in found.items() if key in keys}

    def twins(self, lines):
        """The uptake of the same country and status whose date was not known. One line alone is of it: the first."""
        undated = Uptake.objects.filter(as_of="").values_list("instrument", "country", "status", "pk")
        known = {(instrument, country, status): pk for instrument, country, status, pk in undated}
        found = {}
        for line in lines:
            told = self.told(line)
            if told in known:
                found[line.number] = [known.pop(told)]
        return found

    def check(self, lines):
        """Refuse a second uptake of a country and date, which the first row gave to what had no date."""
        super().check(lines)
        first = {}
        for line in (line for line in lines if line.after):
            record = line.record
            of_date = first.setdefault((record.instrument_id, record.country_id, record.as_of), line)
            if of_date is not line:
                line.refuse("as_of", f"Row {of_date.number} is of the same country and date already.")

    def told(self, line):
        """Of which instrument and country a line tells what, or None where its cells cannot be read."""
        read = {name: self.columns[name].read for name in ("instrument", "country", "status")}
        try:
            instrument, country, status = (read[name](line.cells.get(name, ""))[0] for name in read)
        except CellError:
            return None
        return instrument.pk, country.pk, status


class FigureResource(DependentResource):
    type = "reported_figures"
    model = ReportedFigure
    key = ("instrument", "event", "status")
    required = (*key, "count")
    publishing = PUBLISHING
    belongs_to = "instruments"
    owners = ("instrument", "event")

    examples = (
        {"instrument": "sample-law", "event": "EXAMPLE-2", "status": "in_use", "count": "3"},
        {
            "instrument": "sample-law", "event": "EXAMPLE-2", "status": "considering", "count": "2",
            "remark": "Two more had asked for it.",
        },
    )  # fmt: skip

    instrument = ReferenceColumn(Instruments, by_code=True, required=True)
    event = ReferenceColumn(Events, by_code=True, required=True)
    status = Column(cell=ChoiceCell(ReportedFigure._meta.get_field("status").choices), required=True)
    count = Column(cell=WholeNumberCell(), required=True)
    remark = Column()

    def in_order(self, records):
        return records.order_by(by_text("instrument__slug"), *by_reference("event__reference"), by_text("status"))

    def with_keys(self, keys):
        records = self.records().select_related("instrument", "event")
        records = matching(records, "instrument__slug", {key[0] for key in keys})
        found = {(record.instrument.code, record.event.code, record.status): record for record in records}
        return {key: record for key, record in found.items() if key in keys}
