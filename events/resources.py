"""Rows of places, series, themes, events, their links and their outcomes."""

from django.core.exceptions import ValidationError
from django.db.models.functions import Length

from exchange.cells import Cell, ChoiceCell, DegreesCell, LowerCell, ReferencesCell, WholeNumberCell, join
from exchange.columns import Column, DateColumn, DerivedColumn, ReferenceColumn, RelationColumn
from exchange.lines import Line
from exchange.problems import CellError
from exchange.resources import Resource, by_text, free_slug, matching
from participants.directory import Bodies, Countries, Directory, Participants
from participants.models import Name
from records.folding import digest, fold

from .gazetteer import AllSeries, Events, Places, Themes
from .models import Event, EventLink, Involvement, Outcome, Place, Series, Theme
from .roles import role_parts

Kind, Role = Event.Kind, Involvement.Role


class PlaceResource(Resource):
    type = "places"
    model = Place
    key = ("city", "country")
    required = ("city", "country")
    whole = True

    city = Column(given=True)
    country = ReferenceColumn(Countries, by_code=True, required=True, given=True)
    latitude = Column(cell=DegreesCell())
    longitude = Column(cell=DegreesCell())

    def public_records(self):
        return self.records().published()

    def in_order(self, records):
        return records.order_by(by_text("city"), by_text("country__alpha2"))

    def with_keys(self, keys):
        wanted = {(fold(city), country): (city, country) for city, country in keys}
        found = {}
        for record in self.records().select_related("country"):
            key = wanted.get((record.folded_city, record.country.alpha2))
            if key:
                found[key] = record
        return found

    def check_record(self, line):
        if (line.record.latitude is None) != (line.record.longitude is None):
            line.refuse("latitude", "A place has both coordinates or none.")


class HeadingResource(Resource):
    """Rows of series and themes, which have a name of their own."""

    key = ("slug",)
    required = ("name",)
    whole = True

    slug = Column(cell=LowerCell(), given=True)
    name = Column(required=True, identifies=True)
    description = Column()

    def __init__(self, session=None):
        super().__init__(session)
        self.slugs = set()
        self.taken = None

    def public_records(self):
        return self.records().published()

    def saved(self):
        """The names and slugs that are taken: {folded name: primary key}, and the set of slugs."""
        if self.taken is None:
            rows = list(self.records().values_list("folded_name", "pk", "slug"))
            self.taken = {folded: pk for folded, pk, _slug in rows}
            self.slugs |= {slug for _folded, _pk, slug in rows}
        return self.taken

    def twins(self, lines):
        saved = self.saved()
        names = {line.number: saved.get(fold(line.cells.get("name", ""))) for line in lines}
        return {number: [pk] for number, pk in names.items() if pk}

    def introduce(self, lines):
        self.slugs |= {line.cells["slug"].lower() for line in lines if line.cells.get("slug")}

    def give_key(self, line):
        self.saved()
        slug = free_slug(line.cell("name"), self.model._meta.model_name, self.slugs.__contains__)
        self.slugs.add(slug)
        self.set_key(line, slug)

    def check(self, lines):
        """Refuse a name that another has, or had before this file."""
        saved, claimed = self.saved(), {}
        for line in (line for line in lines if "name" in line.after):
            folded = fold(line.record.name)
            owner = saved.get(folded, line.record.pk)
            first = claimed.setdefault(folded, line)
            if owner != line.record.pk or first is not line:
                line.refuse("name", f"The name “{line.record.name}” is taken.")


class SeriesResource(HeadingResource):
    type = "series"
    model = Series


class ThemeResource(HeadingResource):
    type = "themes"
    model = Theme


# --- Events -----------------------------------------------------------------------------------------------------------


class RoleCell(Cell):
    """Who had a role: names as recorded, some with a remark. The value is a tuple of (known name, remark)."""

    remark_field = Involvement._meta.get_field("remark")

    def resolver(self):
        return self.session.resolver(Participants)

    def clean(self, value, row=None, **kwargs):
        parts, errors = {}, []
        for text, remark in role_parts(value):
            try:
                entry = self.recorded(text)
                if id(entry.target) in parts:
                    raise CellError(f"“{entry.target.label}” stands twice: a participant has a role once.", text)
                parts[id(entry.target)] = entry, self.remark_field.clean(remark, None)
            except CellError as error:
                errors.append(error)
            except ValidationError as error:
                errors += [CellError(message, remark) for message in error.messages]
        if errors:
            raise CellError.joined(errors)
        return tuple(parts.values())

    def recorded(self, text):
        """The known name that a text is; for a code, the preferred name."""
        if not text:
            raise CellError("A remark in brackets stands after a name.", text)
        entry = self.resolver().require_entry(text)
        if entry.kind == Name.Kind.CODE:
            return self.session.resolver(Directory).preferred(entry.target)
        return entry

    def render(self, value, obj=None, **kwargs):
        return join(f"{entry.text} [{remark}]" if remark else entry.text for entry, remark in value or ())


class RoleColumn(RelationColumn):
    """A column of those who had one role in the event."""

    def __init__(self, role, help):
        super().__init__(None, RoleCell(), help=f"{help} Names as recorded, each with a [remark] where there is one.")
        self.role = role


class EventResource(Resource):
    type = "events"
    model = Event
    key = ("reference",)
    required = ("title", "kind")
    letter = "E"

    reference = Column(given=True)
    title = Column(required=True, identifies=True)
    kind = Column(cell=ChoiceCell(Kind.choices), required=True, keeps=True, identifies=True)
    when = DateColumn(identifies=True)
    status = Column(cell=ChoiceCell(Event.Status.choices), keeps=True)
    format = Column(cell=ChoiceCell(Event.Format.choices), keeps=True)
    scope = Column(cell=ChoiceCell(Event.Scope.choices), keeps=True)
    venue = Column()
    city = DerivedColumn(Cell(), "city_of", identifies=True, help="The city; blank for the country as a whole.")
    country = DerivedColumn(Cell(), "country_of", identifies=True, help="The country of the place, as its alpha-2.")
    alongside = Column()
    bodies = RelationColumn("bodies", ReferencesCell(Bodies))
    themes = RelationColumn("themes", ReferencesCell(Themes))
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

    city_field = Place._meta.get_field("city")

    def __init__(self, session=None):
        super().__init__(session)
        self.roles = {column.role: name for name, column in self.columns.items() if isinstance(column, RoleColumn)}
        self.places = self.session.resolver(Places)
        self.countries = self.session.resolver(Countries)
        self.found_places = {}

    def public_records(self):
        return self.records().published()

    def load(self, records):
        super().load(records)
        by_pk = {record.pk: record for record in records}
        directory = self.session.resolver(Directory)
        parts = Involvement.objects.order_by("pk").filter(event__in=list(by_pk))
        for event, role, name, remark in parts.values_list("event", "role", "recorded_as", "remark"):
            column = self.roles[role]
            by_pk[event].relations.setdefault(column, []).append((directory.by_pk[name], remark))
        for name in ("bodies", "themes"):
            resolver = self.columns[name].widget.resolver()
            rows, heading = self.through(name)
            for event, other in rows.objects.filter(event__in=list(by_pk)).values_list("event", heading):
                by_pk[event].relations.setdefault(name, []).append(resolver.at(other))

    def through(self, name):
        """The table between events and bodies or themes, and its field that leads to them."""
        field = Event._meta.get_field(name)
        return field.remote_field.through, field.m2m_reverse_field_name()

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
        if place and place.pk is None:
            line.notes.append(f"Row {line.number} makes the place {place.label or 'as a whole'}, {country}.")

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
        if place is None:
            try:
                city = self.city_field.clean(city, None)
            except ValidationError as error:
                raise CellError.joined([CellError(message, city) for message in error.messages]) from None
            place = self.places.make(city, owner.pk)
        return place

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
        """The natural identity of a row, or None where its cells cannot be read or its place is new."""
        try:
            kind, when, title = (self.columns[name].read(line.cells[name])[0] for name in ("kind", "when", "title"))
            place = self.place(line.cells["city"], line.cells["country"])
        except CellError:
            return None
        if place and place.pk is None:
            return None
        return digest(kind, when, place and place.pk, title)

    def refusal(self, line):
        touches_published = "published" in (line.old.get("publication"), line.after.get("publication"))
        if touches_published and not self.session.may("events.publish_event"):
            return "You have no right to publish events or to change published ones."
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
        for name in ("bodies", "themes"):
            self.save_many(name, [line for line in lines if name in line.values])
        self.save_involvements(lines)

    def save_many(self, name, lines):
        through, heading = self.through(name)
        known = [line.record.pk for line in lines if not line.is_new]
        if known:
            through.objects.filter(event__in=known).delete()
        through.objects.bulk_create(
            [
                through(event_id=line.record.pk, **{f"{heading}_id": target.pk})
                for line in lines
                for target in line.values[name]
            ],
            batch_size=500,
        )

    def save_involvements(self, lines):
        involvements = []
        for role, name in self.roles.items():
            changed = [line for line in lines if name in line.values]
            known = [line.record.pk for line in changed if not line.is_new]
            if known:
                Involvement.objects.filter(event__in=known, role=role).delete()
            involvements += [
                Involvement(
                    event_id=line.record.pk,
                    participant_id=entry.target.pk,
                    role=role,
                    recorded_as_id=entry.pk,
                    remark=remark,
                )
                for line in changed
                for entry, remark in line.values[name]
            ]
        Involvement.objects.bulk_create(involvements, batch_size=500)


class DependentResource(Resource):
    """Rows of what is as public as the events that it belongs to.

    owners  the columns of those events
    """

    owners = ()

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


class EventLinkResource(DependentResource):
    type = "event_links"
    model = EventLink
    key = ("from", "to", "kind")
    required = key
    whole = True
    owners = ("from", "to")

    kind = Column(cell=ChoiceCell(EventLink.Kind.choices), required=True, given=True)

    def in_order(self, records):
        return records.order_by(
            *(order for name in ("from_event", "to_event") for order in by_reference(f"{name}__reference")),
            by_text("kind"),
        )

    def with_keys(self, keys):
        sources = {key[0] for key in keys}
        records = self.records().select_related("from_event", "to_event")
        records = matching(records, "from_event__reference", sources)
        found = {(record.from_event.code, record.to_event.code, record.kind): record for record in records}
        return {key: record for key, record in found.items() if key in keys}

    def check(self, lines):
        """Refuse links of an event to itself, and those that close a circle."""
        new = [line for line in lines if line.is_new]
        following = {}
        for source, target in EventLink.objects.following():
            following.setdefault(source, []).append(target)
        for line in new:
            if line.record.kind == EventLink.Kind.FOLLOWS:
                following.setdefault(line.record.from_event_id, []).append(line.record.to_event_id)
        for line in new:
            try:
                line.record.check_alone()
                line.record.check_among(following)
            except ValidationError as error:
                self.refuse(line, error)


# `from` is no name that a class body takes: the columns of the two ends are set here, in the order of the file.
EventLinkResource.fields = {
    "from": ReferenceColumn(Events, "from_event", by_code=True, required=True, given=True),
    "to": ReferenceColumn(Events, "to_event", by_code=True, required=True, given=True),
    **EventLinkResource.fields,
}
for column_name, column in EventLinkResource.fields.items():
    column.column_name = column_name


class OutcomeResource(DependentResource):
    type = "outcomes"
    model = Outcome
    key = ("reference",)
    required = ("event", "kind", "text")
    letter = "O"
    owners = ("event",)

    reference = Column(given=True)
    event = ReferenceColumn(Events, by_code=True, required=True, identifies=True)
    kind = Column(cell=ChoiceCell(Outcome.Kind.choices), required=True, keeps=True, identifies=True)
    text = Column(required=True, identifies=True)
    addressed_to = ReferenceColumn(Bodies)
    status = Column(cell=ChoiceCell(Outcome.Status.choices), keeps=True)
    taken_up_at = ReferenceColumn(Events, by_code=True)

    def identity(self, line):
        try:
            event, kind, text = (self.columns[name].read(line.cells[name])[0] for name in ("event", "kind", "text"))
        except CellError:
            return None
        return digest(event.pk, kind, text)


def by_reference(field):
    """The ordering of a column of references: shorter ones first, so that E2 stands before E10."""
    return Length(field), by_text(field)
