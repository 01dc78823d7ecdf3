"""The same rows brought in by django-import-export alone, as its documentation says, to be compared with.

Resources for the rows that `importing.rows` makes, which save the same events, involvements, bodies and themes.
Neither keeps changes, checks rules, or knows names by their other forms.
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


def dataset(path):
    """The rows of a CSV file, as django-import-export takes them."""
    with path.open(encoding="utf-8", newline="") as file:
        return tablib.Dataset().load(file, format="csv")


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
        instance.reference = f"E{1_000_000 + kwargs['row_number']}"

    def after_save_instance(self, instance, row, **kwargs):
        for column, role in ROLES.items():
            name = Name.objects.get(text=row[column], participant__isnull=False)
            Involvement.objects.create(event=instance, participant=name.participant, role=role, recorded_as=name)


class WithNamesCached(resources.ModelResource):
    """Names are looked up in memory, and relations created together at the end."""

    class Meta:
        model = Event
        fields = COLUMNS
        import_id_fields = ()
        force_init_instance = True

    def before_import(self, dataset, **kwargs):
        self.rows = []

    def before_save_instance(self, instance, row, **kwargs):
        instance.place_id = self.places[row["city"], row["country"]]
        instance.reference = f"E{1_000_000 + kwargs['row_number']}"
        self.rows.append((instance, row))

    def after_import(self, dataset, result, **kwargs):
        involvements, bodies, themes = [], [], []
        for event, row in self.rows:
            for column, role in ROLES.items():
                name = self.names[row[column]]
                involvements.append(
                    Involvement(event=event, participant_id=name.participant_id, role=role, recorded_as=name)
                )
            bodies.append(Event.bodies.through(event=event, body_id=self.bodies_by_name[row["bodies"]]))
            themes += [
                Event.themes.through(event=event, theme_id=self.themes_by_name[theme])
                for theme in row["themes"].split("; ")
            ]
        for model, objects in (
            (Involvement, involvements),
            (Event.bodies.through, bodies),
            (Event.themes.through, themes),
        ):
            model.objects.bulk_create(objects, batch_size=500)

    @cached_property
    def places(self):
        return {(city, country): pk for pk, city, country in Place.objects.values_list("pk", "city", "country__alpha2")}

    @cached_property
    def names(self):
        return {name.text: name for name in Name.objects.filter(participant__isnull=False)}

    @cached_property
    def bodies_by_name(self):
        return dict(Body.objects.values_list("name", "pk"))

    @cached_property
    def themes_by_name(self):
        return dict(Theme.objects.values_list("name", "pk"))


class InBulkMode(WithNamesCached):
    """The same in its bulk mode, which saves no relations, so ours are created as before; no differences are told."""

    class Meta(WithNamesCached.Meta):
        use_bulk = True
        batch_size = 500
        skip_diff = True


def import_file(resource_class, path):
    """Bring a file in with one of these resources. Raises whatever is wrong with it."""
    resource_class().import_data(dataset(path), raise_errors=True, use_transactions=True)
