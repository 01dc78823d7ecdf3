"""How pages of the admin show changes: who made them, where from, what differs."""

import json

from django import template
from django.urls import reverse
from django.utils.http import urlencode

from exchange import decisions, registry
from exchange.differences import difference as difference_of
from records.models import Batch

register = template.Library()

ORIGINS = {
    Batch.Origin.ADMIN: "entered by hand",
    Batch.Origin.IMPORT: "from a file",
    Batch.Origin.STARTING_RECORD: "with the starting record",
    Batch.Origin.UNDO: "taking something back",
    Batch.Origin.RESTORE: "brought back from the history",
    Batch.Origin.SUMMARY: "from a Summary of Activities",
    Batch.Origin.ERASURE: "erasing what was said of a person",
}


@register.filter
def difference(before, after):
    """What became of a cell, with what was taken out and what was put in."""
    return difference_of(readable(before or ""), readable(after or ""))


@register.filter
def readable(cell):
    """A cell as people read it: of a list of texts in JSON, its texts."""
    if not cell.startswith('["'):
        return cell
    try:
        found = json.loads(cell)
    except ValueError:
        return cell
    return "; ".join(found) if all(isinstance(each, str) for each in found) else cell


@register.filter
def who(batch):
    """Who made a batch, by name where we know it."""
    return batch.by.get_full_name() or batch.by.get_username() if batch.by else "A command"


@register.filter
def origin(batch):
    """Where a batch came from, in words."""
    return ORIGINS[batch.origin]


@register.filter
def column_title(name):
    """A column as people read it: `number in series`."""
    return name.replace("_", " ")


@register.filter
def noun(type, number=1):
    """What people call one record of a type, or several: `outcome`, `outcomes`."""
    opts = registry.resource_of(type).model._meta
    return opts.verbose_name if number == 1 else opts.verbose_name_plural


@register.filter
def record(change):
    """What people call the record of a change: `event E17 Workshop on passports`."""
    return f"{noun(change.type)} {change.key} {called(change)}".strip()


@register.filter
def called(change):
    """What the record of a change is called; nothing where that is its key."""
    name = registry.resource_of(change.type).name_of(change.after or change.before or {})
    return "" if name == change.key else name


@register.filter
def history_address(change):
    """The address of the history of a change's record."""
    opts = registry.resource_of(change.type).model._meta
    past = reverse(f"admin:{opts.app_label}_{opts.model_name}_past")
    return f"{past}?{urlencode({'key': change.key})}"


@register.filter
def beside(line):
    """A row beside the records that it is probably of: for each column its cell, theirs, and whether any differ."""
    columns = dict.fromkeys(name for each in line["likely"] for name in each["cells"])
    for name in columns:
        pairs = [each["cells"].get(name, ("", "")) for each in line["likely"]]
        cell = next((own for _other, own in pairs if own), "")
        others = [other for other, _own in pairs]
        yield name, cell, others, any(other != cell for other in others)


@register.filter
def answers(line):
    """What can be decided of a row: the answer, in words, and whether it is given."""
    likely = [(each["key"], f"the same as {each['key']}") for each in line["likely"]]
    if line["duplicate_of"]:
        likely = [(decisions.SAME, f"leave it out, as row {line['duplicate_of']} is of the same")]
    given = line["decision"]
    if given == decisions.SAME and line["likely"]:
        given = likely[0][0]
    open = [] if line["repeats"] else [("", "leave it open")]
    offered = [*likely, (decisions.NEW, "a new one"), *open]
    if not given and line["repeats"]:
        given = decisions.SAME
    return [(answer, words, answer == given) for answer, words in offered]
