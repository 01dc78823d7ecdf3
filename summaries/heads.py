"""The head of an entry: its date, whoever coordinates, its title and its place, in the orders that people write."""

import re

from . import phrases
from .addresses import ADDRESS
from .dates import date_at, dates_in
from .kinds import FORMAT, KIND, aside_of
from .knowledge import BODY
from .names import BETWEEN, listed
from .places import HELD_IN, IN, Segment, city_shaped, place_at, place_in, place_of, put_place, segments, trimmed
from .roles import AFTER, BY, COORDINATOR, OF_A_MILESTONE
from .statements import INSIDE
from .structure import COLON, LEAD_WORD, UNDATED
from .vocabulary import any_of

SEPARATORS = re.compile(r"[\s:;,.|)\]–—-]*(?:\s|$)|[:–—|-]+")
BEFORE_DATE = re.compile(r"(?:on|from|in|between|during)(?: the)? ")
BETWEEN_PLACE_AND_DATE = re.compile(r"[ ,(]|\b(?:on|from|in|between|during|the)\b")
FORM_OF_TITLE = re.compile(
    rf" (?:{'|'.join(words for words in phrases.FORMATS if words.startswith(('by ', 'via ', 'held ')))})$",
    re.IGNORECASE,
)
COMMA = re.compile(r", (?=[^\W\d_a-z])")
BARS = re.compile(r"[| ]*")  # of cells that are empty
MOVED = re.compile(r"(?:postponed|moved|brought forward|rescheduled) from [^:.]{1,60}: *", re.IGNORECASE)
PLACE_THEN_COLON = re.compile(
    r"\s*[,(|:]?\s*(?P<place>[^\W\d_a-z][^:.;()|]{1,60}?)\)?\s*(?::|(?P<bar>\|)|\s[–—-](?=\s))"
)
FORM_THEN_MARK = re.compile(r"[\s|:]*(?P<form>online|virtual|hybrid)\s*[|:]", re.IGNORECASE)
BEFORE_FIRST_DATE = re.compile(r"[:.()]")
CLAUSE = re.compile(
    r",? (?:resulting in|including|comprising|leading to|followed by|as well as|held|hosted|attended|was|were"
    r"|took place|is to be|will be|co-chaired|chaired)\b"
    r"|, (?:building|drawing|following|continuing|preparing|reviewing|based|arising)\b"
    r"|, (?:which|in which|where|with|to|at which|as|following|for which|to which)\b|, and\b(?! [A-Z])"
    rf"|(?:,| [–—-]) (?:{'|'.join(phrases.AFTER_TITLES).replace('(', '(?:')})\b"
    r"|;(?! [^\W\d_a-z][\w’'-]*(?: [^\W\d_a-z][\w’'-]*){0,3} *(?:[,;.(]|$))"
    r"| (?:met|gathered|convened|came together)\b",
)
ACTIVE = re.compile(
    r"(?:hosted|organised|organized|convened|chaired|ran|held|conducted|co-hosted|co-chaired|launched|opened)"
    r" (?P<what>(?:an?|the|its|their) )"
)
REMARK = re.compile(r"\s*\([^()]{1,60}\)(?=\s*[:–—-])")
TOLD_FIRST = re.compile(r"(?:(?:At|During) )?(?:an?|the) ", re.IGNORECASE)
HAPPENED = re.compile(
    r"\b(?:met|was held|were held|took place|was organi[sz]ed|was convened|gathered"
    r"|was (?:cancelled|canceled|postponed|put off|called off|published|released|launched))\b|^(?:At|During) "
)
CITY_INSIDE = re.compile(r".{4,300}(?P<joint> (?:in|at) |: | to )(?P<city>[^\W\d_a-z][^,:]{1,40})")
TO = re.compile(r" to (?:the )?(?=[^\W\d_a-z])")
JOURNEY = any_of(phrases.JOURNEYS)
MET = re.compile(r" (?:met|gathered)\b")
ARTICLE = re.compile(r"(?:an?|the) (?=\S)", re.IGNORECASE)
PARENTHESES = re.compile(r" ?\((?P<inside>[^()]*)\)")
SIDE_EVENT = re.compile(r"^(?P<gathering>.{3,200}?)[ ,:-]+side[- ]event$", re.IGNORECASE)
ALONGSIDE = re.compile(rf"(?:{'|'.join(phrases.ALONGSIDE)})(?P<gathering>[^\W_][^.,;()]{{2,200}})", re.IGNORECASE)
AFTER_GATHERING = re.compile(r", (?:an?|the) (?=\S)")
VENUE_THEN_CITY = re.compile(r"\b(?:at|in) (?:the )?(?P<venue>[A-Z](?:(?! in | at )[^,.;:()]){2,80})(?: in|,) $")
IN_SERIES = re.compile(
    r"\b(?:in (?:a|the|this) series|of its kind|of (?:\w+ )?such"
    rf"|(?:{'|'.join(phrases.ORDINALS)}) of (?:the )?(?:{'|'.join(phrases.NUMBERS)}))\b",
    re.IGNORECASE,
)
BODY_PHRASE = re.compile(rf"\b(?:{'|'.join(phrases.BODY_PHRASES)}) (?=[A-Z])".replace("(s|", "(?:s|"), re.IGNORECASE)
QUOTED_TITLE = re.compile(rf"[“](?P<inside>{INSIDE}{{1,300}}?)”(?= ?[,.;(]|$)")
BODIES_END = re.compile(r": ")
BLANK = "\0"
LONGEST_TITLE, LONGEST_HEAD = 300, 1500
LONGEST_DATE = 3  # segments
LONGEST_CIRCUMSTANCES = 120  # characters


def read_head(reading):
    """Fill when, title and place, and tell the rest of the reading where they stand."""
    if reading.title_cell:
        reading.title_start, limit = reading.title_cell
    else:
        lead(reading)
        coordinator(reading)
        limit = reading.title_start + LONGEST_HEAD
    reading.head_end = min(reading.sentence_end(reading.title_start), limit)
    if reading.told and (active := ACTIVE.search(reading.words, reading.title_start, reading.head_end)):
        reading.title_start = active.end()
    reading.title_start = after_bodies(reading, reading.title_start, BODIES_END)
    if quoted := QUOTED_TITLE.match(reading.words, reading.title_start):
        read_quoted(reading, quoted)
        return
    head = masked(reading)
    parts = tail(reading, segments(head, reading.title_start, clause_end(reading, head, reading.title_start)))
    reading.title_end = title_end(reading, up_to_date(reading, parts))
    circumstances(reading)
    reading.prose_start = max(reading.title_end, reading.prose_start)
    elsewhere(reading)
    title(reading)


def read_quoted(reading, quoted):
    """Fill title and place of an entry whose whole title stands in quotation marks: it is taken as it is."""
    reading.title_start, reading.title_end = quoted.span("inside")
    reading.title, reading.is_quoted = quoted["inside"], True
    reading.put("title", quoted["inside"], *quoted.span("inside"))
    reading.prose_start = quoted.end()
    reading.head_end = max(quoted.end(), reading.sentence_end(quoted.end() - 1))
    head = masked(reading)
    after = segments(head, quoted.end(), clause_end(reading, head, quoted.end()))
    tail(reading, [Segment(*quoted.span(), quoted[0]), *after])
    if reading.place is None and (found := place_in(reading, reading.head_end, len(head), HELD_IN_PROSE, guess=True)):
        reading.place = found[1]
    if reading.place:
        put_place(reading, reading.place)


def after_bodies(reading, position, end):
    """Where the text goes on after the names of bodies and the end of their list; the same place where none are."""
    place = position
    for each in reading.spotted_between(position, len(reading.words)):
        if each.start != place or each.known.sort != BODY or each.known.code == reading.knowledge.root:
            break
        if match := end.match(reading.words, each.end):
            return match.end()
        joint = BETWEEN.match(reading.words, each.end)
        place = joint.end() if joint else -1
    return position


def lead(reading):
    """Take the date, and perhaps the place, that an entry begins with."""
    words, position = reading.words, BARS.match(reading.words).end()
    if moved := MOVED.match(words):
        position = moved.end()
    if undated := UNDATED.match(words, position):
        reading.title_start = after_separators(words, undated.end())
        return
    if in_margins(reading):
        return
    opening = LEAD_WORD.match(words, position)
    found = date_at(words, opening.end() if opening else position, reading.year)
    if not found:
        position = place_first(reading, position)
        found = date_at(words, position, reading.year)
    if not found:
        without_date(reading, position)
        return
    put_date(reading, found)
    position = found.end
    if form := FORM_THEN_MARK.match(words, position):
        reading.put("format", phrases.FORMATS[form["form"].lower()], *form.span("form"))
        position = form.end() - 1
    elif not opening:
        position = place_second(reading, position)
    reading.told = bool(opening) and not COLON.match(words, position)
    if remark := REMARK.match(words, position):
        position = remark.end()
    reading.title_start = after_separators(words, position)
    reading.head_start = reading.title_start


def without_date(reading, position):
    """Begin the title of an entry at a position where no date stands; it may be a sentence that tells what happened."""
    words, sentence_end = reading.words, reading.sentence_end(position)
    if invited := AFTER.pattern.match(words, position):  # “At the invitation of Fiji, a seminar was held …”
        _names, end = listed(reading, invited.end() + 1, sentence_end)
        article = AFTER_GATHERING.match(words, end)
        position = article.end() if article else position
    reading.title_start = position
    reading.told = bool(HAPPENED.search(words, position, sentence_end)) or begins_with_doer(reading, position)
    if reading.told and (opening := TOLD_FIRST.match(words, position)):
        reading.title_start = opening.end()


def begins_with_doer(reading, position):
    """Whether an entry begins with whoever did it: “Japan and Fiji co-hosted a workshop …”."""
    active = ACTIVE.search(reading.words, position, reading.sentence_end(position))
    names, end = listed(reading, position, active.start()) if active else ([], position)
    return bool(names) and end + 1 == active.start()


def in_margins(reading):
    """Whether an entry begins with the gathering in the margins of which its activity was; that is then taken."""
    words, sentence_end = reading.words, reading.sentence_end(0)
    match = ALONGSIDE.match(words)
    article = AFTER_GATHERING.search(words, match.end(), sentence_end) if match else None
    if not article:
        return False
    parts = tail(reading, segments(words, match.start("gathering"), article.start()))
    if parts:
        reading.put("alongside", reading.passage.words[parts[0].start : parts[-1].end], parts[0].start, parts[-1].end)
    reading.title_start, reading.told = article.end(), True
    return True


def place_second(reading, position):
    """Where the text goes on after the place that stands between a date and a mark: “4 May 2011, Bangkok: …”."""
    match = PLACE_THEN_COLON.match(reading.words, position)
    if match and not KIND.search(match["place"]):
        parts = segments(reading.words, *match.span("place"))
        place, taken = place_of(reading.knowledge, parts, guess=not match["bar"])
        if place and taken == len(parts):
            reading.place = place
            return match.end() - 1
    return position


def after_separators(words, position):
    """Where the text goes on after colons, dashes and the like."""
    match = SEPARATORS.match(words, position)
    return match.end() if match else position


def place_first(reading, position):
    """Where a date begins that a place stands before, at the beginning of an entry: “Bangkok, 4 May 2011: …”."""
    words = reading.words
    found = next(dates_in(words, position, min(position + LONGEST_CIRCUMSTANCES, len(words)), reading.year), None)
    if not found or not COLON.match(words, found.end) or BEFORE_FIRST_DATE.search(words, position, found.start):
        return position
    parts = segments(words, position, found.start)
    place, taken = place_of(reading.knowledge, parts)
    if not place or taken != len(parts):
        return position
    reading.place = place
    return found.start


def put_date(reading, found):
    if found.problem:
        reading.entry.doubt(f"when: {found.problem}")
    else:
        reading.put("when", found.when, found.start, found.end, inferred=found.inferred)
        reading.date_span = reading.date_span or (found.start, found.end)


def coordinator(reading):
    """Step over the coordinator that stands before the title."""
    match = COORDINATOR.match(reading.words, reading.title_start)
    if not match:
        return
    end = match.end()
    if not match["inside"]:
        _names, end = listed(reading, end, reading.sentence_end(end))
    reading.title_start = after_separators(reading.words, end)


def masked(reading):
    """The words up to the end of the head, with blanks for what stands in parentheses and says more than a name."""
    head = reading.words[: reading.head_end]
    for match in PARENTHESES.finditer(head, reading.title_start):
        inside = match["inside"]
        if (
            next(AFTER.find(inside), None)
            or BY.search(inside)
            or IN_SERIES.search(inside)
            or COORDINATOR.search(inside)
            or aside_of(inside)
        ):
            head = head[: match.start()] + BLANK * len(match[0]) + head[match.end() :]
    return head


def clause_end(reading, head, start):
    """Where what stands in a head from a position ends, and clauses begin that say more."""
    ends = [len(head)]
    after = next((match for match, _meaning in AFTER.find(head, start + 1)), None)
    ends += [match.start() for match in (CLAUSE.search(head, start + 1), BY.search(head, start + 1), after) if match]
    for match in PARENTHESES.finditer(head, start):
        if next(dates_in(match["inside"], 0, len(match["inside"])), None):
            if not head.startswith(",", match.end()):
                ends.append(match.end())
            break
    return max(start, min(ends))


def tail(reading, parts):
    """Take date, place, venue and gathering off the end of the segments of a head; what is left is the title.

    Nothing is taken off a title in quotation marks, which is the first of them.
    """
    title = 1 if reading.is_quoted else 0
    while len(parts) > title:
        last = parts[-1]
        found, before = date_after(reading, parts)
        side_event = SIDE_EVENT.match(last.text)
        alongside = ALONGSIDE.search(last.text)
        if found:
            put_date(reading, found)
            parts = before
        elif len(parts) > 1 and FORMAT.fullmatch(last.text):
            parts.pop()
        elif side_event and len(parts) > 1:
            reading.put("alongside", side_event["gathering"], last.start, last.start + side_event.end("gathering"))
            reading.side_event_at = last[:2]
            parts.pop()
        elif alongside and alongside.start() == 0 and len(parts) > 1:
            reading.put(
                "alongside", alongside["gathering"].strip(), *reading.shifted(alongside, "gathering", last.start)
            )
            reading.side_event_at = last[:2]
            parts.pop()
        elif reading.place is None and (place := end_place(reading, parts)):
            reading.place, count = place
            del parts[-count:]
        elif len(parts) > 1 and (is_venue(last.text) or stands_between(reading, parts)):
            reading.put("venue", last.text, *last[:2])
            parts.pop()
        elif reading.place is None and (halves := place_after_colon(reading, last)):
            parts[-1:] = halves
        else:
            break
    return parts


def stands_between(reading, parts):
    """Whether the last segment stands between a date and the place: “…, 3 May 2016, Regional Training Centre, Lima”."""
    return bool(reading.place and parts[-1].text[0].isupper() and date_after(reading, parts[:-1])[0])


def up_to_date(reading, parts):
    """The segments before one that is a date, which is then taken; all of them where none is."""
    for index in range(1, len(parts) if not reading.entry.row["when"] else 0):
        if found := date_to(reading, *parts[index][:2]):
            put_date(reading, found)
            return parts[:index]
    return parts


def date_after(reading, parts):
    """The date that the last of some segments make together, perhaps after a colon, and the segments before it.

    (None, parts) where they make none: “Course: 3 – 14 June 2013” are the segments “Course: 3” and “14 June 2013”.
    """
    words, end = reading.words, parts[-1].end
    for count in range(min(len(parts), LONGEST_DATE), 0, -1):
        part = parts[-count]
        if count < len(parts) and (found := date_to(reading, part.start, end)):
            return found, parts[:-count]
        colon = words.rfind(": ", part.start, part.end)
        if colon > 0 and (found := date_to(reading, colon + 2, end)):
            return found, [*parts[:-count], trimmed(words, part.start, colon)]
    return None, parts


def date_to(reading, start, end):
    """The date that is all that stands between two positions, perhaps after “from” or “on”, or None."""
    opening = BEFORE_DATE.match(reading.words, start)
    found = date_at(reading.words, opening.end() if opening else start, reading.year)
    return found if found and found.end >= end else None


def place_after_colon(reading, segment):
    """The two segments that a colon makes of one where a known place follows it: “Seminar on visas: Seoul”."""
    colon = segment.text.rfind(": ")
    if colon < 1:
        return None
    before, after = trimmed(reading.words, segment.start, segment.start + colon), segment.start + colon + 2
    after = trimmed(reading.words, after, segment.end)
    return [before, after] if place_of(reading.knowledge, [after], guess=False)[0] else None


def is_venue(text):
    from .places import VENUE

    return bool(VENUE.search(text)) and not KIND.search(text)


def end_place(reading, parts):
    """The place at the end of a head, and how many segments it takes, or None."""
    before = reading.words[parts[-2].end : parts[-1].start] if len(parts) > 1 else ""
    inside = "(" in before and reading.words[parts[-1].end : parts[-1].end + 1] in (",", ";")  # “(Nadi, May 2016)”
    place, count = place_of(reading.knowledge, parts[1:], guess=any(mark in before for mark in ",|–—-") or inside)
    if not place:
        return None
    before = parts[: len(parts) - count]
    if reading.is_quoted and len(before) == 1:
        return place, count
    if place.country and not place.city and (inside := CITY_INSIDE.match(before[-1].text)):
        last = before[-1]
        span = last.start + inside.start("city"), last.end
        if city_shaped(inside["city"]) and (inside["joint"] != " to " or JOURNEY.match(last.text)):
            parts[len(before) - 1] = trimmed(reading.words, last.start, last.start + inside.start("joint"))
            return place._replace(start=span[0], city=inside["city"], city_span=span), count
    stated = place.city and place.country and not place.inferred
    if stated and len(before) == 2 and city_shaped(before[-1].text) and len(before[-1].text.split()) < 4:
        reading.put("venue", before[-1].text, *before[-1][:2])
        count += 1
    return place, count


def circumstances(reading):
    """Take date and place where the sentence after the head is made of them alone: “Second meeting. Suva, May 2016.”"""
    start = reading.head_end + 1
    if start >= len(reading.words) or (reading.place and reading.entry.row["when"]):
        return
    sentence_end = reading.sentence_end(start)
    end = clause_end(reading, reading.words[:sentence_end], start)
    parts = segments(reading.words, start, end) if end - start <= LONGEST_CIRCUMSTANCES else []
    first = Segment(reading.title_start, reading.head_end, "")
    found, left = date_after(reading, [first, *parts]) if parts else (None, [first])
    # Where a stop stands after the date, each part of the head is a sentence: “May 2016. Second meeting. Nadi.”
    by_stops = reading.date_span and reading.words.startswith(".", reading.date_span[1])
    by_stops = by_stops and reading.words[start:end].strip(" .").lower() not in phrases.ASIDES
    place, taken = place_of(reading.knowledge, left[1:], guess=bool(found or by_stops))
    is_whole = end == sentence_end
    if (found or (is_whole and place and (place.country or by_stops))) and taken == len(left) - 1:
        if found:
            put_date(reading, found)
        reading.place = reading.place or place
        reading.said.append((start, end))


def title_end(reading, parts):
    """Where the title ends, once all that follows it is taken off."""
    words = reading.words
    if not parts:
        return reading.title_start
    last = parts[-1].end
    opened, closed = (words.count(mark, reading.title_start, last) for mark in "()")
    return last + 1 if words[last : last + 1] == ")" and opened > closed else last


def elsewhere(reading):
    """Look for place, date and gathering where the head does not end with them."""
    words = reading.words
    if reading.place is None:
        found = (
            place_in(reading, reading.title_start, reading.head_end, HELD_IN, guess=True)
            or last_city(reading, IN, reading.head_end)
            or (last_city(reading, TO, reading.title_end) if JOURNEY.match(words, reading.title_start) else None)
            or (place_in(reading, reading.title_start, reading.head_end, IN, guess=True) if reading.told else None)
            or place_in(reading, reading.head_end, len(words), HELD_IN_PROSE, guess=True)
        )
        if found:
            start, reading.place = found
            if reading.title_start < start < reading.title_end:
                reading.title_end = start
    if reading.place is None:
        reading.place = place_beside_date(reading)
    if reading.place:
        put_place(reading, reading.place)
        put_venue(reading, reading.place.start)
    if not reading.entry.row["when"]:
        for found in dates_in(words, reading.title_start, reading.head_end, reading.year):
            put_date(reading, found)
    if not reading.entry.row["alongside"] and (match := ALONGSIDE.search(words, reading.title_start)):
        put_gathering(reading, match)


def put_venue(reading, city):
    """Fill `venue` with what a city is said to hold: “held on 9 January at the Hotel Taj Samudra in Colombo”."""
    start = max(reading.title_start, city - LONGEST_CIRCUMSTANCES)
    match = VENUE_THEN_CITY.search(reading.words, start, city)
    if match and is_venue(match["venue"]):
        reading.put("venue", match["venue"], *match.span("venue"))


def put_gathering(reading, match):
    """Fill `alongside` with the gathering that words such as “in the margins of” name."""
    gathering = trimmed(reading.words, *match.span("gathering"))
    place = place_in(reading, gathering.start, gathering.end, IN)
    end = place[0] if place else gathering.end
    if re.match(r"[A-Z]|(?:\w+ ){0,3}[A-Z]", gathering.text):
        reading.put("alongside", reading.passage.words[gathering.start : end], gathering.start, end)
        if match[0].lower().startswith("side") and match.start() <= reading.title_end:
            reading.side_event_at = match.start(), end


def place_beside_date(reading):
    """The place right after or before a date of the head: “planned for 9 April 2019 in Suva, Fiji”, or None."""
    words, end = reading.words, reading.head_end
    for found in dates_in(words, reading.title_end, end, reading.year):
        if at := IN.match(words, found.end, end) or COMMA.match(words, found.end, end):
            return place_at(reading, at.end(), end, guess=at.re is IN)
        for at in IN.finditer(words, reading.title_end, found.start):
            place = place_at(reading, at.end(), found.start, guess=True)
            on = words.startswith(" on ", place.end) if place else False
            if place and (place.country or on) and not BETWEEN_PLACE_AND_DATE.sub("", words[place.end : found.start]):
                return place
    return None


HELD_IN_PROSE = re.compile(
    r"\b(?:was|were|is|took)(?: (?:held|hosted|convened|organised|organized|place))(?: in| at)(?: the)? (?=[^\W\d_a-z])"
)


def last_city(reading, preposition, end):
    """The known city that a head ends with: “… chaired by Nepal in Colombo.”"""
    found = None
    for match in preposition.finditer(reading.words, reading.title_start, end):
        place = place_in(reading, match.start(), end, preposition)
        if place and place[1].city and reading.words[place[1].end : end].strip(" .") == "":
            found = place
    return found


# --- Title ------------------------------------------------------------------------------------------------------------


def title(reading):
    """Fill the title: without the body that stands before it, the subject of the process itself, and asides."""
    words = reading.passage.words
    start, end = reading.title_start, reading.title_end
    if article := ARTICLE.match(words, start, end):
        start = article.end() if reading.told or words[start].islower() else start
    if form := FORM_OF_TITLE.search(words, start, end):
        end = form.start()
    text = words[start:end].strip(" ,;:–—-")
    if MET.match(words, end):
        text += " meeting"
    if milestone := OF_A_MILESTONE.match(words[:end], start):
        names, after = listed(reading, milestone.end(), end)
        text = f"{words[start : milestone.start('by')]} {words[after:end].strip()}".strip() if names else text
    text = PARENTHESES.sub(lambda match: "" if is_aside(reading, match["inside"]) else match[0], text)
    for subject in reading.knowledge.subjects:
        if subject.lower() in text.lower():
            at = text.lower().index(subject.lower())
            text = text[:at] + text[at + len(subject) :]
    text = without_body(reading, text.strip()).strip(' ,;:–—-“”"')
    if not text:
        text, start, end = words.strip(), 0, len(words)
    text = text[0].upper() + text[1:]
    if len(text) > LONGEST_TITLE:
        text = text[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
        reading.entry.doubt("title: the text names none that is short enough; it was cut.")
    met = MET.match(words, reading.title_end)
    reading.title = words[reading.title_start : met.end() if met else reading.title_end]
    reading.put("title", text, start, end)


def is_aside(reading, inside):
    """Whether parentheses hold another name of the same thing, or a remark that other columns keep."""
    return bool(aside_of(inside) or ADDRESS.match(inside)) or (len(inside.split()) <= 3 and not inside[:1].islower())


def without_body(reading, text):
    """A title without the process or body that stands before it, unless nothing would be left but the kind."""
    for name in reading.knowledge.names_of_root:
        rest = text[len(name) + 1 :]
        if text.lower().startswith(f"{name.lower()} ") and len(rest.split()) > 1 and KIND.search(rest):
            return rest
    place = 0
    for spotted in reading.spotted_in(text):
        rest = text[spotted.end :].lstrip(" :,–—-")
        if spotted.start != place or spotted.known.sort != BODY or spotted.known.code == reading.knowledge.root:
            break
        if joint := BETWEEN.match(text, spotted.end):
            place = joint.end()
            continue
        if len(rest.split()) > 1 and text[spotted.end : spotted.end + 1] == " " and not KIND.search(spotted.known.text):
            return rest
        break
    return text


# --- Bodies -----------------------------------------------------------------------------------------------------------


def read_bodies(reading):
    """Fill `bodies`: those that the title names, else those that the prose says it is of, else that of its kind."""
    spotted = [
        each
        for each in reading.spotted
        if each.known.sort == BODY
        and each.known.code != reading.knowledge.root
        and reading.head_start <= each.start < reading.title_end
    ]
    inferred = False
    if not spotted:
        inferred = True
        starts = {match.end() for match in BODY_PHRASE.finditer(reading.words, reading.title_end)}
        spotted = [
            each
            for each in reading.spotted
            if each.known.sort == BODY and each.known.code != reading.knowledge.root and each.start in starts
        ][:1]
    if spotted:
        labels = sorted({each.known.label for each in spotted}, key=str.casefold)
        reading.put("bodies", "; ".join(labels), spotted[0].start, spotted[-1].end, inferred=inferred)
        return
    body = reading.knowledge.body(phrases.BODIES_OF_KINDS.get(reading.entry.row["kind"], ""))
    if body:
        reading.put("bodies", body.label, reading.title_start, reading.title_end, inferred=True)
