"""Deleting: records with all that goes with them, each leaving its change."""

from django.contrib.admin.utils import NestedObjects
from django.db import router
from django.db.models import CASCADE, ProtectedError, RestrictedError, TextField
from django.db.models.deletion import Collector

from . import registry
from .changes import Difference, add_changes


class Going(Collector):
    """Collects what goes with records, and in `protected` what keeps them from going.

    What is no record of its own, such as the involvements of an event, is not read.
    """

    def __init__(self, using):
        super().__init__(using)
        self.protected = set()

    def collect(self, objs, *args, **kwargs):
        try:
            super().collect(objs, *args, **kwargs)
        except ProtectedError as error:
            self.protected.update(error.protected_objects)
        except RestrictedError as error:
            self.protected.update(error.restricted_objects)

    def can_fast_delete(self, objs, from_field=None):
        """Whether those of a model, which refer by a field to what goes, may go unread."""
        if from_field is None or not super().can_fast_delete(objs, from_field):
            return False
        owner = from_field.model._meta.auto_created
        return from_field.model not in models_of_records() and (
            not owner or issubclass(from_field.related_model, owner)
        )


class GoingByName(NestedObjects):
    """Collects all that goes with records, each read with what it points to: many are named with no more queries.

    Of what they point to, long texts are left out: thousands of entries would each come with the text of their edition.
    """

    def related_objects(self, related_model, related_fields, objs):
        long_texts = [
            f"{field.name}__{other.name}"
            for field in pointing(related_model)
            for other in field.related_model._meta.concrete_fields
            if isinstance(other, TextField)
        ]
        found = super().related_objects(related_model, related_fields, objs)
        return found.select_related(*(field.name for field in pointing(related_model))).defer(*long_texts)


def pointing(model):
    """The fields of a model that point to other records."""
    return [field for field in model._meta.fields if field.many_to_one]


def models_of_records():
    """The models of the record types."""
    return {registry.resource_of(type).model._meta.concrete_model for type in registry.types()}


def delete(records, batch):
    """Delete records and what cannot be without them, leaving one change of each record type's record in the batch.

    Must be called inside a transaction that holds the record's lock. Raises ProtectedError when others refer to one.
    """
    if not records:
        return
    collector = collected(records)
    if keeping := kept_by(collector):
        keeping = read_whole(keeping)
        raise ProtectedError(protection(keeping), set(keeping))
    gone = list(rows_of(collector.data))
    collector.delete()
    add_changes(batch, gone)


def collected(records, collector_class=Going):
    """The collector of what goes with records, a list that is not empty, and of what keeps them from going."""
    collector = collector_class(using=router.db_for_write(type(records[0])))
    collector.collect(records)
    return collector


def kept_by(collector):
    """The records that keep the collected ones from going: they refer to one, and do not go themselves."""
    going = set().union(*collector.data.values())
    return (set(collector.protected) - going) | {owner for owners in listing(collector).values() for owner in owners}


def listing(collector):
    """The records that list a collected one among others, as events do their themes, and that do not go with it.

    No foreign key of theirs protects it: they would be changed behind their back. {(model, primary key) of the listed
    one: [record that lists it]}.
    """
    found = {}
    for through, rows in collector.data.items():
        if not through._meta.auto_created:
            continue
        owner = through._meta.auto_created
        field = next(field for field in owner._meta.many_to_many if field.remote_field.through is through)
        going = {record.pk for record in collector.data.get(owner, ())}
        own, listed = (f"{name()}_id" for name in (field.m2m_field_name, field.m2m_reverse_field_name))
        pairs = {(getattr(row, own), getattr(row, listed)) for row in rows}
        staying = {pair for pair in pairs if pair[0] not in going}
        owners = owner._base_manager.in_bulk({pair[0] for pair in staying}) if staying else {}
        for pk, key in sorted(staying):
            found.setdefault((field.related_model, key), []).append(owners[pk])
    return found


def referring(collector, records):
    """The records that keep each of some collected ones from going, or would go along: {primary key: [other record]}.

    What belongs to a record without being one, such as the involvements of an event, stands for its owner.
    """
    keys = {(record._meta.concrete_model, record.pk) for record in records}
    types = models_of_records()
    along = (other for model, others in collector.data.items() if model in types for other in others)
    found = {}
    for (model, pk), owners in listing(collector).items():
        if (model, pk) in keys:
            found.setdefault(pk, []).extend(owners)
    for other in read_whole({*collector.protected, *along} - set(records)):
        for field in other._meta.concrete_fields:
            key = field.related_model and (field.related_model._meta.concrete_model, getattr(other, field.attname))
            if key in keys:
                found.setdefault(key[1], []).append(owner_of(other, types))
    return found


def read_whole(records):
    """Records of any models, each read again with all of its own and what it points to: one query for each model."""
    keys = {}
    for record in records:
        keys.setdefault(record._meta.concrete_model, set()).add(record.pk)
    found = []
    for model, of_model in keys.items():
        whole = model._base_manager.select_related(*(field.name for field in pointing(model)))
        found += whole.in_bulk(of_model).values()
    return found


def owner_of(record, types):
    """The record of one of the types that another belongs to, and cannot be without; itself, where it is of them."""
    if record._meta.concrete_model in types:
        return record
    owning = (field for field in record._meta.concrete_fields if field.many_to_one)
    return next((getattr(record, field.name) for field in owning if field.remote_field.on_delete is CASCADE), record)


def going(collector):
    """The records that are collected, those of one type together: not the rows by which one record lists others."""
    for model, records in collector.data.items():
        if not model._meta.auto_created:
            yield from sorted(records, key=lambda record: record.pk)


def rows_of(collected):
    """What goes when all that is collected is deleted, as differences; dependent ones first, the oldest first."""
    keys = {}
    for model, records in collected.items():
        keys.setdefault(model._meta.concrete_model, set()).update(record.pk for record in records)
    for type in reversed(registry.types()):
        resource_class = registry.resource_of(type)
        if of_model := keys.get(resource_class.model._meta.concrete_model):
            resource = resource_class()
            rows = resource.rows_of(of_model)
            yield from (Difference(resource, pk, rows[pk], None) for pk in sorted(rows))


def protection(protected):
    """Why records cannot be deleted, in words."""
    names = sorted(f"{record._meta.verbose_name} “{record}”" for record in protected)
    shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
    return f"It cannot be deleted while others refer to it: {shown}."
