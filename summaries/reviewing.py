"""Reviewing: an edition that was read, shown beside what it would do to the record, for somebody to decide on."""

from functools import cached_property

from django.core.paginator import Paginator
from django.urls import reverse

from events.resources import EventResource
from records.dates import InvalidDate, PartialDate

from .accepting import Acceptance
from .marking import pieces, quoted
from .models import Entry
from .prospects import prospects
from .reading import left_out

PAGE = 20
OPEN, ACCEPTED, LEFT = Entry.State.OPEN, Entry.State.ACCEPTED, Entry.State.LEFT

# What a review can show: its parameter, what it is called, and which entries belong to it.
SHOWN = {
    "waiting": ("To decide", lambda brief: brief.state == OPEN),
    "doubts": ("With doubts", lambda brief: brief.state == OPEN and brief.is_doubtful),
    "new": ("New to the record", lambda brief: brief.state == OPEN and not brief.is_known),
    "known": ("In the record already", lambda brief: brief.state == OPEN and brief.is_known),
    "accepted": ("Accepted", lambda brief: brief.state == ACCEPTED),
    "left": ("Left out", lambda brief: brief.state == LEFT),
    "all": ("The whole document", lambda brief: True),
}

# What an entry would do, or has done: in a word, and in words that the activity follows.
VERBS = {
    "new": "new",
    "changed": "adds to",
    "same": "in the record",
    "error": "not yet",
    "open": "open",
    "accepted": "accepted",
    "left": "left out",
}
DOES = {
    "new": "It would make a new draft.",
    "changed": "It would add to",
    "same": "It changes nothing of",
    "error": "It cannot be accepted as it stands: correct it first.",
    "open": "",
    "accepted": "It is in the record as",
    "left": "It was left out of the record.",
}

# What is read beside the columns of the row: what people call it, and what was read.
BESIDE_THE_ROW = {
    "outcomes": lambda outcome: (outcome["kind"].replace("_", " "), outcome["text"]),
    "links": lambda link: ("link", f"{link['kind'].replace('_', ' ')} {link['to']}"),
    "figures": lambda figure: ("figure", f"{figure['count']} {figure['status'].replace('_', ' ')}"),
    "documents": lambda paper: ("document", f"{paper['title']} ({paper['kind'].replace('_', ' ')})"),
}
# What to do about a doubt, by words in it; the first that fit.
ADVICE = {
    "Proposed: a new agency": "Correct it: say who that is, or make it an agency.",
    "Proposed: a new series": "Correct it: make the series, or name another.",
    "nothing is known as": "Correct it: say who that is, or make it an agency.",
    "is a body, not": "Correct it: put it among the bodies, or take it out.",
    "is not known yet; it would be added": "Accept it if the city is written as it should be, and correct it if not.",
    "no place of that name is known": "Correct it: say the country.",
    "": "Accept it if it is right, and correct it if not.",
}


class Brief:
    """What tells of an entry where it belongs, without reading all of it."""

    def __init__(self, pk, span, state, doubts, is_known):
        self.pk = pk
        self.span = span
        self.state = state
        self.is_doubtful = bool(doubts)
        self.is_known = is_known


class Review:
    """The entries of an edition, counted, and a page of those that are asked for. As many queries for many as for few.

    shown  a key of SHOWN; anything else is what waits
    """

    def __init__(self, edition, shown="", number=1):
        self.edition = edition
        self.shown = shown if shown in SHOWN else "waiting"
        self.acceptance = Acceptance(edition.entries.waiting())
        targets = self.acceptance.targets
        entries = edition.entries.in_order().values_list("pk", "span", "state", "doubts")
        self.briefs = [Brief(pk, *values, is_known=bool(targets.get(pk))) for pk, *values in entries]
        chosen = [brief for brief in self.briefs if SHOWN[self.shown][1](brief)]
        if self.shown != "all":
            chosen.sort(key=lambda brief: not brief.is_doubtful)
        self.page = Paginator(chosen, PAGE).get_page(number)

    @property
    def counts(self):
        """Of each that can be shown: its parameter, what it is called, and how many entries it has."""
        return [(key, words, sum(map(belongs, self.briefs))) for key, (words, belongs) in SHOWN.items()]

    @property
    def waiting(self):
        """How many wait."""
        return sum(brief.state == OPEN for brief in self.briefs)

    @property
    def sound(self):
        """The keys of the entries that wait and have no doubt."""
        return [brief.pk for brief in self.briefs if brief.state == OPEN and not brief.is_doubtful]

    @cached_property
    def entries(self):
        """The entries of the page, in its order, each with its section."""
        keys = [brief.pk for brief in self.page]
        found = self.edition.entries.select_related("section", "event").in_bulk(keys)
        return [found[key] for key in keys]

    def prospects(self, by):
        """What accepting each entry of the page would do: {primary key: line of a plan}."""
        return prospects(self.acceptance, self.entries, by)

    @cached_property
    def sections(self):
        return list(self.edition.sections.all())

    @cached_property
    def understood(self):
        """The spans of all that was understood of the text, with what each is; in order."""
        spans = [("title", span) for span in self.edition.title_spans]
        for section in self.sections:
            spans += [("heading", section.heading_span)] if section.heading_span else []
            spans += [("note", span) for span in section.note_spans]
        spans += [("entry", brief.span) for brief in self.briefs if brief.span]
        return sorted(spans, key=lambda each: each[1][0])

    @cached_property
    def unread(self):
        """What of the text could not be understood: pairs of a span and its words."""
        text = self.edition.text
        return [(span, quoted(text, span)) for span in left_out(text, [span for _sort, span in self.understood])]

    @cached_property
    def besides(self):
        """All of the text that is no entry: triples of what it is, its span and its words; in order."""
        text = self.edition.text
        found = [(sort, span, text[slice(*span)]) for sort, span in self.understood if sort != "entry"]
        found += [("unread", span, words) for span, words in self.unread]
        return sorted(found, key=lambda each: each[1][0])

    @property
    def blocks(self):
        """What the page shows, in order: pairs of what it is and an entry, or the words of what is none.

        The whole document has all that stands between its entries; elsewhere an entry tells its section.
        """
        if self.shown != "all":
            return [("entry", entry) for entry in self.entries]
        blocks = [("entry", entry.span, entry) for entry in self.entries]
        starts = [entry.span[0] for entry in self.entries if entry.span]
        first = starts[0] if starts and self.page.has_previous() else 0
        end = self.following() if self.page.has_next() else len(self.edition.text) + 1
        blocks += [each for each in self.besides if first <= each[1][0] < end]
        return [(sort, each) for sort, _span, each in sorted(blocks, key=lambda block: block[1][0] if block[1] else 0)]

    def following(self):
        """Where the next page begins in the text."""
        span = self.page.paginator.page(self.page.next_page_number())[0].span
        return span[0] if span else 0


class Read:
    """One entry as the review shows it: its words with what was read from them, and what that would do.

    line  the line of a plan that would accept it, where there is one
    """

    def __init__(self, entry, text, line=None):
        self.entry = entry
        self.text = text if entry.span else entry.text
        self.span = entry.span or [0, len(entry.text)]
        self.line = line
        self.anchor = entry.reference

    @property
    def marks(self):
        """Pairs of what was read and the span that it was read from."""
        marks = [(name, field["span"]) for name, field in self.entry.fields.items()]
        for sort in BESIDE_THE_ROW:
            marks += [(f"{sort}-{number}", each["span"]) for number, each in enumerate(getattr(self.entry, sort))]
        return marks

    @property
    def pieces(self):
        return pieces(self.text, self.span, self.marks)

    @property
    def columns(self):
        """What was read, column by column, in the order of files; then outcomes, links, figures and documents."""
        for name in EventResource.declared:
            if name != "reference" and (self.entry.proposal.get(name) or name in self.differing):
                yield self.column(name)
        for sort, said in BESIDE_THE_ROW.items():
            for number, found in enumerate(getattr(self.entry, sort)):
                yield Column(f"{sort}-{number}", *said(found), quoted(self.text, found["span"]))

    def column(self, name):
        field = self.entry.fields.get(name)
        return Column(
            name,
            name.replace("_", " "),
            as_people_read(name, self.entry.proposal.get(name, "")),
            quoted(self.text, field["span"]) if field else "",
            bool(field and field["inferred"]),
            self.differing.get(name),
        )

    @property
    def doubts(self):
        """What is in doubt: triples of a column, if of one, what is doubtful about it, and what to do."""
        for doubt in self.entry.doubts:
            column, _, words = doubt.partition(": ")
            of_column = column in EventResource.declared
            advice = next(advice for known, advice in ADVICE.items() if known in doubt)
            yield (column if of_column else ""), (words if of_column else doubt), advice

    # --- What accepting it would do -----------------------------------------------------------------------------------

    @property
    def verb(self):
        """What accepting it would do, or what was done: `new`, `changed`, `same`, `error`; `accepted`, `left`."""
        return self.entry.state if self.line is None else self.line.status

    @property
    def verb_in_words(self):
        return VERBS[self.verb]

    @property
    def event(self):
        """The activity that it is, as far as that is known."""
        if self.entry.event:
            return self.entry.event
        return self.line.record if self.line and self.line.record and not self.line.is_new else None

    @property
    def does(self):
        return DOES[self.verb]

    @property
    def problems(self):
        """What stands in the way of accepting it and no doubt says already: pairs of a column and words."""
        problems = self.line.problems if self.line else []
        said = " ".join(self.entry.doubts)
        return [
            (problem.column, problem.message)
            for problem in problems
            if not (problem.value and f"“{problem.value}”" in said)
        ]

    @property
    def differing(self):
        """The columns that accepting it would change: {column: (cell before, cell after)}."""
        return self.line.fields if self.line and not self.line.is_new and not self.line.problems else {}


def as_people_read(name, cell):
    """A cell as people read it: a date in words."""
    try:
        return PartialDate.parse(cell).display() if name == "when" else cell
    except InvalidDate:
        return cell


class Column:
    """One thing that was read: its name, what people call it, what was read, from which words, and what it changes."""

    def __init__(self, name, title, cell, quote, inferred=False, difference=None):
        self.name = name
        self.title = title
        self.cell = cell
        self.quote = quote
        self.inferred = inferred
        self.difference = difference


def address_of(edition, entry=None):
    """The address of an edition's review in the admin, or of one entry in it."""
    if entry:
        return reverse("admin:summaries_edition_correct", args=[edition.pk, entry.pk])
    return reverse("admin:summaries_edition_review", args=[edition.pk])
