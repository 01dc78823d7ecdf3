"""Rows of events."""

from functools import cached_property

from exchange.cells import ChoiceCell, WholeNumberCell
from exchange.columns import Column, DateColumn, DerivedColumn, ReferenceColumn
from exchange.lines import Line
from exchange.lists import ListColumn, Listing
from exchange.problems import CellError
from exchange.publishing import PublishableResource
from exchange.resolvers import Target
from participants.directory import Bodies, Countries, Directory
from records.folding import digest
from records.inserting import insert

from ..gazetteer import AllSeries, Places, Themes
from ..likeness import LikelyEvents
from ..models import Event, Involvement
from .place import CityCell, CountryCell, PlaceResource
from .role import RoleColumn

Kind, Role = Event.Kind, Involvement.Role


class EventResource(Listing, PublishableResource):
    type = "events"
    model = Event
    key = ("reference",)
    required = ("title", "kind")
    called = "title"
    letter = "E"
    publishing = "events.publish_event"

    examples = (
        {
            "reference": "EXAMPLE-1", "title": "Workshop on Forms", "kind": "workshop", "when": "2004-09-06/2004-09-08",
            "venue": "Town Hall", "city": "Sampleton", "country": "XA", "bodies": "Example Group",
            "themes": "Forms; Lists", "series": "Workshops on Forms", "number_in_series": "1",
            "co_chairs": "First Land; Second Land [represented by its embassy]", "hosts": "First Land",
            "organisers": "Office for Examples", "description": "How forms are filled in.",
            "url": "https://example.org/forms", "sources": "Report of the workshop",
        },
        {
            "reference": "EXAMPLE-2", "title": "Meeting on Lists", "kind": "meeting", "when": "September 2005",
            "status": "planned", "format": "hybrid", "scope": "sub_regional", "city": "", "country": "XB",
            "hosts": "Second Land", "attendees": "First Land Police; Third Land SAR",
        },
        {
            "title": "Training in Filling In", "kind": "training", "when": "mid-2006", "format": "online",
            "scope": "national", "city": "", "country": "", "trainers": "First Land Police",
        },
    )  # fmt: skip

    reference = Column()
    title = Column(required=True, identifies=True)
    kind = Column(cell=ChoiceCell(Kind.choices), required=True, keeps=True, identifies=True)
    when = DateColumn(identifies=True)
    status = Column(cell=ChoiceCell(Event.Status.choices), keeps=True)
    format = Column(cell=ChoiceCell(Event.Format.choices), keeps=True)
    scope = Column(cell=ChoiceCell(Event.Scope.choices), keeps=True)
    venue = Column()
    city = DerivedColumn(CityCell(), "city_of", identifies=True, help="The city; blank for the country as a whole.")
    country = DerivedColumn(
        CountryCell(), "country_of", identifies=True, help="The country of the place, as its alpha-2."
    )
    alongside = Column()
    bodies = ListColumn(Bodies)
    themes = ListColumn(Themes)
    series = ReferenceColumn(AllSeries)
    number_in_series = Column(cell=WholeNumberCell())
    chairs = RoleColumn(Role.CHAIR, "Who chaired it.")
    co_chairs = RoleColumn(Role.CO_CHAIR, "Who chaired it together.")
    hosts = RoleColumn(Role.HOST, "Who was its host.")
    coordinators = RoleColumn(Role.COORDINATOR, "Who coordinated it.")
    organisers = RoleColumn(Role.ORGANISER, "Who ran it, alone or jointly.")
    partners = RoleColumn(Role.PARTNER, "With which other process or organisation it was a joint activity.")
    contributors = RoleColumn(Role.CONTRIBUTOR, "Who gave main substantive input.")
    trainers = RoleColumn(Role.TRAINER, "Who ran the training.")
    attendees = RoleColumn(Role.ATTENDEE, "Who attended.")
    observers = RoleColumn(Role.OBSERVER, "Who observed.")
    description = Column()
    url = Column()
    sources = Column()
    note = Column(private=True)
    publication = Column(cell=ChoiceCell(Event._meta.get_field("publication").choices), keeps=True, private=True)

    def __init__(self, session=None):
        super().__init__(session)
        self.roles = {column.role: name for name, column in self.columns.items() if isinstance(column, RoleColumn)}
        self.found_places, self.makers, self.told = {}, {}, {}

    @cached_property
    def places(self):
        return self.session.resolver(Places)

    @cached_property
    def countries(self):
        return self.session.resolver(Countries)

    def prepare(self, lines):
        super().prepare(lines)
        self.told = {}

    def load(self, records):
        super().load(records)
        by_pk = {record.pk: record for record in records}
        directory = self.session.resolver(Directory)
        parts = Involvement.objects.order_by("pk").filter(event__in=list(by_pk))
        for event, role, name, remark in parts.values_list("event", "role", "recorded_as", "remark"):
            column = self.roles[role]
            by_pk[event].relations.setdefault(column, []).append((directory.named(name), remark))

    # --- Places -------------------------------------------------------------------------------------------------------

    def city_of(self, event):
        return self.places.at(event.place_id).label if event.place_id else ""

    def country_of(self, event):
        if not event.place_id:
            return ""
        return self.countries.at(self.places.at(event.place_id).details["country"]).code

    def settle(self, line):
        """Make one place of city and country."""
        if not line.after.keys() & {"city", "country"}:
            return
        try:
            place = self.place(line.cell("city"), line.cell("country"))
        except CellError as error:
            line.refuse_cell("country" if line.cell("country") else "city", error)
            return
        line.set(self.columns["city"], place, place.label if place else "")
        country = self.countries.at(place.details["country"]).code if place else ""
        line.set(self.columns["country"], place, country)
        line.record.place_target = place
        if place and place.pk is None and not line.problems and self.first_maker(place, line):
            line.notes.append(f"Row {line.number} makes the place {place.label or 'as a whole'}, {country}.")

    def first_maker(self, place, line):
        """Whether a line is the first that makes a place."""
        return self.makers.setdefault(id(place), line.number) == line.number

    def place(self, city, country):
        """The target of the place that two cells name, or None for none; one that is not known yet is made."""
        if (city, country) not in self.found_places:
            self.found_places[city, country] = self.find_place(city, country)
        return self.found_places[city, country]

    def find_place(self, city, country):
        if not country:
            return self.only_place(city) if city else None
        owner = self.countries.require(country)
        place = self.places.of(city, owner.pk)
        return self.places.make(city, owner.pk) if place is None else place

    def only_place(self, city):
        known = self.places.named(city)
        if len(known) != 1:
            which = "no place is known by that name" if not known else "there are several places of that name"
            raise CellError(f"“{city}” needs its country: {which}.", city)
        return known[0]

    def side_lines(self, lines):
        """The places that these lines make."""
        resource = PlaceResource(self.session)
        made = {}
        for line in lines:
            target = getattr(line.record, "place_target", None)
            if target and target.pk is None and id(target) not in made:
                country = self.countries.at(target.details["country"])
                side = made[id(target)] = Line(line.number, {})
                side.record, side.is_new = target.record, True
                side.after = {"city": target.label, "country": country.code, "latitude": "", "longitude": ""}
                target.record.relations = {}
        if made:
            yield resource, list(made.values())

    # --- Identity and rules -------------------------------------------------------------------------------------------

    def identity(self, line):
        """The natural identity of a row, or None where its cells cannot be read.

        A place that the file makes has no key yet, and stays as it was called once it has one: later rows are the same.
        """
        read = {name: self.columns[name].read for name in ("kind", "when", "title", "city")}
        try:
            kind, when, title, city = (read[name](line.cells[name])[0] for name in read)
            place = self.place(city, line.cells["country"])
        except CellError:
            return None
        self.told[line.number] = when, place, title
        made = place is not None and place.record is not None
        return digest(kind, when, f"{place.label} {place.details['country']}" if made else place and place.pk, title)

    def likely(self, lines):
        told = {line.number: self.told[line.number] for line in lines if line.number in self.told}
        return self.session.resolver(LikelyEvents).like(told, self.written)

    def refusal(self, line):
        place = line.values.get("city") or line.values.get("country")
        if isinstance(place, Target) and place.pk is None and not self.session.may("events.add_place"):
            return "You have no right to add places, and this one is not known yet."
        return super().refusal(line)

    # --- Saving -------------------------------------------------------------------------------------------------------

    def save(self, lines):
        for line in lines:
            if line.values.keys() & {"city", "country"}:
                place = line.record.place_target
                line.record.place_id = place and place.pk
                if place:
                    self.places.keep(place)
        super().save(lines)

    def save_relations(self, lines):
        super().save_relations(lines)
        self.save_involvements(lines)

    def save_involvements(self, lines):
        involvements = []
        for role, name in self.roles.items():
            changed = [line for line in lines if name in line.values]
            known = [line.record.pk for line in changed if not line.is_new]
            if known:
                Involvement.objects.filter(event__in=known, role=role).delete()
            involvements += [
                (line.record.pk, entry.target.pk, role, entry.pk, remark)
                for line in changed
                for entry, remark in line.values[name]
            ]
        insert(Involvement, involvements)
