"""Versions: what a record was after each of its changes, read from the history; and what is no longer there."""

from django.db.models import Exists, OuterRef, Q

from records.models import Batch, Change

from .changes import NOT_BACK
from .dependents import columns_of_dependents, dependents_of, owner_model
from .parts import Part
from .resources import CHUNK, chunked


def changes_of(resource, key):
    """The changes of the record that has a key, or had it last, newest first: also those under its earlier keys."""
    changes = Change.objects.filter(type=resource.type).order_by("-pk")
    if resource.key_attribute():  # which never changes
        return changes.filter(key=key)
    return changes.filter(pk__in=followed(changes, latest_key(changes, key)))


def batches_of(resource, key):
    """The batches that did something to the record with a key, or to what belongs to it, newest first."""
    own = Q(pk__in=changes_of(resource, key).order_by().values("batch"))
    columns_of = columns_of_dependents(resource)
    if columns_of:
        own |= Q(pk__in=Change.objects.naming(columns_of, key).order_by().values("batch"))
    return Batch.objects.filter(own).select_related("by").order_by("-pk")


def latest_key(changes, key):
    """The key that the record has now, or had last, which once had this one."""
    while newest := changes.of_key(key).first():
        if newest.key == key:
            return key
        key = newest.key
    return key


def followed(changes, key):
    """The primary keys of a record's changes, followed back from the last of its keys through those before.

    It ends where another record gave up the key, before this one took it.
    """
    own = []
    while True:
        for pk, after, before in changes.of_key(key).values_list("pk", "key", "previous_key"):
            if after != key:
                return own
            own.append(pk)
            if before not in ("", key):
                changes, key = changes.filter(pk__lt=pk), before
                break
        else:
            return own


def current(resource, row):
    """The record that a row's key leads to, and its row as it stands; None and None where there is none."""
    bound = resource()
    record = found_by_rows(bound, [row]).get(resource.key_of(row))
    return (record, bound.rows_of([record.pk])[record.pk]) if record else (None, None)


def found_by_rows(bound, rows):
    """The records that the keys of rows lead to: {key: record}. Takes a resource's instance."""
    keys = {bound.folded_key(tuple(bound.key_row(row).values())): bound.key_of(row) for row in rows}
    found = {}
    for chunk in chunked(keys, CHUNK):
        found |= {keys[folded]: record for folded, record in bound.with_keys(set(chunk)).items()}
    return found


# --- Going back -------------------------------------------------------------------------------------------------------


def going_back(resource, now, version):
    """The parts that make a record what it was. Takes its row as it stands and that of the version.

    Either may be None: it is not there now, or was not there then.
    """
    if version is None:
        return [Part(resource.type, deleting=[now])]
    found_by = [resource.key_row(now or version)]
    return [Part(resource.type, [resource.filled(version)], found_by=found_by, exact=True)]


# --- What is no longer there ------------------------------------------------------------------------------------------


def deletions(resource):
    """The last deletion of each record of a type that is not there now, newest first."""
    changes = Change.objects.filter(type=resource.type)
    gone = changes.filter(after__isnull=True).order_by("-pk")
    gone = gone.exclude(Exists(changes.filter(key=OuterRef("key"), pk__gt=OuterRef("pk"))))
    if key := resource.key_attribute():
        there = resource.model._default_manager.filter(**{f"{key}__isnull": False})
        return gone.exclude(key__in=there.values(key))
    return gone.exclude(key__in=list(found_by_rows(resource(), gone.values_list("before", flat=True))))


def restoring(resource, change):
    """The parts that bring back what a change deleted and what went along with it, and notes on what stays away."""
    parts, notes = [Part(resource.type, [resource.filled(change.before)], exact=True)], []
    key = change.key
    restored = {resource.model._meta.concrete_model: {key}}
    for other, columns in dependents_of(resource).items():
        went = Change.objects.filter(batch=change.batch_id, after__isnull=True).naming({other.type: columns}, key)
        gone = [each for each in went if each.names(columns, key)]
        rows = [each.before for each in gone if not each.erasure_id]
        missing = missing_owners(other, rows, restored)
        back = [row for row in rows if other.key_of(row) not in missing]
        restored[other.model._meta.concrete_model] = {other.key_of(row) for row in back}
        noun = other.model._meta.verbose_name
        notes += [f"The {noun} {each.key} stays away. {NOT_BACK}" for each in gone if each.erasure_id]
        notes += [f"The {noun} {lost} stays away, for {owner} is not there." for lost, owner in missing.items()]
        if back:
            parts.append(Part(other.type, [other.filled(row) for row in back], exact=True))
    return parts, notes


def missing_owners(resource, rows, restored):
    """The owners that rows name and that are not there, but for those that are restored: {key of the row: code}.

    restored  {model: codes of its records that come back}
    """
    bound, missing = resource(), {}
    for name in resource.owners:
        resolver, back = bound.columns[name].widget.resolver(), restored.get(owner_model(resource, name), ())
        named = [row for row in rows if row.get(name) and row[name] not in back]
        resolver.prepare({row[name] for row in named})
        for row in named:
            if resolver.find(row[name]) is None:
                missing[resource.key_of(row)] = row[name]
    return missing
