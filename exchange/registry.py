"""The record types, and whom names lead to: each package registers its resources and resolvers when it starts."""

_resources = {}
_learners = {}
_stores = []


def register(resource):
    """Make a resource's type known. Types stand in the order of their registration, which is that of loading."""
    _resources[resource.type] = resource


def types():
    """The names of all record types, in the order in which they are loaded."""
    return list(_resources)


def resource_of(type):
    """The resource class of a type's name. Raises LookupError for a name that is no type."""
    try:
        return _resources[type]
    except KeyError:
        raise LookupError(f"“{type}” is no record type. There are: {', '.join(_resources)}.") from None


def resource_for(model):
    """The resource class whose records are of this model, or None for a model that is no record type."""
    return next((resource for resource in _resources.values() if resource.model is model), None)


def register_learner(resolver):
    """Make known a resolver's class that can be taught names which it does not know, by what it looks for."""
    _learners[resolver.noun] = resolver


def learner_of(noun):
    """The class of the resolver that can be taught names of what a noun says. Raises LookupError where none can."""
    return _learners[noun]


def register_store(store):
    """Make known where files are kept that records cannot be without, each under its sum; packages carry them.

    It has `needed(with_changes)`, the sums of those that records name, and those of the past where it is asked for;
    `opened(sum)`; `keep(file)`, which returns its sum and whether it is new; and `drop(sum)`.
    """
    _stores.append(store)


def stores():
    """All places where files of records are kept."""
    return list(_stores)
