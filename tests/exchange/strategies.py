"""Made-up record sets, as rows for every type, for property tests."""

from io import BytesIO

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from events.models import Event, EventLink, Involvement, Outcome
from library import store
from library.models import Document, Instrument, Review
from library.models.uptake import UptakeStatus
from participants.models import Participant
from records.fields import text_of
from records.folding import fold, one_line, tidy
from summaries.models import Entry
from tests.records.strategies import partial_dates

# Examples share a test's database, and each undoes what it wrote. Each is a whole record, so few are tried; to explain
# one that failed by trying it with every line changed would take minutes.
examples_that_undo = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    max_examples=settings.default.max_examples // 5,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)

SCRIPTS = [
    "กรุงเทพมหานคร ที่ประชุม",  # Thai
    "ວຽງຈັນ ກອງປະຊຸມ",  # Lao
    "ភ្នំពេញ កិច្ចប្រជុំ",  # Khmer
    "ရန်ကုန် အစည်းအဝေး",  # Burmese
    "काठमाडौं बैठक दिल्ली",  # Devanagari
    "ঢাকা বৈঠক",  # Bengali
    "சென்னை கூட்டம்",  # Tamil
    "කොළඹ රැස්වීම",  # Sinhala
    "كابول اجتماع",  # Arabic
    "서울 회의",  # Hangul
    "北京 會議",  # Han
    "東京 かいぎ カイギ",  # kana
    "Hà Nội Đà Nẵng ở Việt Nam",  # Vietnamese
    "São Tomé, Ústí, Köln, Ærø, Łódź",
]
FORMULAS = ["=SUM(A1:A9)", "+61 2 6261", "-8.65", "@here", "'quoted", "''twice", "\ttab", "=1+1", "'=1"]
MARKS = [
    '"',
    '""',
    ",",
    ";",
    ";;",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "|",
    "'",
    "“”",
    "–",
    "…",
    "\u00a0",
    "\u2028",
    "🌏",
]
NAME_MARKS = [mark for mark in MARKS if ";" not in mark]

letters = st.sampled_from(sorted(set("".join(SCRIPTS)) - {" "}))
words = st.sampled_from([word for text in SCRIPTS for word in text.split()]) | st.text(letters, min_size=1, max_size=6)
anything = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=4)


def texts(pieces=MARKS, longest=6):
    """Text of words of every script, what separates and quotes in files, and what looks like a formula."""
    piece = words | st.sampled_from(pieces) | anything
    return st.tuples(st.just("") | st.sampled_from(FORMULAS), st.lists(piece, max_size=longest)).map(
        lambda parts: (parts[0] + " ".join(parts[1]))[:200]
    )


prose = texts()
lines = texts().map(one_line)
remarks = (
    texts().map(lambda text: one_line(text.replace("[", "").replace("]", ""))).filter(lambda text: len(text) < 250)
)
names = texts(NAME_MARKS, 3).map(
    lambda text: one_line("".join(mark for mark in text if mark not in ";[]"))[:30].strip()
)
urls = st.sampled_from(["", "https://www.baliprocess.net/", "http://example.org/?a=1,2&b='x'#;"])
degrees = st.integers(-9000000, 9000000).map(lambda number: f"{number / 100000:.5f}")
dates = st.just("") | partial_dates().map(str)
terms = st.tuples(st.just(""), dates) | st.tuples(partial_dates(), partial_dates()).map(
    lambda pair: tuple(sorted(pair, key=lambda date: date.starts_on))
)
codes = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2)


class Directory:
    """Who was made up so far, and all that they answer to, which is unique."""

    def __init__(self, draw):
        self.draw = draw
        self.taken = set()
        self.known = {}

    def name(self, owner, text=None):
        """A new name of an owner: a text that nobody answers to yet."""
        stem = text or self.draw(names)
        text, number = stem, 1
        while not fold(text) or fold(text) in self.taken:
            number += 1
            text = f"{stem} {number}".strip()
        self.taken.add(fold(text))
        self.known.setdefault(owner, []).append(text)
        return text

    def further(self, owner):
        return "; ".join(self.name(owner) for _ in range(self.draw(st.integers(0, 3))))

    def any_name(self, owner):
        return self.draw(st.sampled_from(self.known[owner]))

    def one_of(self, owners):
        """A known name of one of the owners, or blank."""
        owner = self.draw(st.none() | st.sampled_from(owners)) if owners else None
        return "" if owner is None else self.any_name(owner)


def several(draw, items, most=3):
    if not items:
        return []
    positions = draw(st.lists(st.sampled_from(range(len(items))), unique=True, max_size=most))
    return [items[position] for position in positions]


@st.composite
def record_sets(draw):
    """Rows for every type: {type: [row]}, in the order of loading."""
    directory = Directory(draw)
    countries = draw(st.lists(codes, min_size=1, max_size=4, unique=True))
    sets = {
        "countries": country_rows(draw, directory, countries),
        "agencies": agency_rows(draw, directory, countries),
        "bodies": body_rows(draw, directory),
    }
    agencies = [row["slug"] for row in sets["agencies"]]
    bodies = [row["slug"] for row in sets["bodies"]]
    sets["memberships"] = membership_rows(draw, directory, bodies, countries + agencies)
    sets["contact_points"] = contact_rows(draw, directory, countries + agencies)
    sets["places"] = place_rows(draw, countries)
    sets["series"] = heading_rows(draw, "series")
    sets["themes"] = heading_rows(draw, "theme")
    sets["events"] = event_rows(draw, directory, sets, countries, agencies, bodies)
    events = [row["reference"] for row in sets["events"] if row["reference"]]
    sets["event_links"] = link_rows(draw, events)
    sets["outcomes"] = outcome_rows(draw, directory, events, bodies)
    sets["collections"] = collection_rows(draw, directory, countries + agencies, events)
    sets["documents"] = document_rows(draw, directory, sets, countries, agencies, events)
    sets["document_versions"] = version_rows(draw, sets["documents"])
    sets["instruments"] = instrument_rows(draw, directory, sets, countries + agencies, bodies, events)
    laws, plans = (
        [row["slug"] for row in sets["instruments"] if row["slug"] and is_plan == (row["kind"] == "plan_of_action")]
        for is_plan in (False, True)
    )
    sets["uptakes"] = uptake_rows(draw, directory, laws + plans, countries)
    sets["reported_figures"] = figure_rows(draw, laws, events)
    sets["action_items"] = item_rows(draw, directory, plans, countries + agencies, bodies)
    sets["reviews"] = review_rows(draw, plans, sets["action_items"], events)
    sets["editions"] = edition_rows(draw)
    sets["sections"] = section_rows(draw, sets["editions"])
    sets["entries"] = entry_rows(draw, sets["editions"], sets["sections"], events)
    return sets


def country_rows(draw, directory, countries):
    for code in countries:
        directory.name(code, code)
    return [
        {
            "alpha2": code,
            "name": directory.name(code),
            "alpha3": directory.name(code, f"{code}X") if draw(st.booleans()) else "",
            "region": draw(lines)[:60].strip(),
            "administration": draw(st.sampled_from(["yes", "no", ""])),
            "names": directory.further(code),
        }
        for code in countries
    ]


def agency_rows(draw, directory, countries):
    slugs = [directory.name(f"agency-{n}", f"agency-{n}") for n in range(draw(st.integers(0, 3)))]
    rows = [
        {
            "slug": slug,
            "name": directory.name(slug),
            "acronym": directory.name(slug, f"AG{position}") if draw(st.booleans()) else "",
            "kind": draw(st.sampled_from([kind for kind in Participant.Kind.values if kind != "country"])),
            "parent": "",
            "country": directory.one_of(countries),
            "url": draw(urls),
            "names": directory.further(slug),
        }
        for position, slug in enumerate(slugs)
    ]
    for position, row in enumerate(rows):
        row["parent"] = directory.one_of(slugs[position + 1 :])
    return draw(st.permutations(rows))


def body_rows(draw, directory):
    slugs = [directory.name(f"body-{n}", f"body-{n}") for n in range(draw(st.integers(1, 3)))]
    rows = []
    for position, slug in enumerate(slugs):
        began, ended = draw(terms)
        rows.append(
            {
                "slug": slug,
                "name": directory.name(slug),
                "short_name": directory.name(slug, f"BODY{position}") if draw(st.booleans()) else "",
                "remit": draw(prose),
                "began": began,
                "ended": ended,
                "names": directory.further(slug),
            }
        )
    for position, row in enumerate(rows):
        row["parent"] = directory.one_of(slugs[position + 1 :])
        row["predecessor"] = directory.one_of(slugs[:position])
    return draw(st.permutations(rows))


def membership_rows(draw, directory, bodies, members):
    rows = []
    for body in bodies:
        for member in several(draw, members):
            row = {
                "body": directory.any_name(body),
                "member": directory.any_name(member),
                "role": draw(lines)[:100].strip(),
            }
            terms = draw(
                st.sampled_from(
                    [[("", "")], [("2003-21", "")], [("", "2002"), ("2005-09", "")], [("1999?", "2001~/2002")]]
                )
            )
            rows += [row | {"joined": joined, "left": left} for joined, left in terms]
    return draw(st.permutations(rows))


def contact_rows(draw, directory, participants):
    rows = []
    for position, participant in enumerate(several(draw, participants)):
        began, ended = draw(terms)
        rows.append(
            {
                "reference": draw(st.sampled_from(["", f"C{position + 6}"])),
                "participant": directory.any_name(participant),
                "name": draw(lines),
                "position": draw(lines.map(lambda text: text or "Director")),
                "email": draw(st.sampled_from(["", "someone@example.org", "o'hara+ports@example.com"])),
                "phone": draw(st.sampled_from(["", "+61 2 6261 1111", "(02) 6261-1111 ext. 4"])),
                "from": began,
                "to": ended,
                "public": draw(st.sampled_from(["", "yes", "no"])),
            }
        )
    return rows


def place_rows(draw, countries):
    rows = {}
    for country in countries:
        for city in draw(st.lists(cities, max_size=2)):
            latitude = draw(st.just("") | degrees)
            longitude = draw(degrees) if latitude else ""
            row = {"city": city, "country": country, "latitude": latitude, "longitude": longitude}
            rows.setdefault((fold(city), country), row)
    return list(rows.values())


cities = st.just("") | names.filter(fold)


def heading_rows(draw, noun):
    found = {}
    for name in draw(st.lists(names.filter(fold), max_size=3)):
        number = len(found) + 1
        slug = draw(st.sampled_from(["", f"{noun}-number-{number}"]))
        found.setdefault(fold(name), {"slug": slug, "name": name, "description": draw(prose)})
    return list(found.values())


def event_rows(draw, directory, sets, countries, agencies, bodies):
    rows = []
    for position in range(draw(st.integers(1, 4))):
        reference = draw(st.sampled_from(["", f"E{position + 7}", f"x-{position}"]))
        rows.append(event_row(draw, directory, sets, countries, agencies, bodies) | {"reference": reference})
    return rows


def event_row(draw, directory, sets, countries, agencies, bodies):
    series = draw(st.none() | st.sampled_from(sets["series"])) if sets["series"] else None
    place = draw(st.none() | st.sampled_from(sets["places"])) if sets["places"] else None
    city, country = (place["city"], place["country"]) if place else (draw(cities), draw(st.sampled_from(countries)))
    if not place and draw(st.booleans()):
        city = country = ""
    row = {
        "title": draw(lines.map(lambda text: text or "An untitled meeting")),
        "kind": draw(st.sampled_from(Event.Kind.values)),
        "when": draw(dates),
        "status": draw(st.sampled_from(["", *Event.Status.values])),
        "format": draw(st.sampled_from(["", *Event.Format.values])),
        "scope": draw(st.sampled_from(["", *Event.Scope.values])),
        "venue": draw(lines),
        "city": city,
        "country": country and directory.any_name(country),
        "alongside": draw(lines),
        "bodies": "; ".join(directory.any_name(body) for body in several(draw, bodies)),
        "themes": "; ".join(several(draw, [theme["name"] for theme in sets["themes"]])),
        "series": series["name"] if series else "",
        "number_in_series": draw(st.sampled_from(["", "1", "12"])) if series else "",
        "description": draw(prose),
        "url": draw(urls),
        "sources": draw(prose),
        "note": draw(prose),
        "publication": draw(st.sampled_from(["", "draft", "in_review", "published"])),
    }
    for role in Involvement.Role.values:
        row[column_of(role)] = role_cell(draw, directory, countries + agencies)
    return row


def column_of(role):
    return f"{role}s"


def role_cell(draw, directory, participants):
    parts = []
    for participant in several(draw, participants, 2) if draw(st.booleans()) else []:
        remark = draw(remarks)
        parts.append(directory.any_name(participant) + (f" [{remark}]" if remark else ""))
    return "; ".join(parts)


def link_rows(draw, events):
    pairs = [(first, second) for first in events for second in events if first != second]
    rows = []
    for first, second in several(draw, pairs):
        kinds = (
            EventLink.Kind.values if first > second else [kind for kind in EventLink.Kind.values if kind != "follows"]
        )
        rows += [{"from": first, "to": second, "kind": kind} for kind in several(draw, kinds, 2)]
    return rows


def outcome_rows(draw, directory, events, bodies):
    if not events:
        return []
    return [
        {
            "reference": draw(st.sampled_from(["", f"O{position + 5}"])),
            "event": draw(st.sampled_from(events)),
            "kind": draw(st.sampled_from(Outcome.Kind.values)),
            "text": draw(prose.map(lambda text: tidy(text) or "Something was agreed.")),
            "addressed_to": directory.one_of(bodies),
            "status": draw(st.sampled_from(["", *Outcome.Status.values])),
            "taken_up_at": draw(st.sampled_from(["", *events])),
        }
        for position in range(draw(st.integers(0, 3)))
    ]


def collection_rows(draw, directory, participants, events):
    return [
        row
        | {
            "custodian": directory.one_of(participants),
            "began": draw(dates),
            "event": draw(st.sampled_from(["", *events])),
            "sources": draw(prose),
            "note": draw(prose),
            "publication": draw(st.sampled_from(["", "draft", "in_review", "published"])),
        }
        for row in heading_rows(draw, "collection")
    ]


def document_rows(draw, directory, sets, countries, agencies, events):
    return [
        {
            "reference": draw(st.sampled_from(["", f"D{position + 3}", f"paper-{position}"])),
            "title": draw(lines.map(lambda text: text or "An untitled paper")),
            "kind": draw(st.sampled_from(Document.Kind.values)),
            "language": draw(st.sampled_from(["", "en", "th", "zh-Hans"])),
            "issued": draw(dates),
            "event": draw(st.sampled_from(["", *events])),
            "discussed_at": "; ".join(several(draw, events)),
            "authors": "; ".join(directory.any_name(author) for author in several(draw, countries + agencies)),
            "country": directory.one_of(countries),
            "collection": draw(st.sampled_from(["", *(row["name"] for row in sets["collections"])])),
            "description": draw(prose),
            "text": draw(prose),
            "url": draw(urls),
            "access": draw(st.sampled_from(["", *Document.Access.values])),
            "sources": draw(prose),
            "note": draw(prose),
            "publication": draw(st.sampled_from(["", "draft", "in_review", "published"])),
        }
        for position in range(draw(st.integers(0, 3)))
    ]


def version_rows(draw, documents):
    """Versions of the documents with a reference, each with one of a few small files."""
    return [
        version_row(document["reference"], number, draw(st.sampled_from(["One", "Two", "Three"])))
        | {"added": draw(dates)}
        for document in documents
        if document["reference"]
        for number in range(1, draw(st.integers(1, 3)))
    ]


def version_row(document, number, words):
    """The row of a version whose file, which is kept, is a text of a few words."""
    content = words.encode()
    return {
        "document": document,
        "number": str(number),
        "name": f"{words}.txt",
        "media_type": "text/plain",
        "size": str(len(content)),
        "sha256": store.keep(BytesIO(content))[0],
    }


def instrument_rows(draw, directory, sets, participants, bodies, events):
    papers = [row["reference"] for row in sets["documents"] if row["reference"]]
    return [
        row
        | {
            "kind": draw(st.sampled_from(Instrument.Kind.values)),
            "developed_by": "; ".join(directory.any_name(each) for each in several(draw, participants)),
            "body": directory.one_of(bodies),
            "event": draw(st.sampled_from(["", *events])),
            "agreed": draw(dates),
            "document": draw(st.sampled_from(["", *papers])),
            "url": draw(urls),
            "sources": draw(prose),
            "note": draw(prose),
            "publication": draw(st.sampled_from(["", "draft", "in_review", "published"])),
        }
        for row in heading_rows(draw, "law")
    ]


def uptake_rows(draw, directory, instruments, countries):
    return [
        {
            "instrument": instrument,
            "country": directory.any_name(country),
            "status": draw(st.sampled_from(UptakeStatus.values)),
            "as_of": as_of,
            "source": draw(prose),
        }
        for instrument in instruments
        for country in several(draw, countries, 2)
        for as_of in draw(st.sets(dates, min_size=1, max_size=3))
    ]


def figure_rows(draw, instruments, events):
    return [
        {
            "instrument": instrument,
            "event": event,
            "status": status,
            "count": str(draw(st.integers(0, 999_999_999))),
            "remark": draw(prose),
        }
        for instrument in instruments
        for event in several(draw, events, 2)
        for status in several(draw, UptakeStatus.values, 2)
    ]


def item_rows(draw, directory, plans, participants, bodies):
    rows = []
    for position, plan in enumerate(plan for plan in plans for _ in range(draw(st.integers(0, 3)))):
        added, dropped = draw(terms)
        rows.append(
            {
                "reference": draw(st.sampled_from(["", f"A{position + 6}", f"item-{position}"])),
                "plan": plan,
                "number": draw(st.sampled_from(["", "1", "2.1", "III"])),
                "text": draw(prose.map(lambda text: tidy(text) or "Do it.")),
                "leads": "; ".join(directory.any_name(each) for each in several(draw, participants)),
                "body": directory.one_of(bodies),
                "due": draw(dates),
                "added": added,
                "dropped": dropped,
            }
        )
    return rows


def review_rows(draw, plans, items, events):
    rows = []
    for position, plan in enumerate(plan for plan in plans for _ in range(draw(st.integers(0, 2)))):
        of_plan = [item["reference"] for item in items if item["plan"] == plan and item["reference"]]
        event = draw(st.sampled_from(["", *events]))
        rows.append(
            {
                "reference": draw(st.sampled_from(["", f"R{position + 8}"])),
                "plan": plan,
                "item": draw(st.sampled_from(["", *of_plan])),
                "event": event,
                "as_of": draw(dates) if event else str(draw(partial_dates())),
                "status": draw(st.sampled_from(["", *Review.Status.values])),
                "finding": draw(prose),
            }
        )
    return rows


def edition_rows(draw):
    """Editions with sections and entries, so that they can be told apart: a source text that the entries stand in."""
    rows = []
    for position in range(draw(st.integers(0, 2))):
        imported, issued = draw(st.booleans()), draw(dates)
        rows.append(
            {
                "reference": f"S{position + 3}",
                "title": draw(lines.map(lambda text: text or "Summary of Activities")),
                "date": draw(dates),
                "origin": "imported" if imported else draw(st.sampled_from(["", "composed"])),
                "issued": issued,
                "text": draw(prose.map(lambda text: tidy(text) or "What was done")) if imported else "",
                "title_spans": "[[0,1]]" if imported else "",
                "file": draw(lines),
                "sha256": draw(st.sampled_from(["", f"{position}" * 64])),
                "note": draw(prose),
                "publication": draw(
                    st.sampled_from(["", "draft", "in_review", *["published"] * (imported or issued != "")])
                ),
            }
        )
    return rows


def section_rows(draw, editions):
    return [
        {
            "edition": edition["reference"],
            "number": str(number),
            "heading": draw(lines),
            "note": draw(prose),
            "heading_span": draw(st.sampled_from(["", "[0,1]"])) if edition["text"] else "",
            "note_spans": draw(st.sampled_from(["", "[[0,1]]"])) if edition["text"] else "",
        }
        for edition in editions
        for number in range(1, draw(st.integers(1, 3)))
    ]


def entry_rows(draw, editions, sections, events):
    texts = {edition["reference"]: tidy(edition["text"]) for edition in editions}
    return [
        {
            "reference": draw(st.sampled_from(["", f"N{position + 4}"])),
            "edition": section["edition"],
            "section": section["number"],
            "number": str(position + 1),
            "event": draw(st.sampled_from(["", *events])),
            **entry_cells(draw, texts[section["edition"]]),
        }
        for position, section in enumerate(draw(st.lists(st.sampled_from(sections), max_size=3)) if sections else [])
    ]


def entry_cells(draw, source):
    """The cells of an entry: of what was read, where it stands in a source text, and what was found in it."""
    found = {"state": draw(st.sampled_from(["", *Entry.State.values]))}
    if not source:
        return found | {"text": draw(prose)}
    return found | {
        "text": source,
        "span": text_of([0, len(source)]),
        "proposal": text_of({"title": draw(lines), "kind": "workshop"}),
        "fields": text_of({"title": {"span": [0, 1], "inferred": draw(st.booleans())}}),
        "outcomes": text_of([{"kind": "finding", "text": draw(lines), "span": [0, 1]}]),
        "links": text_of(
            [{"kind": "follows", "to": draw(lines), "text": draw(lines), "span": [0, 1], "entry": [0, 1]}]
        ),
        "figures": text_of([{"status": "in_use", "count": 17, "span": [0, 1]}]),
        "documents": text_of([{"kind": "guideline", "title": draw(lines), "span": [0, 1]}]),
        "doubts": text_of([draw(lines)]),
    }
