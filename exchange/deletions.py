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
    collector = NestedObjects(using=router.db_for_write(type(records[0])))
    collector.collect(records)
    if collector.protected:
        raise ProtectedError(protection(collector.protected), set(collector.protected))
    add_changes(batch, [(resource, row, None) for resource, row in rows_of(collector.data)])
    collector.delete()


def rows_of(collected):
    """The rows of all that is collected: pairs of a resource and a row; what depends on another comes first."""
    keys = {}
    for model, records in collected.items():
        keys.setdefault(model._meta.concrete_model, set()).update(record.pk for record in records)
    for type in reversed(registry.types()):
        resource = registry.resource_of(type)()
        of_model = keys.get(resource.model._meta.concrete_model, ())
        for row in resource.rows_of(of_model).values() if of_model else ():
            yield resource, row


def protection(protected):
    """Why records cannot be deleted, in words."""
    names = sorted(f"{record._meta.verbose_name} “{record}”" for record in protected)
    shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
    return f"It cannot be deleted while others refer to it: {shown}."
