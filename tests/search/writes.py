"""Whatever may be done to the record, by the product's own ways, told in texts and numbers that come through a pipe.

A number says which of the records that are there: one of them, however many there are. What is refused is not done.
"""

import os
from contextlib import contextmanager, suppress
from csv import DictWriter
from tempfile import NamedTemporaryFile

from django.core.management import call_command
from django.db import transaction
from django.forms.models import model_to_dict

from events.models import Event, Involvement, Place, Theme
from exchange import registry
from exchange.decisions import NEW, REST
from exchange.parts import PlanOfParts, apply
from exchange.plans import NotApplied, plan
from exchange.recording import recording
from exchange.undoing import undo_of
from participants.models import Agency, Body, Country, Participant
from records.models import LOCK, Batch, Counter
from search.keeping import rebuild
from tests.exchange.conftest import small_record
from tests.exchange.doing import FORMS, delete, save_form
from tests.exchange.record import empty_the_record, rows_of

from .agreement import disagreements

NAMED = {"countries": Country, "agencies": Agency, "bodies": Body}


@contextmanager
def locked():
    """A block in which nobody else writes: what is looked at first holds until it is written."""
    with transaction.atomic():
        Counter.lock()
        yield


def start_anew():
    """Put a small record in the place of what is there. Its version is never set back."""
    with locked():
        version = Counter.objects.get(name=LOCK).value
        empty_the_record()
        Counter.objects.create(name=LOCK, value=version)
        rebuild()
    small_record()
    change("events", 1, {"publication": "published"})


def bring(type, *rows):
    """Bring rows in, each as a record of its own where it has no key."""
    planned = plan(type, list(rows), decisions={REST: NEW})
    if planned.is_good:
        with suppress(NotApplied):  # where another process wrote meanwhile
            planned.apply(Batch(origin=Batch.Origin.IMPORT))


def change(type, number, cells):
    """Bring the row of a record in again, with other cells."""
    if row := one_of(rows_of(type), number):
        bring(type, row | cells)


def bring_file(type, numbers, cells, new):
    """Bring a CSV file in: some rows with other cells, and new ones."""
    rows = rows_of(type)
    chosen = {number % len(rows): None for number in numbers if rows}
    with NamedTemporaryFile("w", suffix=".csv", newline="") as file, open(os.devnull, "w") as nothing:
        written = DictWriter(file, registry.resource_of(type)().columns, restval="")
        written.writeheader()
        written.writerows([*(rows[at] | cells for at in chosen), *new])
        file.flush()
        with suppress(SystemExit):
            call_command("import_records", file.name, type=type, likely="new", stdout=nothing, stderr=nothing)


def save_in_form(number, cells, part):
    """Save an activity with other fields, another theme and another part, as its form does."""
    with recording() as recorder:
        if event := one_of(Event.objects.order_by("pk"), number):
            recorder.watch([event])
            for name, value in cells.items():
                setattr(event, name, value)
            event.place = one_of(Place.objects.order_by("pk"), part)
            event.save()
            event.themes.set(list(Theme.objects.order_by("pk"))[: part % 3])
            event.involvements.all().delete()
            whose = one_of(Participant.objects.order_by("pk"), part)
            name = whose and whose.known_names.get(kind="preferred")
            if name:
                Involvement.objects.create(event=event, participant=whose, role="host", recorded_as=name)


def rename_in_form(type, number, name, further):
    """Give a country, an agency or a body another name, as its form does."""
    with locked():
        if record := one_of(NAMED[type].objects.order_by("pk"), number):
            form_class = FORMS[NAMED[type]]
            data = model_to_dict(record, form_class._meta.fields) | {"name": name, "further_names": further}
            save_form(form_class({field: value for field, value in data.items() if value is not None}, instance=record))


def take_back(number):
    """Take one of the last batches back, as far as it can be; the last one for 0."""
    with locked():
        batch = one_of(Batch.objects.order_by("-pk")[:3], number)
        parts = batch and undo_of(batch).parts
        if parts and PlanOfParts(parts).is_good:
            apply(parts, Batch(origin=Batch.Origin.UNDO, undoes=batch))


def remove(type, number):
    """Delete a record, unless others refer to it."""
    with locked():
        if record := one_of(registry.resource_of(type).model._default_manager.order_by("pk"), number):
            delete([record])


def break_off(number, cells):
    """Save an activity in a transaction that is broken off, once what it would be has been looked at."""
    with transaction.atomic():
        save_in_form(number, cells, number)
        found = disagreements()
        transaction.set_rollback(True)
    return found


def make_index_anew():
    rebuild()


def one_of(records, number):
    records = list(records)
    return records[number % len(records)] if records else None
