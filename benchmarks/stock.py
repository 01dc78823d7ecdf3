"""The same rows brought in by django-import-export alone, as its documentation says, to be compared with.

Resources for the rows that `importing.rows` makes, which save the same events, involvements, bodies and themes. None of
them keeps changes, checks rules, or knows names by their other forms.
"""

from functools import cached_property

import tablib
from import_export import fields, resources, widgets

from events.models import Event, Involvement, Place, Theme
from participants.models import Body, Name

ROLES = {
    "chairs": "chair",
    "hosts": "host",
    "organisers": "organiser",
    "contributors": "contributor",
    "attendees": "attendee",
}
COLUMNS = ("title", "kind", "when", "description", "sources", "publication")


def import_file(resource_class, path):
    """Bring a CSV file in with one of these resources. Raises whatever is wrong with it."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = tablib.Dataset().load(file, format="csv")
    resource_class().import_data(rows, raise_errors=True, use_transactions=True)


def reference(row_number):
    return f"E{1_000_000 + row_number}"


class AtItsDefaults(resources.ModelResource):
    """What one writes first: widgets that find related records, and involvements saved with each event."""

    bodies = fields.Field("bodies", "bodies", widgets.ManyToManyWidget(Body, separator="; ", field="name"))
    themes = fields.Field("themes", "themes", widgets.ManyToManyWidget(Theme, separator="; ", field="name"))

    class Meta:
        model = Event
        fields = (*COLUMNS, "bodies", "themes")
        import_id_fields = ()
        force_init_instance = True

    def before_save_instance(self, instance, row, **kwargs):
        instance.place = Place.objects.get(city=row["city"], country__alpha2=row["country"])
        instance.reference = reference(kwargs["row_number"])

    def after_save_instance(self, instance, row, **kwargs):
        for column, role in ROLES.items():
            name = Name.objects.get(text=row[column], participant__isnull=False)
            Involvement.objects.create(event=instance, participant=name.participant, role=role, recorded_as=name)


class Cached(widgets.ManyToManyWidget):
    """Finds records by their names in memory."""

    @cached_property
    def found(self):
        return {record.name: record for record in self.model.objects.all()}

    def clean(self, value, row=None, **kwargs):
        return [self.found[name] for name in value.split(self.separator)]


class WithNamesCached(resources.ModelResource):
    """Names are looked up in memory, and the involvements of each event are saved in bulk with it."""

    bodies = fields.Field("bodies", "bodies", Cached(Body, separator="; ", field="name"))
    themes = fields.Field("themes", "themes", Cached(Theme, separator="; ", field="name"))

    class Meta(AtItsDefaults.Meta):
        pass

    def before_save_instance(self, instance, row, **kwargs):
        instance.place_id = self.places[row["city"], row["country"]]
        instance.reference = reference(kwargs["row_number"])

    def after_save_instance(self, instance, row, **kwargs):
        Involvement.objects.bulk_create(self.involvements(instance, row))

    def involvements(self, event, row):
        named = {role: self.names[row[column]] for column, role in ROLES.items()}
        return [
            Involvement(event=event, participant_id=name.participant_id, role=role, recorded_as=name)
            for role, name in named.items()
        ]

    @cached_property
    def places(self):
        return {(city, country): pk for pk, city, country in Place.objects.values_list("pk", "city", "country__alpha2")}

    @cached_property
    def names(self):
        return {name.text: name for name in Name.objects.filter(participant__isnull=False)}


class RelationsAtTheEnd(WithNamesCached):
    """Likewise, but the relations of all events are kept until the end of the file, and saved together."""

    bodies = themes = None

    class Meta(AtItsDefaults.Meta):
        fields = COLUMNS

    def before_import(self, dataset, **kwargs):
        self.pairs = []

    def after_save_instance(self, instance, row, **kwargs):
        self.pairs.append((instance, row))

    def after_import(self, dataset, result, **kwargs):
        of_bodies = dict(Body.objects.values_list("name", "pk"))
        of_themes = dict(Theme.objects.values_list("name", "pk"))
        bodies, themes, involvements = [], [], []
        for event, row in self.pairs:
            bodies.append(Event.bodies.through(event=event, body_id=of_bodies[row["bodies"]]))
            themes += [
                Event.themes.through(event=event, theme_id=of_themes[theme]) for theme in row["themes"].split("; ")
            ]
            involvements += self.involvements(event, row)
        for objects in (bodies, themes, involvements):
            type(objects[0]).objects.bulk_create(objects, batch_size=500)


class InBulkMode(RelationsAtTheEnd):
    """Likewise, and the events themselves are saved in bulk; no differences are told."""

    class Meta(RelationsAtTheEnd.Meta):
        use_bulk = True
        batch_size = 500
        skip_diff = True
