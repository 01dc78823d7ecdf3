"""Deleting: records with all that goes with them, each leaving its change."""

from django.contrib.admin.utils import NestedObjects
from django.db import router
from django.db.models import ProtectedError

from . import registry
from .changes import add_changes


def delete(records, batch):
    """Delete records and what cannot be without them, leaving one change of each record type's record in the batch.

    Must be called inside a transaction that holds the record's lock. Raises ProtectedError when others refer to one.
    """
    if not records:
        return
    collector = collected(records)
    protected = set(collector.protected) | listing(collector)
    if protected:
        raise ProtectedError(protection(protected), protected)
    add_changes(batch, [(resource, row, None) for resource, row in rows_of(collector.data)])
    collector.delete()


def collected(records):
    """The collector of what goes with records, a list that is not empty, and of what keeps them from going."""
    collector = NestedObjects(using=router.db_for_write(type(records[0])))
    collector.collect(records)
    return collector


def listing(collector):
    """The records that list a collected one among others, as events do their themes, and that do not go with it.

    No foreign key of theirs protects it: they would be changed behind their back.
    """
    found = set()
    for through, rows in collector.data.items():
        if not through._meta.auto_created:
            continue
        owner = through._meta.auto_created
        field = next(field for field in owner._meta.many_to_many if field.remote_field.through is through)
        going = {record.pk for record in collector.data.get(owner, ())}
        staying = {getattr(row, f"{field.m2m_field_name()}_id") for row in rows} - going
        found |= set(owner._base_manager.filter(pk__in=staying)) if staying else set()
    return found


def in_words(collector):
    """What is collected, in words, records of one type together: not the rows by which one record lists others."""
    return [
        f"{model._meta.verbose_name.capitalize()}: {record}"
        for model, records in collector.data.items()
        if not model._meta.auto_created
        for record in sorted(records, key=lambda record: record.pk)
    ]


def rows_of(collected):
    """The rows of all that is collected: pairs of a resource and a row; what depends on another comes first."""
    keys = {}
    for model, records in collected.items():
        keys.setdefault(model._meta.concrete_model, set()).update(record.pk for record in records)
    for type in reversed(registry.types()):
        resource_class = registry.resource_of(type)
        if of_model := keys.get(resource_class.model._meta.concrete_model):
            resource = resource_class()
            yield from ((resource, row) for row in resource.rows_of(of_model).values())


def protection(protected):
    """Why records cannot be deleted, in words."""
    names = sorted(f"{record._meta.verbose_name} “{record}”" for record in protected)
    shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
    return f"It cannot be deleted while others refer to it: {shown}."
