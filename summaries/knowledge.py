"""What the record knows that helps to read a summary: names, places, series and events, taken from it once."""

import re
from copy import copy
from functools import cached_property
from typing import NamedTuple

from records.dates import PartialDate
from records.folding import fold

from . import phrases

TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+")
CODE_IN_PROSE = re.compile(r"[A-Z]{3}")
PARTICIPANT, BODY = "participant", "body"


class Known(NamedTuple):
    """A known name: its text, whose it is (the preferred name and the code), and of which sort that one is."""

    text: str
    label: str
    code: str
    sort: str
    is_code: bool = False


class KnownPlace(NamedTuple):
    city: str
    country: str


class KnownEvent(NamedTuple):
    reference: str
    title: str
    kind: str
    when: str
    city: str
    country: str


def known_events(events):
    """The known events of a query set, in the order in which they were recorded. One query."""
    fields = ("reference", "title", "kind", "when", "place__city", "place__country__alpha2")
    rows = events.order_by("pk").values_list(*fields)
    return [KnownEvent(*(str(part or "") for part in row)) for row in rows]


class Spotted(NamedTuple):
    """A known name where it stands in a text."""

    start: int
    end: int
    known: Known


class Knowledge:
    """Names, places, series and events that the record knows.

    names    iterable of Known: all names of participants and bodies
    printed  what was printed of events before: pairs of a text and an event's reference
    root     code of the body that is the process itself, whose name says nothing in its own summary
    """

    def __init__(self, names=(), places=(), series=(), events=(), root="", printed=()):
        self.root = root
        self.names, self.countries, self.first_words = {}, {}, {}
        for known in names:
            self.learn(known)
        for text, whole in phrases.OTHER_NAMES.items():
            if meant := self.names.get(fold(whole)):
                self.names.setdefault(fold(text), meant._replace(text=meant.label, is_code=False))
        self.places = {}
        for place in places:
            if place.city:
                self.places.setdefault(fold(place.city), []).append(place)
        self.series = {fold(name): name for name in series}
        self.events = list(events)
        self.printed = list(printed)

    def learn(self, known):
        folded = fold(known.text)
        self.names[folded] = known
        if known.sort == PARTICIPANT and len(known.code) == 2:
            self.countries[folded] = known
        words = TOKEN.findall(known.text)
        if len(words) > 1:
            first = fold(words[0])
            self.first_words[first] = max(self.first_words.get(first, 0), len(words))

    @classmethod
    def from_record(cls):
        """What the record knows now, in a fixed number of queries."""
        from events.gazetteer import AllSeries
        from events.models import Event, Place
        from exchange.sessions import Session
        from participants.directory import Directory
        from participants.models import Name

        from .models import Entry

        session = Session()
        directory = session.resolver(Directory)
        names = [
            Known(
                entry.text,
                entry.target.label,
                entry.target.code,
                BODY if entry.target.details["kind"] == "body" else PARTICIPANT,
                entry.kind == Name.Kind.CODE,
            )
            for entry in directory.entries.values()
        ]
        parents = {body.details["parent"] for body in directory.bodies.values()}
        roots = [body.code for pk, body in directory.bodies.items() if pk in parents and not body.details["parent"]]
        places = Place.objects.order_by("pk").values_list("city", "country__alpha2")
        series = [target.label for target in session.resolver(AllSeries).by_pk.values()]
        return cls(
            names,
            [KnownPlace(*place) for place in places],
            series,
            known_events(Event.objects.all()),
            roots[0] if len(roots) == 1 else "",
            Entry.objects.printed(),
        )

    def without_history(self):
        """The same without events and series: what there is before anything was read."""
        bare = copy(self)
        bare.events, bare.series, bare.printed = [], {}, []
        bare.__dict__.pop("periods", None)
        return bare

    # --- Names --------------------------------------------------------------------------------------------------------

    def name(self, text):
        """The known name that a text is, as prose may mean it, or None: codes of two letters are words there."""
        known = self.names.get(fold(text))
        if known is None or (known.is_code and not CODE_IN_PROSE.fullmatch(text)):
            return None
        if text.isalpha() and len(text) == 2 and not text.isupper():
            return None
        return known

    def name_at(self, words, tokens, index):
        """The longest known name that begins with a token: (index of the token after it, Known), or None."""
        start, end = tokens[index]
        if words[start].islower():
            return None
        longest = self.first_words.get(fold(words[start:end]), 1)
        for count in range(min(longest, len(tokens) - index), 0, -1):
            stop = tokens[index + count - 1][1]
            if stop - start < 200 and (known := self.name(words[start:stop])):
                return index + count, known
        return None

    def spot(self, words, tokens):
        """All known names in a text, from left to right, the longest at each place. `tokens` are spans of words."""
        spotted, index = [], 0
        while index < len(tokens):
            if found := self.name_at(words, tokens, index):
                last, known = found
                spotted.append(Spotted(tokens[index][0], tokens[last - 1][1], known))
                index = last
            else:
                index += 1
        return spotted

    def country(self, text):
        """The alpha-2 of the country that a text names, or an empty string."""
        known = self.name(text)
        return known.code if known and fold(known.text) in self.countries else ""

    def body(self, text):
        """The known body that a text names, or None."""
        known = self.names.get(fold(text))
        return known if known and known.sort == BODY else None

    # --- Places -------------------------------------------------------------------------------------------------------

    def cities(self, text):
        """The known places whose city has this name."""
        return self.places.get(fold(text), [])

    def city_of_country(self, alpha2):
        """The city of a country that is one city, or an empty string."""
        return phrases.CITIES_OF_COUNTRIES.get(alpha2, "")

    # --- Words of the process itself ----------------------------------------------------------------------------------

    @cached_property
    def subjects(self):
        """What the process is on, by its long names: “on People Smuggling …”."""
        return [text[text.index(" on ") :] for text in self.names_of_root if " on " in text]

    @cached_property
    def names_of_root(self):
        """The names of the process itself, the longest first."""
        names = [known.text for known in self.names.values() if known.code == self.root and not known.is_code]
        return sorted(names, key=len, reverse=True)

    @cached_property
    def periods(self):
        """The events with their dates, for telling which comes before which."""
        return [(event, PartialDate.parse(event.when)) for event in self.events]
