"""Opened forms: what a form of the admin held when it was opened, and what became of its record since.

A form carries, in one hidden field, the last change of the record and all its values at that time. When it is sent and
the record has changed meanwhile, three states meet: as opened, as it stands, as typed. Whatever one of the two savers
left alone takes the other's value; what both changed keeps what was typed, and the other's is shown beside it.
"""

import json

from django.db.models import Max
from django.http import QueryDict

from records.models import Change

FIELD = "opened"
TOTAL, INITIAL = "-TOTAL_FORMS", "-INITIAL_FORMS"
ROW_KEY = "id"
DELETE = "DELETE"


def last_change():
    """The number of the last change of the whole record. Changes are numbered in the order in which they commit."""
    return Change.objects.aggregate(last=Max("pk"))["last"] or 0


class Opened:
    """What a form held when it was opened.

    at      the number of the last change of the record by then
    key     the key of the form's record
    values  {name of the field as it is sent: list of texts}
    """

    def __init__(self, at, key, values):
        self.at = at
        self.key = key
        self.values = values

    @classmethod
    def read(cls, text):
        """What a form carried; None where it carried nothing that can be read."""
        try:
            kept = json.loads(text)
            values = {name: [str(each) for each in texts] for name, texts in kept["values"].items()}
            return cls(int(kept["at"]), str(kept["key"]), values)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
            return None

    def __str__(self):
        return json.dumps({"at": self.at, "key": self.key, "values": self.values}, ensure_ascii=False)


def values_of(forms):
    """What a browser would send of unbound forms, were nothing changed: {name: list of texts}."""
    values = {}
    for bound in (bound for form in forms for bound in form):
        sent = texts(bound)
        if sent:
            values[bound.html_name] = sent
    return values


def texts(bound):
    """The texts that a browser sends of a field as it is shown."""
    value = bound.value()
    if isinstance(value, bool) or value is None:
        return ["on"] if value else []
    widget = getattr(bound.field.widget, "widget", bound.field.widget)
    shown = widget.format_value(value)
    return [str(each) for each in shown] if isinstance(shown, list | tuple) else ["" if shown is None else str(shown)]


# --- Three states made one --------------------------------------------------------------------------------------------


class Merged:
    """What to show of three states of a form: as it was opened, as it stands, and as it was typed.

    values  {name: list of texts}, to be shown as if they were sent
    both    {name: texts as they stand} of the fields that both changed, by their names in `values`
    """

    def __init__(self, opened, current, typed):
        self.values, self.both = {}, {}
        prefixes = [name.removesuffix(TOTAL) for name in typed if name.endswith(TOTAL)]
        states = [Split(state, prefixes) for state in (opened, current, typed)]
        self.merge("", *(state.own for state in states))
        for prefix in prefixes:
            self.merge_rows(prefix, *(state.rows[prefix] for state in states))

    def merge(self, prefix, opened, current, typed):
        """Merge the fields of one form, or of one row of an inline."""
        for name in typed.keys() | current.keys():
            before, now, sent = (plain(state.get(name)) for state in (opened, current, typed))
            theirs = sent == before
            chosen = current.get(name) if theirs else typed.get(name)
            if chosen:
                self.values[prefix + name] = chosen
            if not theirs and now not in (before, sent):
                self.both[prefix + name] = current.get(name) or []

    def merge_rows(self, prefix, opened, current, typed):
        """Merge the rows of an inline: those that stand by now come first, then those that would be new."""
        known, added = [], []
        for key, row in current.saved.items():
            known.append((opened.saved.get(key, row), row, typed.saved.get(key, row)))
        for key, row in typed.saved.items():
            if key not in current.saved and DELETE not in row and filled(row) != filled(opened.saved.get(key, row)):
                added.append({name: texts for name, texts in row.items() if name != ROW_KEY})
        there = [filled(row) for row in current.saved.values()]
        added += [row for row in typed.new if filled(row) not in there]
        for number, states in enumerate(known):
            self.merge(f"{prefix}-{number}-", *states)
        for number, row in enumerate(added, start=len(known)):
            self.values |= {f"{prefix}-{number}-{name}": texts for name, texts in row.items()}
        self.values |= {
            prefix + TOTAL: [str(len(known) + len(added))],
            prefix + INITIAL: [str(len(known))],
        }


class Split:
    """The values of a form, apart from those of its inlines: `own`, and the `rows` of each inline by its prefix."""

    def __init__(self, values, prefixes):
        self.rows = {prefix: Rows(values, prefix) for prefix in prefixes}
        inline = tuple(f"{prefix}-" for prefix in prefixes)
        self.own = {name: texts for name, texts in values.items() if not name.startswith(inline or "\0")}


class Rows:
    """The rows of an inline: those `saved` by their keys, and the `new` ones, each {field: list of texts}."""

    def __init__(self, values, prefix):
        rows = {}
        for name, texts in values.items():
            number, _, field = name.removeprefix(f"{prefix}-").partition("-")
            if name.startswith(f"{prefix}-") and number.isdecimal() and field:
                rows.setdefault(int(number), {})[field] = texts
        rows = [rows[number] for number in sorted(rows)]
        self.saved = {row[ROW_KEY][0]: row for row in rows if any(row.get(ROW_KEY, ()))}
        self.new = [row for row in rows if not any(row.get(ROW_KEY, ())) and filled(row)]


def filled(row):
    """What a row of an inline says, without its key."""
    return {name: plain(texts) for name, texts in row.items() if name != ROW_KEY and any(texts)}


def as_query(values):
    """Values as a request holds what was sent."""
    query = QueryDict(mutable=True)
    for name, texts in values.items():
        query.setlist(name, texts)
    return query


def plain(texts):
    """The texts of a field in the form in which they are compared: browsers send line breaks as CRLF."""
    return sorted(text.replace("\r\n", "\n") for text in texts or () if text)


def typed_over(opened, typed):
    """What was typed that a form did not hold when it was opened: {name of the field, as it is sent: text}."""
    prefixes = tuple(name.removesuffix(TOTAL) + "-" for name in typed if name.endswith(TOTAL))
    fields = [name for name in typed if name in opened or name.startswith(prefixes or "\0")]
    return {
        name: "; ".join(typed[name])
        for name in fields
        if plain(typed[name]) != plain(opened.get(name)) and not name.endswith(TOTAL) and "__prefix__" not in name
    }


def made_new(values, owners):
    """The values of a form as one for a new record sends them: rows of inlines are new, and know no owner yet.

    owners  {prefix of the inline: the field that leads to the owner}
    """
    split = Split(values, list(owners))
    fresh = dict(split.own)
    for prefix, rows in split.rows.items():
        kept = [row for row in [*rows.saved.values(), *rows.new] if DELETE not in row]
        known = (ROW_KEY, owners[prefix])
        for number, row in enumerate(kept):
            fresh |= {f"{prefix}-{number}-{name}": texts for name, texts in row.items() if name not in known}
        fresh |= {prefix + TOTAL: [str(len(kept))], prefix + INITIAL: ["0"]}
    return fresh
