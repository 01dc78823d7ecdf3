"""Links: what an activity is to another one, of the same summary or of the record."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta

from records.dates import PartialDate
from records.folding import fold

from . import phrases
from .documents import Link
from .kinds import KIND, meaning
from .vocabulary import Phrasebook

PHRASES = Phrasebook(phrases.LINKS)
OBJECT_END = re.compile(
    r"[.;:(]|, (?!and )|,? (?:which|who|that|where|agreed|dealt|had|was|were|is|be|officials|ministers|"
    r"participants|to (?=[a-z]))\b"
)
IMPLEMENTED = re.compile(r"the extent to which (?:the )?(?P<what>.{3,80}?) (?:had|has|have|was|were)\b", re.IGNORECASE)
DONE_SINCE = re.compile(r"what (?:had|has|have) been (?:done|achieved)[^.]{0,20} since ", re.IGNORECASE)
MINISTERS = re.compile(r"(?:the )?(?:[A-Z]\w+ ){0,3}Ministers\b|ministers\b")
TO_MINISTERS = re.compile(
    r"\brecommend(?:ed|ations?|s)\b(?P<what>[^.;]{0,120}?) (?:to|for) (?:the )?(?:[A-Z]\w+ ){0,3}[Mm]inisters\b"
)
WORD = re.compile(r"[^\W\d_]{4,}|\b(?:I|II|III|IV|V|VI|VII|VIII)\b")
COMMON = frozenset(
    [
        "meeting",
        "workshop",
        "seminar",
        "training",
        "course",
        "conference",
        "consultation",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "bali",
        "process",
        "regional",
        "with",
        "from",
        "this",
        "that",
        "which",
        "previous",
        "earlier",
        "last",
        "next",
        "held",
        "upon",
    ]
)
ENOUGH = 4
NEAREST = 50  # events before and after an entry that a word may lead to
NEXT_MINISTERS = timedelta(days=366)  # how long after a recommendation the ministers that it goes to may meet
LONGEST_OBJECT = 200
FOLLOW_UP = re.compile(rf"(?:{phrases.FOLLOW_UPS.replace('(', '(?:')})\b", re.IGNORECASE)


@dataclass(slots=True)
class Candidate:
    """An event that a link may lead to: an entry of the document, or one that the record knows."""

    entry: object
    reference: str
    title: str
    kind: str
    when: PartialDate
    city: str
    stems: frozenset = frozenset()
    order: int = 0
    ordinal: int = 0
    products: frozenset = field(default_factory=frozenset)


def heading(entry):
    """How an entry that has no reference is called: “May 2004: Targeting workshop, Bangkok”."""
    row = entry.row
    when = PartialDate.parse(row["when"]).display()
    return f"{when}: " * bool(when) + row["title"] + f", {row['city']}" * bool(row["city"])


def follow(target, to, span):
    return Link("follows", target.row["reference"] or to, "", span, inferred=True, target=target)


class Events:
    """All events that links can lead to, found by their words, so that a link asks only those that fit."""

    def __init__(self, entries, knowledge):
        self.candidates = [candidate(entry, order) for order, entry in enumerate(entries)]
        self.of_document = {each.order: each for each in self.candidates}
        known = {each.reference for each in self.candidates if each.reference}
        self.candidates += [
            of_record(event, when, -1) for event, when in knowledge.periods if event.reference not in known
        ]
        self.candidates.sort(key=lambda each: each.order)
        ministerial = (each for each in self.candidates if each.kind == "ministerial" and each.when)
        self.ministerial = sorted(ministerial, key=starts_on)
        self.by_stem, self.by_title = {}, {}
        for each in self.candidates:
            self.by_title.setdefault((fold(each.title), str(each.when)), []).append(each)
            for stem in each.stems:
                self.by_stem.setdefault(stem, []).append(each)

    def before(self, reading):
        """The last ministerial event that had begun before an entry, or None."""
        when = PartialDate.parse(reading.entry.row["when"])
        index = bisect_left(self.ministerial, when.starts_on, key=starts_on) if when else 0
        return self.ministerial[index - 1] if index else None

    def after(self, reading):
        """The first ministerial event after an entry, if it came within a year, or None."""
        when = PartialDate.parse(reading.entry.row["when"])
        if not when:
            return None
        index = bisect_right(self.ministerial, when.starts_on, key=starts_on)
        following = self.ministerial[index : index + 1]
        return following[0] if following and starts_on(following[0]) <= latest(when) else None

    def last_before(self, order, title):
        """The last entry before one that shares a word with its title, else the one right before it, or None."""
        wanted = stems(title)
        near = [self.of_document[place] for place in range(max(0, order - NEAREST), order)]
        alike = [each for each in near if wanted & stems(each.title)]
        return (alike or near or [None])[-1]

    def titled(self, title, when, order):
        """The one event that has exactly a title and a date, or None."""
        found = [each for each in self.by_title.get((fold(title), when), ()) if each.order != order]
        return found[0] if found else None

    def near(self, found, order):
        """Of many events that fit, those that stand nearest to an entry."""
        index = bisect_left(found, order, key=lambda each: each.order)
        return found[max(0, index - NEAREST) : index + NEAREST]

    def meant(self, text, reading, order, kind):
        """The one event that a text means, or None."""
        wanted = stems(text)
        kinds = {meaning(match[0]) for match in KIND.finditer(text)}
        ordinal = ordinal_of(text)
        scores = {}
        for stem in wanted:
            for each in self.near(self.by_stem.get(stem, ()), order):
                scores.setdefault(id(each), [each, 0])[1] += 2 if stem in each.products else 1
        for each in (self.before(reading), self.after(reading)) if "ministerial" in kinds else ():
            if each:
                scores.setdefault(id(each), [each, 0])
        folded = fold(text)
        best = None
        for each, score in scores.values():
            if each.order == order or not suits(each, reading, kind, order):
                continue
            total = score_of(each, score, kinds, ordinal, folded)
            if total >= ENOUGH and (
                best is None or (total, nearness(each, order)) > (best[0], nearness(best[1], order))
            ):
                best = total, each
        return best[1] if best else None


def latest(when):
    return min(date.max - NEXT_MINISTERS, when.starts_on) + NEXT_MINISTERS


def starts_on(candidate):
    return candidate.when.starts_on


def score_of(each, score, kinds, ordinal, folded):
    if each.city and fold(each.city) in folded:
        score += 2
    if " " in each.title and fold(each.title) in folded:
        score += 1
    if kinds:
        score += 2 if each.kind in kinds or ("meeting" in kinds and each.kind != "milestone") else -1
    if ordinal:
        score += 3 if each.ordinal == ordinal else -2 if each.ordinal else 0
    return score


def suits(each, reading, kind, order):
    """Whether an event came before, or after, an entry as the kind of link wants it."""
    when = PartialDate.parse(reading.entry.row["when"])
    if not when or not each.when:
        return each.order < 0 or (each.order < order) == (kind in ("follows", "reviews"))
    if kind in ("follows", "reviews"):
        return each.when.starts_on <= when.ends_on
    return each.when.ends_on >= when.starts_on


def nearness(each, order):
    return -abs(each.order - order) if each.order >= 0 else -(10**6)


def candidate(entry, order):
    row = entry.row
    words = f"{row['title']} {row['city']} {row['country']} {row['bodies']} {row['kind']}"
    products = frozenset(
        stem for outcome in entry.outcomes if outcome.kind == "product" for stem in stems(outcome.text)
    )
    return Candidate(
        entry,
        row["reference"],
        row["title"],
        row["kind"],
        PartialDate.parse(row["when"]),
        row["city"],
        frozenset(stems(words)),
        order,
        ordinal_of(row["title"]) or roman_of(entry.text),
        products & frozenset(stems(row["title"])),
    )


def of_record(event, when, order):
    words = f"{event.title} {event.city} {event.kind}"
    return Candidate(
        None,
        event.reference,
        event.title,
        event.kind,
        when,
        event.city,
        frozenset(stems(words)),
        order,
        ordinal_of(event.title),
    )


def stems(text):
    """The words by which events are told apart, cut to what different endings leave."""
    return {word.lower()[:7] for word in WORD.findall(text) if word.lower() not in COMMON and len(word) > 3}


def ordinal_of(text):
    for word in re.findall(r"\w+", text.lower())[:12]:
        if word in phrases.ORDINALS:
            return phrases.ORDINALS[word]
        if match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", word):
            return int(match[1])
    return roman_of(text)


def roman_of(text):
    match = re.search(r"(?:Conference|Bali|Meeting|Consultation) (VIII|VII|VI|IV|V|III|II|I)\b", text[:400])
    return phrases.ROMAN[match[1]] if match else 0


# --- Reading ----------------------------------------------------------------------------------------------------------


def read_links(readings, knowledge):
    """Gather the links of all entries, once each entry is known."""
    events = Events([reading.entry for reading in readings], knowledge)
    for order, reading in enumerate(readings):
        seen = set()
        for kind, target, start, end, inferred in found(reading, events, order):
            key = kind, id(target)
            if target and key not in seen:
                seen.add(key)
                span = reading.passage.span(start, end)
                to = target.reference or heading(target.entry)
                reading.entry.links.append(
                    Link(kind, to, reading.passage.words[start:end], span, inferred, target.entry)
                )


def found(reading, events, order):
    """What an entry says of others: (kind, event meant or None, start, end, inferred)."""
    for said in reading.said_links:
        if target := events.titled(said.title, said.when, order):
            yield said.kind, target, said.start, said.end, False
    words = reading.words
    taken, follows = 0, False
    for match, kind in PHRASES.find(words, reading.title_end):
        if match.start() < taken:
            continue
        start = match.end() + 1
        sentence_end = reading.passage.sentence_at(match.start())[1]
        limit = min(sentence_end, start + LONGEST_OBJECT)
        end, target = object_of(reading, events, order, kind, start, limit)
        if target:
            taken, follows = end, follows or kind == "follows"
            yield kind, target, match.start(), end, False
    for match in TO_MINISTERS.finditer(words, reading.title_end):
        target = events.after(reading)
        if target and reading.entry.row["kind"] != "ministerial":
            yield "reports_to", target, *match.span(), True
    match = FOLLOW_UP.match(words, reading.title_start)
    target = events.last_before(order, reading.entry.row["title"]) if match else None
    if match and not follows and target and suits(target, reading, "follows", order):
        yield "follows", target, *match.span(), True


def object_of(reading, events, order, kind, start, limit):
    """What stands after a phrase: (its end, the event that it means or None)."""
    words = reading.words
    if (implemented := IMPLEMENTED.match(words, start, limit)) and kind == "reviews":
        text, end = implemented["what"], implemented.end("what")
        return end, events.meant(text, reading, order, kind) or product(text, events, reading, order)
    if since := DONE_SINCE.match(words, start, limit):
        start = since.end()
    ministers = MINISTERS.match(words, start, limit)
    if ministers and not KIND.match(words, ministers.end() + 1):
        target = events.before(reading) if kind == "follows" else events.after(reading)
        return ministers.end(), target
    stop = OBJECT_END.search(words, start, limit)
    end = stop.start() if stop and stop.start() > start else limit
    return end, events.meant(words[start:end], reading, order, kind)


def product(text, events, reading, order):
    """The event that made what a text names, such as a plan of action, or None."""
    wanted = stems(text)
    for each in events.candidates:
        if each.order != order and wanted and wanted <= each.products and suits(each, reading, "reviews", order):
            return each
    return None
