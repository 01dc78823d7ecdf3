"""The house form says an activity's columns in words that are read back into the same columns."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from events.models import Event, EventLink, Outcome
from records.folding import fold
from summaries.documents import COLUMNS
from summaries.house_form import UNSAID, Names, house_form, readable
from summaries.reading import read
from tests.records.strategies import partial_dates

from . import scoring

SAID = [column for column in COLUMNS if column not in UNSAID]


@pytest.fixture(scope="session")
def known():
    """What the starting record knows of names, places and series, and of no event."""
    knowledge = scoring.starting_knowledge()
    series, knowledge = knowledge.series, knowledge.without_history()
    knowledge.series = series
    return knowledge


@pytest.fixture(scope="session")
def names():
    bodies, countries, agencies = (scoring.rows_of(type) for type in ("bodies", "countries", "agencies"))
    titled = [name for row in bodies for name in (row["name"], row["short_name"], *row["names"].split("; ")) if name]
    return Names(
        {row["name"]: row["short_name"] or row["name"] for row in bodies},
        titled,
        {row["alpha2"]: readable([row["name"], *row["names"].split("; ")]) for row in countries},
        [(row["city"], row["country"]) for row in scoring.rows_of("places")],
        {fold(row["name"].split()[0]) for row in [*bodies, *countries, *agencies]},
    )


def row_of(**cells):
    return dict.fromkeys(COLUMNS, "") | {"title": "Workshop on visas", "kind": "workshop"} | cells


def cells(row):
    """What the house form says of a row: blank for what it leaves unsaid because it is usual."""
    said = {column: " ".join(row[column].split()) for column in SAID}
    return {column: "" if cell == scoring.NOT_STATED.get(column) else cell for column, cell in said.items()}


def read_back(texts, knowledge):
    document = read("Summary\n\nActivities\n" + "".join(f"• {text}\n" for text in texts), knowledge)
    assert document.unread == []
    assert [entry.text for entry in document.entries] == [f"• {text}" for text in texts]
    return document.entries


# --- How it sounds ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (
            {
                "when": "2003-09",
                "title": "Trafficking and public awareness workshop",
                "bodies": "Ad Hoc Experts' Group I",
                "city": "Seoul",
                "country": "KR",
                "organisers": "ROK Gender Equality Ministry [run jointly]; ROK Justice Ministry [run jointly]",
            },
            (
                "September 2003: AHEG I trafficking and public awareness workshop, Seoul. Run jointly by the ROK "
                "Gender Equality Ministry and the ROK Justice Ministry."
            ),
        ),
        (
            {"when": "2004-12-01/2004-12-03", "title": "Victim Support", "scope": "national", "country": "FJ"},
            "1–3 December 2004: Victim Support (national workshop), Fiji.",
        ),
        ({"title": "Visas, Bangkok"}, "“Visas, Bangkok” (workshop)."),
        (
            {"when": "2006", "title": "Talks", "kind": "side_event", "alongside": "Global Forum"},
            "2006: Talks, Global Forum side event.",
        ),
        (
            {"coordinators": "New Zealand", "series": "Visas", "number_in_series": "22", "venue": "Grand Hotel"},
            "Coordinator (New Zealand), Workshop on visas. Venue: Grand Hotel. 22nd in the series “Visas”.",
        ),
        (
            {"contributors": "IOM; UNHCR [main substantive input]", "trainers": "ILO [represented by Fiji]"},
            (
                "Workshop on visas. Main substantive input from UNHCR. With input from IOM. Training given by ILO, "
                "represented by Fiji."
            ),
        ),
    ],
)
def test_an_entry_is_composed_in_the_house_form(cells, text, names):
    assert house_form(row_of(**cells), names) == text


def test_the_starting_record_is_composed_and_read_back_the_same(known, names):
    rows = scoring.rows_of("events")
    by_reference = {row["reference"]: row for row in rows}
    links, outcomes = {}, {}
    for link in scoring.rows_of("event_links"):
        to = by_reference[link["to"]]
        links.setdefault(link["from"], []).append((link["kind"], to["title"], to["when"]))
    for outcome in scoring.rows_of("outcomes"):
        outcomes.setdefault(outcome["event"], []).append((outcome["kind"], outcome["text"]))
    texts = [
        house_form(row, names, outcomes.get(row["reference"], ()), links.get(row["reference"], ())) for row in rows
    ]
    for row, entry in zip(rows, read_back(texts, known), strict=True):
        assert cells(entry.row) == cells(row)
        assert entry.doubts == []
        wanted = [(kind, ended(text)) for kind, text in outcomes.get(row["reference"], ())]
        assert [(each.kind, ended(each.text)) for each in entry.outcomes][: len(wanted)] == wanted
        assert [(each.kind, each.target.row["title"]) for each in entry.links] == [
            (kind, title) for kind, title, _when in links.get(row["reference"], ())
        ]


def ended(text):
    return text.rstrip(".")


# --- Any row ----------------------------------------------------------------------------------------------------------

# Words of which titles and prose are made here: none of them is part of a phrase that means something by itself.
WORDS = st.sampled_from(
    [
        "visas",
        "borders",
        "victims",
        "smuggling",
        "law",
        "documents",
        "asylum",
        "(border)",
        "data/privacy",
        "“new”",
        "states’",
        "e-passports",
        "2004",
        "at",
    ]
)
NOUNS = st.sampled_from(["workshop", "seminar", "Training", "meeting", "Awareness", "Bangkok", "Fiji, Suva", "IOM"])
TITLES = st.tuples(
    st.sampled_from(
        ["Visas", "Visas:", "Border control,", "The law:", "Ad Hoc Group", "2004", "National", "AHEG I", "Online"]
    ),
    st.lists(WORDS, max_size=4).map(" ".join),
    NOUNS,
).map(lambda parts: " ".join(" ".join(parts).split()))
PROSE = st.lists(
    st.sampled_from(
        [
            "Visas were the subject.",
            "How are borders kept open?",
            "Much was said of it; little was written.",
            "Numbers grew in 2004 (and after).",
        ]
    ),
    max_size=3,
).map(" ".join)
REMARKS = st.sampled_from(
    [
        "",
        "",
        "run jointly",
        "main substantive input",
        "with others",
        "represented by Australia and the US",
        "By (its) A",
    ]
)
PLACES = [
    ("", ""),
    ("", "FJ"),
    ("", "KR"),
    ("Bangkok", "TH"),
    ("Singapore", "SG"),
    ("Port Dickson", "MY"),
    ("Bali", "ID"),
]
PEOPLE = [
    "Australia",
    "Viet Nam",
    "ROK",
    "Iran",
    "UNHCR",
    "IOM",
    "Budapest Process",
    "ROK Justice Ministry",
    "Immigration Control Experts (ICE) team",
    "Indonesian Department of Foreign Affairs",
    "Sri Lankan National Police",
    "United Nations Office on Drugs and Crime",
]
BODIES = ["Ad Hoc Experts' Group I", "Ad Hoc Group", "Steering Group"]


@st.composite
def rows(draw):
    row = row_of(title=draw(TITLES), description=draw(PROSE))
    for column, choices in (
        ("kind", Event.Kind),
        ("status", Event.Status),
        ("format", Event.Format),
        ("scope", Event.Scope),
    ):
        row[column] = draw(st.sampled_from(choices.values))
    row["when"] = draw(st.just("") | partial_dates().map(str))
    row["city"], row["country"] = draw(st.sampled_from(PLACES))
    row["venue"] = draw(st.sampled_from(["", "Grand Hotel", "Queen Sirikit Convention Centre, Hall 2"]))
    row["url"] = draw(st.sampled_from(["", "", "https://example.org/visas_(2004)/?a=_b", "http://example.org"]))
    row["alongside"] = draw(st.sampled_from(["", "UNGIFT Forum", "High Level Dialogue, Part II. In Geneva"]))
    row["bodies"] = "; ".join(sorted(draw(st.sets(st.sampled_from(BODIES), max_size=2))))
    if draw(st.booleans()):
        row["series"] = "Multi Jurisdictional People Smuggling Targeting Workshops"
        row["number_in_series"] = draw(st.sampled_from(["", "1", "3", "21", "112"]))
    for column in draw(st.sets(st.sampled_from(scoring.ROLES), max_size=4)):
        people = draw(st.sets(st.sampled_from(PEOPLE), min_size=1, max_size=4))
        parts = [f"{name} [{remark}]" if (remark := draw(REMARKS)) else name for name in people]
        row[column] = "; ".join(sorted(parts, key=str.casefold))
    return row


def told(row):
    """What is read of a row besides: the bodies that its kind or its title names."""
    bodies = [body for body in row["bodies"].split("; ") if body]
    named = {"Ad Hoc Group": "Ad Hoc Group", "AHEG I ": "Ad Hoc Experts' Group I"}
    bodies += [body for words, body in named.items() if words in f"{row['title']} " and body not in bodies]
    usual = {"ministerial": "Ministers", "senior_officials": "Senior Officials"}.get(row["kind"])
    return row | {"bodies": "; ".join(sorted(bodies, key=str.casefold)) or usual or ""}


@settings(max_examples=settings.default.max_examples * 2)
@given(row=rows())
@example(row=row_of(title="The law: Bangkok", kind="seminar"))
@example(row=row_of(title="The law: Bangkok", kind="seminar", country="KR"))
@example(row=row_of(title="Visas, May 2004", when="2002", country="KR"))
@example(row=row_of(title="Visas: Bangkok", kind="seminar", when="2004", city="Bali", country="ID"))
def test_any_row_is_composed_and_read_back_the_same(row, known, names):
    text = house_form(row, names)
    (entry,) = read_back([text], known)
    assert cells(entry.row) == cells(told(row)), text


@given(
    row=rows(),
    outcomes=st.lists(
        st.tuples(
            st.sampled_from(Outcome.Kind.values),
            st.sampled_from(
                ["Visas are to be shared", "It was agreed. It will be hosted by Fiji.", "A handbook (draft)"]
            ),
        ),
        max_size=3,
    ),
    kind=st.sampled_from(EventLink.Kind.values),
)
def test_outcomes_and_links_are_composed_and_read_back_the_same(row, outcomes, kind, known, names):
    other = row_of(title="“First” talks. Hosted by Fiji", when="2001-03", kind="meeting")
    texts = [house_form(other, names), house_form(row, names, outcomes, [(kind, other["title"], other["when"])])]
    first, entry = read_back(texts, known)
    assert cells(first.row) == cells(other)
    assert cells(entry.row) == cells(told(row)), texts
    assert [(each.kind, ended(each.text)) for each in entry.outcomes] == [
        (kind, ended(text)) for kind, text in outcomes
    ]
    assert [(each.kind, each.target) for each in entry.links] == [(kind, first)]


# --- What is said outright --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prose", "column", "cell"),
    [
        ("Venue: Grand Hotel.", "venue", "Grand Hotel"),
        ("Venue: “Hall 2. North wing”.", "venue", "Hall 2. North wing"),
        ("Third in the series “Visas”.", "number_in_series", "3"),
        ("In the series “Visas”.", "number_in_series", ""),
        ("In the series “Visas.", "series", ""),
        ("In the margins of “Forum on ports. Part two”.", "alongside", "Forum on ports. Part two"),
        ("In the margins of “Forum.", "venue", ""),
        ("Reviews “Talks.", "venue", ""),
        ("Agreement: “ ”.", "description", ""),
        ("Hosted by UNHCR [for the first time].", "hosts", "UNHCR [for the first time]"),
        ("Hosted by UNHCR (which paid for it) and IOM.", "hosts", "IOM; UNHCR [which paid for it]"),
        ("Hosted by Thailand (main substantive input from UNHCR).", "contributors", "UNHCR [main substantive input]"),
    ],
)
def test_statements_are_read_outright(prose, column, cell, entry_of):
    assert entry_of(f"May 2004: Workshop on visas, Bangkok. {prose}").row[column] == cell


def test_an_aside_says_kind_scope_format_and_status(entry_of):
    row = entry_of("May 2004: Visas (sub-regional seminar, online, postponed), Bangkok.").row
    assert [row[column] for column in ("title", "kind", "scope", "format", "status")] == [
        "Visas",
        "seminar",
        "sub_regional",
        "online",
        "postponed",
    ]
    assert entry_of("May 2004: Visas (for beginners), Bangkok.").row["kind"] == "workshop"


def test_a_link_with_a_date_that_is_none_is_found_by_its_title(known):
    entries = read_back(["Talks on visas (meeting).", "2004: Workshop. Reviews “Talks on visas” (soon)."], known)
    assert [(link.kind, link.target) for link in entries[1].links] == [("reviews", entries[0])]
