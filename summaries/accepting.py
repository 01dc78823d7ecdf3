"""Accepting: entries of an edition become events, or add what they know to those that the record has.

All goes through plan and apply, in one batch, with the rights of whoever accepts; new events are drafts. What the
record says already stays: an entry fills what is blank, makes a date or a place more exact, adds who took part.
"""

from functools import cached_property

from django.db import transaction

from events.gazetteer import AllSeries
from events.models import Event, EventLink, Outcome
from events.resources import EventResource
from exchange.decisions import NEW, REST
from exchange.parts import Part, PlanOfParts, apply
from exchange.plans import NotApplied
from exchange.resources import matching
from exchange.sessions import Session
from exchange.tables import HEADING_ROW
from participants.directory import Directory
from records.chains import goes_round
from records.folding import fold
from records.models import Batch, Counter

from .additions import added
from .knowledge import known_events
from .matching import Matcher
from .models import Entry
from .shelving import Shelves

LETTER = EventResource.letter
# A document of a kind that its event has none of is a new one, whatever else it is like.
DECISIONS = {"documents": {REST: NEW}}


class Acceptance:
    """What accepting entries would do. Those that are accepted already are left out.

    entries  of any editions, as a list or a query set
    as_new   the primary keys of entries that are none of the known events, however like one they are; likewise those
             whose proposals have a blank reference

    `targets` is {primary key of an entry: reference of the event that it is found to be, blank for a new one};
    `changes` is {reference: {column: cell}}, what known events would have that they lack.
    """

    def __init__(self, entries, *, as_new=()):
        records = Entry.objects.select_related("edition", "section").defer("edition__text").order_by()
        found = matching(records.exclude(state=Entry.State.ACCEPTED), "pk", [entry.pk for entry in entries])
        self.entries = sorted(found, key=lambda entry: (entry.edition_id, entry.section.number, entry.number, entry.pk))
        self.as_new = {*as_new, *(entry.pk for entry in self.entries if entry.proposal.get("reference") == "")}
        self.events = known_events(Event.objects.all())
        self.references = {event.reference for event in self.events}
        self.told = list(
            Entry.objects.filter(edition__in={entry.edition_id for entry in self.entries}, event__isnull=False)
            .order_by("pk")
            .values_list("pk", "edition", "span", "event__reference", "links")
        )
        self.targets = {}
        for edition in dict.fromkeys(entry.edition_id for entry in self.entries):
            self.find_targets([entry for entry in self.entries if entry.edition_id == edition], edition)

    # --- Which events they are ----------------------------------------------------------------------------------------

    def find_targets(self, entries, edition):
        """Find the events that entries of an edition tell of: those that the proposals name, and those that match."""
        taken = {reference for _pk, of_edition, _span, reference, _links in self.told if of_edition == edition}
        open_ones = []
        for entry in entries:
            named = entry.proposal.get("reference", "")
            is_new = entry.pk in self.as_new
            self.targets[entry.pk] = named if named in self.references and not is_new else ""
            if not (self.targets[entry.pk] or is_new):
                open_ones.append(entry)
        taken |= {self.targets[entry.pk] for entry in entries}
        matcher = Matcher(self.events, Entry.objects.printed(), taken)
        found = matcher.match([(entry.proposal, entry.text) for entry in open_ones])
        self.targets |= {entry.pk: reference for entry, reference in zip(open_ones, found, strict=True)}

    @cached_property
    def rows(self):
        """The rows of the known events that entries were found to be: {reference: row}."""
        wanted = self.references & set(self.targets.values())
        keys = [event.pk for event in matching(Event.objects.order_by().only("pk"), "reference", wanted)]
        return {row["reference"]: row for row in EventResource(self.session).rows_of(keys).values()}

    @cached_property
    def session(self):
        return Session()

    @cached_property
    def changes(self):
        directory = self.session.resolver(Directory)
        changes = {}
        for entry in self.entries:
            if (reference := self.targets[entry.pk]) in self.references:
                change = changes.setdefault(reference, {})
                change |= added(self.rows[reference] | change, entry.proposal, directory)
        return changes

    # --- What is written ----------------------------------------------------------------------------------------------

    def parts(self, agencies=()):
        """The parts that accept the entries, with rows of new agencies that they need. Series that are new are made.

        New events get references that are given to nobody else, whether the parts are applied or not.
        """
        self.give_references()
        events = [*self.new_events(), *self.changed_events()]
        rows = {
            "agencies": list(agencies),
            "series": self.new_series(events),
            "events": events,
            "outcomes": self.outcomes(),
            "event_links": self.links(),
            "documents": self.documents(),
            "reported_figures": self.figures(),
            "entries": [self.entry_row(entry) for entry in self.entries],
        }
        return [Part(type, table, decisions=DECISIONS.get(type)) for type, table in rows.items() if table]

    def give_references(self):
        new = [pk for pk, reference in self.targets.items() if not reference]
        if not new:
            return
        with transaction.atomic():
            Counter.lock()
            last = Counter.last(LETTER)
            Counter.raise_to(LETTER, last + len(new))
        self.targets |= {pk: f"{LETTER}{last + number}" for number, pk in enumerate(new, 1)}

    def is_new(self, entry):
        return self.targets[entry.pk] not in self.references

    def new_events(self):
        for entry in filter(self.is_new, self.entries):
            yield new_row(entry) | {"reference": self.targets[entry.pk]}

    def changed_events(self):
        for reference, change in self.changes.items():
            if change:
                yield {name: self.rows[reference][name] for name in ("reference", "title", "kind")} | change

    def new_series(self, events):
        """Rows of the series that rows of events name and nothing knows."""
        known = self.session.resolver(AllSeries)
        names = (row.get("series", "") for row in events)
        return [{"name": name} for name in dict.fromkeys(names) if name and known.find(name) is None]

    def outcomes(self):
        """The outcomes of new events, and those of a sort that a known event has none of."""
        known = self.references & set(self.targets.values())
        outcomes = Outcome.objects.order_by().select_related("event").only("kind", "event__reference")
        there = {(each.event.reference, each.kind) for each in matching(outcomes, "event__reference", known)}
        rows = {}
        for entry in self.entries:
            for each in entry.outcomes:
                event = self.targets[entry.pk]
                if (event, each["kind"]) not in there:
                    row = {"reference": "", "event": event, "kind": each["kind"], "text": each["text"]}
                    rows.setdefault((event, each["kind"], fold(each["text"])), row)
        return list(rows.values())

    @cached_property
    def shelves(self):
        return Shelves(self.references & set(self.targets.values()))

    def documents(self):
        """The documents that entries tell of, one of a kind for each event, drafts for the secretariat."""
        rows = {}
        for entry in self.entries:
            for row in self.shelves.new_documents(entry, self.targets[entry.pk], source_of(entry.edition)):
                rows.setdefault((row["event"], row["kind"]), row)
        return list(rows.values())

    def figures(self):
        """The figures of entries that mean one instrument of the record."""
        rows = {}
        for entry in self.entries:
            for row in self.shelves.new_figures(entry, self.targets[entry.pk]):
                rows.setdefault((row["instrument"], row["event"], row["status"]), row)
        return list(rows.values())

    def links(self):
        """The links between events that the record does not link yet, but for those that would close a circle."""
        pairs = EventLink.objects.order_by().values_list("from_event__reference", "to_event__reference", "kind")
        linked, following = set(), {}
        for source, target, kind in pairs:
            linked.add((source, target))
            if kind == EventLink.Kind.FOLLOWS:
                following.setdefault(source, []).append(target)
        rows = []
        for source, target, kind in self.read_links():
            if source == target or (source, target) in linked:
                continue
            if kind == EventLink.Kind.FOLLOWS:
                following.setdefault(source, []).append(target)
                if goes_round(source, lambda event: following.get(event, ())):
                    following[source].remove(target)
                    continue
            linked.add((source, target))
            rows.append({"from": source, "to": target, "kind": kind})
        return rows

    def read_links(self):
        """What entries, accepted before or now, say of events that are in the record then: (from, to, kind)."""
        told = [(entry.pk, entry.edition_id, entry.span, self.targets[entry.pk], entry.links) for entry in self.entries]
        told = [*(each for each in self.told if each[0] not in self.targets), *told]
        meant = {(edition, *span): reference for _pk, edition, span, reference, _links in told if span}
        for _pk, edition, _span, source, links in told:
            for link in links:
                target = meant.get((edition, *link.get("entry", ())))
                if target or link["to"] in self.references:
                    yield source, target or link["to"], link["kind"]

    def entry_row(self, entry):
        return {
            "reference": entry.reference,
            "edition": entry.edition.reference,
            "section": str(entry.section.number),
            "number": str(entry.number),
            "event": self.targets[entry.pk],
            "state": Entry.State.ACCEPTED.value,
        }


def new_row(entry):
    """The row of the new event that an entry makes, which says where it is known from, but for its reference."""
    return {"title": "", "kind": "", "sources": source_of(entry.edition)} | entry.proposal


def source_of(edition):
    """What records that entries of an edition make say of where they are known from."""
    return f"{edition.title}, up to {edition.date.display()}" if edition.date else edition.title


def accept(entries, *, by=None, reason="", agencies=(), as_new=()):
    """Accept entries; return how many rows did what, in words. Raises NotApplied, and then nothing was written.

    by         whose rights the rows obey; None is an administrator
    agencies   rows of new agencies that the entries need
    as_new     the primary keys of entries that are none of the known events
    """
    with transaction.atomic():
        Counter.lock()
        parts = Acceptance(entries, as_new=as_new).parts(agencies)
        return apply(parts, Batch(by=by, origin=Batch.Origin.SUMMARY, reason=reason))


def accept_sound(entries, *, by=None, reason=""):
    """Accept those among entries whose rows are good.

    Returns how many rows did what, in words, and what is wrong with the others: {primary key of an entry: problems}.
    """
    try:
        return accept(entries, by=by, reason=reason), {}
    except NotApplied:
        refused = refusals(entries, by)
        if not refused:
            raise
    return accept([entry for entry in entries if entry.pk not in refused], by=by, reason=reason), refused


def refusals(entries, by):
    """What is wrong with the rows of events that entries would make or change: {primary key of an entry: problems}."""
    with transaction.atomic():
        acceptance = Acceptance(entries)
        parts = [part for part in acceptance.parts() if part.type in ("series", "events")]
        planned = PlanOfParts(parts, by).plans[-1] if parts else None
        transaction.set_rollback(True)
    refused = {}
    for problem in planned.errors if planned and planned.type == "events" else ():
        reference = parts[-1].table[problem.row - HEADING_ROW - 1]["reference"]
        for pk, target in acceptance.targets.items():
            if target == reference:
                refused.setdefault(pk, []).append(problem)
    return refused
