"""The house form: an activity's row as the text of its entry, in phrases that the reader reads back into the same row.

“September 2003: AHEG I trafficking and public awareness workshop, Seoul. Run jointly by … and …. …”

No phrase says themes, sources, notes and publication; whom an outcome is addressed to and what
became of it; nor that an activity is of the process itself, or was in the whole of a country that is one city.
"""

import re
from functools import cached_property
from itertools import groupby

from events.resources.role import role_parts
from records.dates import PartialDate
from records.folding import fold
from records.numbers import enumerated, ordinal

from . import phrases
from .dates import dates_in
from .heads import ALONGSIDE, ARTICLE, CLAUSE, COORDINATOR, HAPPENED, SIDE_EVENT
from .kinds import FORMAT, KIND, SCOPE, SCOPE_OF_PROSE, STATUS, kind_in_title
from .names import OFFICE
from .passages import sentences
from .places import VENUE, city_shaped
from .roles import AFTER, BY, REPRESENTED

# What no phrase says: themes have none, the others are not printed.
UNSAID = frozenset({"reference", "themes", "sources", "note", "publication"})
# What is so wherever a text does not say otherwise.
USUAL = {"scope": "regional", "format": "in_person", "status": "held"}
# The words that an aside says a kind, scope, format or status with; the reader knows them, and others.
KINDS = {
    "ministerial": "ministerial conference",
    "senior_officials": "senior officials’ meeting",
    "side_event": "side event",
    "other": "other activity",
}
SCOPES = {"sub_regional": "sub-regional"}
FORMATS = {"in_person": "in person"}
ROLES = {
    "chairs": "Chaired by",
    "co_chairs": "Co-chaired by",
    "hosts": "Hosted by",
    "coordinators": "Coordinated by",
    "organisers": "Run by",
    "partners": "Joint with",
    "contributors": "With input from",
    "trainers": "Training given by",
    "attendees": "Attended by",
    "observers": "Observed by",
}
ORGANISERS_OF_MILESTONES = "Initiated by"
# Phrases that say a role with its remark.
REMARKS = {
    ("organisers", "run jointly"): "Run jointly by",
    ("contributors", "main substantive input"): "Main substantive input from",
}
WORDS_OF_LINKS = {kind: words for words, kind in phrases.LINKS_SAID.items()}
WORDS_OF_OUTCOMES = {kind: words for words, kind in phrases.OUTCOMES_SAID.items()}

ARTICLED = re.compile(
    rf"{OFFICE.pattern}|\b(?:Process|Police|Agency|Emirates|Islands|Nations|States|Union)\b|Philippines$"
)
UNPLAIN = re.compile(r"[;|()\[\]“”\"\0]|\s[–—-]\s|^\W|^(?:establishment|launch)\b.* by ", re.IGNORECASE)
CITY_IN_TITLE = re.compile(r" (?:in|at)(?: the)? (?=[^\W\d_a-z])")
PLAIN_GATHERING = re.compile(r"(?!the\b)[^\W_](?:(?!\b(?:in|at|by)\b)[^.,:;()\[\]“”\"|–—-]){2,190}", re.IGNORECASE)
REMARK_OF_WORDS = re.compile(r"[a-z][^()\[\]:;.]*")
REPRESENTATIVES = re.compile(r"(?:(?! and (?!the )[a-z]| (?:which|who|that|in|on|at) [a-z])[^()\[\].;:]){1,200}")
CLOSED = re.compile(r"[.!?…][”’\"')\]]*$")


class Names:
    """What the house form asks of the names that the record knows.

    bodies     {preferred name of a body: the name by which it is called}
    titled     all names of bodies, and those of the process itself, with which no plain title begins
    countries  {alpha-2: a name of the country that a reader can tell from what stands around it}
    places     pairs of a city and the alpha-2 of its country
    proper     words, folded, with which names begin: they keep their capital within a heading
    """

    def __init__(self, bodies=None, titled=(), countries=None, places=(), proper=()):
        self.bodies = bodies or {}
        self.titled = sorted(titled, key=len, reverse=True)
        self.countries = countries or {}
        self.proper = frozenset(proper)
        self.countries_of = {}
        for city, country in places:
            self.countries_of.setdefault(fold(city), set()).add(country)

    @classmethod
    def from_record(cls, session):
        """Those that the record knows now, in a fixed number of queries."""
        from events.gazetteer import Places
        from participants.directory import Directory
        from participants.models import Name

        directory, places = session.resolver(Directory), session.resolver(Places)
        called = {}
        for entry in directory.entries.values():
            if entry.kind != Name.Kind.CODE:
                called.setdefault(id(entry.target), []).append(entry)
        bodies = {
            body.label: next((each.text for each in called[id(body)] if each.kind == Name.Kind.ACRONYM), body.label)
            for body in directory.bodies.values()
        }
        countries = {
            target.code: readable([target.label, *(each.text for each in called[id(target)])])
            for target in directory.participants.values()
            if target.details["kind"] == "country"
        }
        titled = [entry.text for body in directory.bodies.values() for entry in called[id(body)]]
        proper = {fold(entry.text.split()[0]) for each in called.values() for entry in each}
        known = [
            (place.label, directory.participants[place.details["country"]].code) for place in places.by_pk.values()
        ]
        return cls(bodies, titled, countries, known, proper)

    def is_only_place(self, city, country):
        """Whether a city's name alone says which place it is."""
        return self.countries_of.get(fold(city)) == {country} or phrases.CITIES_OF_COUNTRIES.get(country) == city

    @cached_property
    def subjects(self):
        """What the process is on, by its long names: a plain title does not say it."""
        return [text[text.index(" on ") :].lower() for text in self.titled if " on " in text]


def readable(names):
    """The first of some names that has no comma or brackets in it, or else the first."""
    return next((name for name in names if not re.search(r"[,;()\[\]]", name)), names[0])


def house_form(row, names, outcomes=(), links=()):
    """The text of an activity's entry, on one line.

    row       its cells, {column of events: cell}
    names     Names
    outcomes  pairs of a kind and a text
    links     triples of a kind, and the title and date of the event that it leads to
    """
    return HouseForm(row, names).text(outcomes, links)


class HouseForm:
    """The parts of one entry."""

    def __init__(self, row, names):
        self.row = row
        self.names = names
        self.title = row["title"]
        self.is_side_event = bool(
            row["kind"] == "side_event" and row["when"] and PLAIN_GATHERING.fullmatch(row["alongside"])
        )
        self.is_plain = self.reads_plainly()
        self.coordinator = self.coordinator_first()

    def text(self, outcomes, links):
        parts = [self.head, *self.circumstances(), *self.roles, *said_links(links), self.description]
        parts += [statement(WORDS_OF_OUTCOMES[kind] + ":", text) for kind, text in outcomes]
        return " ".join(closed(" ".join(part.split())) for part in parts if part)

    # --- The head: date, bodies, title, place -------------------------------------------------------------------------

    @property
    def head(self):
        when = PartialDate(self.row["when"]).display()
        parts = [f"{self.title_and_bodies}{self.aside}", *self.place]
        if self.is_side_event:
            parts.insert(1, f"{self.row['alongside']} side event")
        return f"{when}: " * bool(when) + self.coordinator + ", ".join(parts)

    @property
    def title_and_bodies(self):
        title = self.title if self.is_plain else f"“{self.title}”"
        labels = self.bodies_before()
        if not labels:
            return title
        bodies = enumerated([self.names.bodies.get(label, label) for label in labels])
        if not self.is_plain or not self.follows_body(bodies):
            return f"{bodies}: {title}"
        return f"{bodies} {self.within(title)}"

    def bodies_before(self):
        """The bodies that neither the kind nor the title tells."""
        labels = [label for label in self.row["bodies"].split("; ") if label]
        told = phrases.BODIES_OF_KINDS.get(self.row["kind"])
        in_title = [label for label in labels if self.names.bodies.get(label, label).lower() in self.title.lower()]
        if labels == [told] and not in_title:
            return []
        return [label for label in labels if label not in in_title]

    def follows_body(self, bodies):
        """Whether a title can stand right after the name of a body: “AHEG I best practices workshop”."""
        words = self.title.split()
        return (
            len(words) > 1
            and bool(KIND.search(self.title))
            and not KIND.search(bodies)
            and words[0].isalpha()
            and words[0].istitle()
            and words[0] not in ("The", "A", "An")
            and ":" not in self.title
        )

    def within(self, title):
        """A title that goes on after other words: with a small letter, unless it begins with a name."""
        words = title.split()
        is_name = fold(words[0]) in self.names.proper or words[0] in phrases.ADJECTIVES
        is_heading = any(word.istitle() and word.lower() not in phrases.KINDS for word in words[1:])
        return (
            title if is_name or (is_heading and words[0].lower() not in phrases.KINDS) else title[0].lower() + title[1:]
        )

    def reads_plainly(self):
        """Whether the reader finds where the title ends, and takes it as it is, without quotation marks."""
        title, last = self.title, self.title.rsplit(",", 1)[-1].strip()
        breaks = (
            UNPLAIN.search(title)
            or CLAUSE.search(title, 1)
            or BY.search(title)
            or COORDINATOR.search(title)
            or SIDE_EVENT.match(last)
            or ALONGSIDE.match(title)
            or FORMAT.fullmatch(last)
            or (": " in title and (not self.place or re.search("[0-9]", title)))
            or self.reads_as_place(title)
            or next(AFTER.find(title), None)
            or title[0].islower()
            or title[-1] in ".,:!?…"
            or len(list(sentences(title))) > 1
            or ("," in title and (city_shaped(last) or VENUE.search(last) or len(last.split()) < 2 or has_date(last)))
            or any(subject in title.lower() for subject in self.names.subjects)
            or any(begins_with_body(title, name) for name in self.names.titled)
            or (not self.row["city"] and CITY_IN_TITLE.search(title))
            or any(mark in title for mark in ("*", "`", "_", "://"))
        )
        if not self.row["when"]:
            breaks = breaks or HAPPENED.search(title) or ARTICLE.match(title) or has_date(title)
        return not breaks and (bool(self.place) or "," not in title)

    def reads_as_place(self, title):
        """Whether the reader would take for a place what stands before or after a colon of a title."""
        before, _colon, after = title.partition(":")
        is_city = city_shaped(before.rpartition(",")[2].strip())
        return bool(after) and (is_city or (not self.row["city"] and city_shaped(after.rpartition(":")[2].strip())))

    @property
    def place(self):
        """The parts of the head that say where it was."""
        city, country = self.row["city"], self.row["country"]
        if not country:
            return []
        name = self.names.countries.get(country, country)
        if not city:
            return [name]
        return [city] if self.names.is_only_place(city, country) else [city, name]

    @property
    def aside(self):
        """What neither the title nor the prose tells of kind, scope, format and status: “ (national workshop)”."""
        row = self.row
        text = " ".join([f"{self.title}.", *self.roles, self.description])
        kind, scope = self.kind_told, row["scope"] or USUAL["scope"]
        said = []
        if scope != scope_told(text) or (row["kind"] != kind):
            words = KINDS.get(row["kind"], row["kind"])
            said.append(f"{SCOPES.get(scope, scope)} {words}" if scope != scope_told(text) else words)
        form, status = row["format"] or USUAL["format"], row["status"] or USUAL["status"]
        if form != USUAL["format"] or FORMAT.search(text):
            said.append(FORMATS.get(form, form))
        if status != USUAL["status"] or STATUS.search(text):
            said.append(status)
        return f" ({', '.join(said)})" if said else ""

    @property
    def kind_told(self):
        return "side_event" if self.is_side_event else kind_in_title(self.title)[1]

    def coordinator_first(self):
        """“Coordinator (Thailand), ”, where nothing more is to be said of who coordinated."""
        parts = role_parts(self.row["coordinators"])
        if not parts or any(remark for _name, remark in parts) or "(" in self.row["coordinators"]:
            return ""
        return f"Coordinator{'s' * (len(parts) > 1)} ({enumerated([name for name, _remark in parts])}), "

    # --- The sentences after it ---------------------------------------------------------------------------------------

    def circumstances(self):
        if self.row["alongside"] and not self.is_side_event:
            yield f"In the margins of “{self.row['alongside']}”"
        if self.row["venue"]:
            yield statement("Venue:", self.row["venue"])
        if self.row["url"]:
            yield f"See {self.row['url']}"
        if self.row["series"]:
            number = self.row["number_in_series"]
            word = ordinal(int(number)).capitalize() if number else ""
            yield f"{word} in the series “{self.row['series']}”" if word else f"In the series “{self.row['series']}”"

    @cached_property
    def roles(self):
        """A sentence for each role, and one for each remark that has a phrase of its own."""
        said = []
        phrases_of_roles = ROLES | ({"organisers": ORGANISERS_OF_MILESTONES} if self.row["kind"] == "milestone" else {})
        for column, phrase in phrases_of_roles.items():
            if column == "coordinators" and self.coordinator:
                continue
            said += role_sentences(column, phrase, role_parts(self.row[column]))
        return said

    @property
    def description(self):
        return " ".join(self.row["description"].split())


def has_date(text):
    return bool(next(dates_in(text, 0, len(text), "2000"), None))


def begins_with_body(title, name):
    """Whether a plain title would be taken for one that follows the name of a body."""
    rest = title[len(name) :].split()
    return title.lower().startswith(f"{name.lower()} ") and len(rest) > 1


def role_sentences(column, phrase, parts):
    """The sentences that say who had a role."""

    def own(part):
        """What sets a part in a sentence of its own: its phrase, or who represented it."""
        remark = part[1]
        if (column, remark) in REMARKS:
            return REMARKS[column, remark], ""
        return phrase, remark if is_represented(remark) else ""

    ordered = sorted(parts, key=own)
    for (words, remark), group in groupby(ordered, own):
        names = [with_remark(name, "" if words != phrase or remark else other) for name, other in group]
        if remark:
            yield from (f"{words} {name}, {remark}." for name in names)
        else:
            yield f"{words} {enumerated(names)}."


def is_represented(remark):
    begins = remark.startswith(f"{phrases.REPRESENTED} ")
    return begins and bool(REPRESENTATIVES.fullmatch(remark.removeprefix(f"{phrases.REPRESENTED} ")))


def with_remark(name, remark):
    name = f"the {name}" if ARTICLED.search(name) and not name.lower().startswith("the ") else name
    if not remark:
        return name
    plain = REMARK_OF_WORDS.fullmatch(remark) and not (
        BY.search(remark) or next(AFTER.find(remark), None) or REPRESENTED.match(f", {remark}")
    )
    return f"{name} ({remark})" if plain else f"{name} [{remark}]"


def said_links(links):
    for kind, title, when in links:
        date = PartialDate(when).display()
        yield f"{WORDS_OF_LINKS[kind]} “{title}”" + (f" ({date})" if date else "")


def statement(label, text):
    """A label and what it says, in quotation marks where it would not end with its first sentence."""
    text = " ".join(text.split())
    whole = len(list(sentences(text))) < 2 and text[:1] not in '“"' and text[-1:] not in "!?…"
    return f"{label} {text}" if whole else f"{label} “{text}”"


def scope_told(text):
    """The scope that a text tells without saying it outright."""
    if match := SCOPE.search(text):
        return phrases.SCOPES[match["scope"].lower()]
    match = SCOPE_OF_PROSE.search(text)
    return phrases.SCOPES_OF_PROSE[match[0].lower()] if match else USUAL["scope"]


def closed(sentence):
    return sentence if CLOSED.search(sentence) else f"{sentence}."
