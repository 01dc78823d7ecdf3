"""Dependents: the records of other types that belong to a record, as outcomes and links do to an event."""

from . import registry


def dependents_of(resource):
    """The types whose records belong to those of a resource: {resource: columns that hold the owner's code}."""
    model = resource.model._meta.concrete_model
    found = {}
    for other in map(registry.resource_of, registry.types()):
        columns = [name for name in other.owners if owner_model(other, name) is model]
        if columns:
            found[other] = columns
    return found


def owner_model(resource, column):
    attribute = resource.declared[column].attribute or column
    return resource.model_field(attribute).related_model._meta.concrete_model


def columns_of_dependents(resource):
    """The same by types: {type: columns}."""
    return {other.type: columns for other, columns in dependents_of(resource).items()}


def changes_of_dependents(resource, key, changes):
    """Those among changes, a query set, that are of what belongs, or belonged, to the record with a key. One query."""
    columns_of = columns_of_dependents(resource)
    if not columns_of:
        return []
    return [change for change in changes.naming(columns_of, key) if change.names(columns_of[change.type], key)]
