"""Correcting: what somebody says of an entry, as rows of the entry and of what the record does not know yet."""

import re

from exchange.cells import SEPARATOR, parts_of
from exchange.parts import Part
from exchange.registry import resource_for
from exchange.suggestions import nearest
from participants.models import Agency, Country
from records.fields import text_of

from .reviewing import BESIDE_THE_ROW

PROPOSED = re.compile(r"a new agency of kind (?P<kind>\w+)(?:, (?P<country>[A-Z]{2}))?")
USUAL_KIND = "organisation"


def row_of(entry, **cells):
    """A row that changes some cells of an entry, which has its section and edition."""
    key = {"reference": entry.reference, "edition": entry.edition.reference}
    place = {"section": str(entry.section.number), "number": str(entry.number)}
    return key | place | cells


def found_cell(value):
    """What the reader found, as a cell."""
    return text_of(value) if value else ""


# --- The entry --------------------------------------------------------------------------------------------------------


def corrected(entry, form):
    """The row of an entry as its form, which is valid, corrects it."""
    before = entry.proposal
    proposal = {name: cell for name, cell in form.row.items() if cell}
    if form.says_which:
        proposal = {"reference": form.cleaned_data["activity"]} | proposal
    changed = {name for name in form.row if form.row[name] != before.get(name, "")}
    return row_of(
        entry,
        proposal=found_cell(proposal),
        fields=found_cell(fields_after(entry.fields, proposal, changed)),
        doubts=found_cell(doubts_after(entry.doubts, form, changed)),
        **{sort: found_cell(form.kept(sort)) for sort in BESIDE_THE_ROW},
    )


def fields_after(fields, proposal, changed):
    """Where columns were read, once some were changed: blank ones were read nowhere, typed ones are not inferred."""
    return {
        name: field | {"inferred": field["inferred"] and name not in changed}
        for name, field in fields.items()
        if name in proposal
    }


def doubts_after(doubts, form, changed):
    """The doubts that are left: those of columns that were changed are settled, but for names that nothing knows."""
    kept = [
        doubt
        for doubt in doubts
        if doubt not in form.settled_doubts
        and (column_of(doubt) not in changed or any(tells_of(doubt, name) for name in form.unknown))
    ]
    for name, column in form.unknown.items():
        if not any(tells_of(doubt, name) for doubt in doubts):
            proposed = " Proposed: a new series of that name." if column == "series" else ""
            kept.append(f"{column}: nothing is known as “{name}”.{proposed}")
    return kept


def column_of(doubt):
    """The column that a doubt is of."""
    return doubt.partition(":")[0]


def tells_of(doubt, name):
    """Whether a doubt is that nothing is known by a name."""
    return f"nothing is known as “{name}”" in doubt


# --- Names that nothing knows -----------------------------------------------------------------------------------------


def undecided(entry, names, known):
    """What is to be decided of names that nothing knows, as the names' forms begin; with the nearest names.

    names  an iterable of names
    known  {name: whoever it leads to}, to suggest from
    """
    for name in names:
        proposed = next((PROPOSED.search(doubt) for doubt in entry.doubts if tells_of(doubt, name)), None)
        yield {
            "text": name,
            "kind": proposed["kind"] if proposed else USUAL_KIND,
            "country": (proposed["country"] or "") if proposed else "",
            "known": next(iter(nearest(name, known)), ""),
        }


class Decisions:
    """What was decided of the names that nothing knows.

    entry  the entry, as it was saved
    names  the forms of names, valid
    """

    def __init__(self, entry, names):
        self.entry = entry
        self.agencies, self.learnt = [], {}
        for name in names:
            self.heed(name, **name.cleaned_data)

    def heed(self, form, text="", decision="", kind="", **others):
        if decision == form.NEW:
            country = form.owner.code if form.owner else ""
            self.agencies.append({"name": text, "kind": kind or USUAL_KIND, "country": country})
        elif decision == form.KNOWN:
            self.learnt.setdefault(form.owner.pk, []).append(text)

    @property
    def known(self):
        """The names that will be known by then."""
        learnt = [text for texts in self.learnt.values() for text in texts]
        return learnt + [row["name"] for row in self.agencies]

    def parts(self, acceptance=None):
        """The parts that do what was decided, and those of an acceptance of the entry; none where nothing was."""
        if acceptance:
            others = acceptance.parts(self.agencies)
        else:
            others = [Part("agencies", self.agencies)] if self.agencies else []
        doubts = no_more_doubts(self.entry, self.known) if self.known else []
        return [*learning(self.learnt), *others, *doubts]


def learning(learnt):
    """Parts that give participants further names: {primary key: names}."""
    for model in (Country, Agency):
        resource = resource_for(model)
        rows = [
            {name: row[name] for name in dict.fromkeys((*resource.key, *resource.required))}
            | {"names": SEPARATOR.join([*parts_of(row["names"]), *learnt[pk]])}
            for pk, row in resource().rows_of(learnt).items()
        ]
        if rows:
            yield Part(resource.type, rows)


def no_more_doubts(entry, names):
    """A part that takes the doubts about names from all entries of the edition that wait, as far as they have any."""
    rows = []
    for other in entry.edition.entries.waiting().select_related("section"):
        doubts = [doubt for doubt in other.doubts if not any(tells_of(doubt, name) for name in names)]
        if doubts != other.doubts:
            rows.append(row_of(other, doubts=found_cell(doubts)))
    return [Part("entries", rows)] if rows else []
