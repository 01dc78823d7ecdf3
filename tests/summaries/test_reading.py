"""What an entry says is read into the columns of its row, and what each column was read from is kept."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.resources import EventResource
from summaries.knowledge import KnownEvent, KnownPlace
from summaries.reading import read

from . import scoring

SOURCE = pytest.mark.skipif(
    not scoring.SOURCE_TEXT.exists(), reason="the text of the Summary of Activities is not beside the project"
)
STATED_OF_SOURCE = ("kind", "when", "bodies", "city", "country", "coordinators")


def cells(entry, *columns):
    return tuple(entry.row[column] for column in columns)


def quoted(document, entry, column):
    """The words that a column was read from."""
    start, end = entry.fields[column].span
    return document.text[start:end]


# --- Whole documents --------------------------------------------------------------------------------------------------


@SOURCE
def test_the_summary_of_2002_to_2009_is_read_as_it_was_entered_by_hand(knowledge):
    document = read(scoring.SOURCE_TEXT.read_text(encoding="utf-8"), knowledge)
    scores = scoring.scores(document, scoring.expected_of_source(), knowledge)
    assert [len(section.entries) for section in document.sections] == [3, 7, 27]
    assert [section.heading for section in document.sections] == scoring.expected_of_source()["headings"]
    assert {
        column: score.misses for column, score in scores.items() if score.misses and column in STATED_OF_SOURCE
    } == {}
    others = [score for column, score in scores.items() if column not in STATED_OF_SOURCE]
    assert sum(score.right for score in others) >= 0.95 * sum(score.stated for score in others)
    assert [score.misses for score in others if score.invented] == []
    assert document.unread == []


@pytest.mark.parametrize(
    "path", scoring.documents(unseen=False) + scoring.documents(unseen=True), ids=lambda path: path.name
)
def test_documents_of_other_forms_are_read_well(path, knowledge):
    document, expected = scoring.read_file(path, knowledge), scoring.expected_of(path)
    scores = scoring.scores(document, expected, knowledge)
    assert [section.heading for section in document.sections if section.entries] == expected["headings"]
    assert len(document.entries) == len(expected["entries"])
    assert sum(score.right for score in scores.values()) >= 0.9 * sum(score.stated for score in scores.values())
    assert sum(score.invented for score in scores.values()) <= 0.03 * sum(score.blank for score in scores.values())


def test_the_json_has_the_agreed_form(knowledge):
    text = "Summary\n\nActivities since Bali I\n(Two meetings are left out.)\n"
    text += "• May 2004: Targeting workshop, Bangkok. Ministers agreed to meet.\n"
    found = read(text, knowledge).as_json()
    assert list(found) == ["title", "text", "edition", "sections", "unread"]
    assert (found["title"], found["text"], found["edition"], found["unread"]) == ("Summary", text, None, [])
    (section,) = found["sections"]
    assert list(section) == ["heading", "note", "span", "entries"]
    assert (section["heading"], section["note"]) == ("Activities since Bali I", "(Two meetings are left out.)")
    (entry,) = section["entries"]
    assert list(entry) == ["row", "text", "span", "fields", "outcomes", "links", "figures", "documents", "doubts"]
    assert list(entry["row"]) == list(EventResource.declared)
    start, outcome = text.index("May 2004"), text.index("Ministers")
    assert entry["fields"]["when"] == {"span": [start, start + 8], "inferred": False}
    assert entry["outcomes"] == [
        {"kind": "agreement", "text": "Ministers agreed to meet.", "span": [outcome, outcome + 25]}
    ]


# --- Where words stand ------------------------------------------------------------------------------------------------


def test_each_column_keeps_the_words_it_was_read_from(knowledge):
    text = "• September 2003:  AHEG I   awareness\nworkshop, Seoul. Hosted by  ROK Justice\nMinistry and IOM.\n"
    document = read(text, knowledge)
    (entry,) = document.entries
    assert entry.row["hosts"] == "IOM; ROK Justice Ministry"
    assert {column: quoted(document, entry, column) for column in ("when", "title", "city", "bodies", "hosts")} == {
        "when": "September 2003",
        "title": "AHEG I   awareness\nworkshop",
        "city": "Seoul",
        "bodies": "AHEG I",
        "hosts": "ROK Justice\nMinistry and IOM",
    }


def test_what_is_not_stated_says_so(entry_of):
    entry = entry_of("May 2004: Targeting, Bangkok. The workshop was for police.")
    assert {column for column, field in entry.fields.items() if field.inferred} == {"kind", "country"}


PIECES = [
    "•",
    "-",
    "1.",
    "o",
    "May 2004",
    ":",
    "On 3 May 2004",
    "Workshop on visas,",
    "Bangkok",
    "Thailand.",
    "(",
    ")",
    "\n",
]
PIECES += [
    "\n\n",
    "  ",
    "\t",
    "# ",
    "**",
    "hosted by",
    "IOM and UNHCR",
    "Activities since Bali I",
    "They agreed to",
    "2004",
    "|",
]
PIECES += [
    "second in a series of such",
    "Justice and Labour ministries",
    "…",
    "ﷺ",
    "สิทธิ",
    "\r\n",
    "\x0c",
    "\u2028",
    "-\n",
    "[a](b)",
    "### Course, 4 May 2004\n",
    "Date | Activity | Place\n",
    "4 May 2004   Lima, Peru\n",
    "See www.example.org.",
    "It was agreed to",
    "1. Meetings\n\n",
]
TEXTS = (
    st.text(max_size=200)
    | st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)
    | st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
)


@given(text=TEXTS)
def test_no_character_of_any_text_is_lost(text, knowledge):
    document = read(text, knowledge)
    taken = sorted([*document.spans, *document.unread])
    kept = "".join(text[start:end] for start, end in taken)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(start < end for start, end in taken)


@given(text=TEXTS)
def test_every_span_lies_in_its_entry(text, knowledge):
    for entry in read(text, knowledge).entries:
        start, end = entry.span
        assert text[start:end] == entry.text
        spans = [field.span for field in entry.fields.values() if not field.inferred]
        spans += [each.span for each in [*entry.outcomes, *entry.links, *entry.figures, *entry.documents]]
        assert all(start <= first < last <= end for first, last in spans)


@given(text=TEXTS)
def test_whatever_is_read_can_stand_in_cells(text, knowledge):
    from events.resources.role import role_parts

    for entry in read(text, knowledge).entries:
        assert "\0" not in "".join([*entry.row.values(), *(outcome.text for outcome in entry.outcomes), *entry.doubts])
        assert entry.row["title"].strip()
        assert entry.row["kind"]
        for column in scoring.ROLES:
            assert all(name and "[" not in name for name, _remark in role_parts(entry.row[column]))


HOSTILE = (
    "hosted by Australia and ",
    "Ministry of Justice, ",
    "(",
    "agreed. ",
    "1 May 2004 - ",
    "• ",
    "a-\n",
    "seven countries ",
    "See https://example.org/a. ",
    "Venue: Hall. ",
    "| ",
    "x: ",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_is_read_in_time_that_grows_with_its_length(piece, knowledge):
    started = time.process_time()
    read("• May 2004: Workshop, Bali. " + piece * (30_000 // len(piece)), knowledge)
    assert time.process_time() - started < 4


# --- Dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("September 2002:", "2002-09"),
        ("Sept. 2002 –", "2002-09"),
        ("2002, 14–16 Nov.:", "2002-11-14/2002-11-16"),
        ("31.1.–2.2.2014:", "2014-01-31/2014-02-02"),
        ("First week of June 2013:", "2013-06"),
        ("Week of 3 June 2013:", "2013-06-03~"),
        ("Sat. 3 and Sun. 4 March 2018:", "2018-03-03/2018-03-04"),
        ("2nd quarter 2013:", "2013-04/2013-06"),
        ("SEPTEMBER 2002:", "2002-09"),
        ("Septemb. 2002:", "2002-09"),
        ("4–5 May 2011:", "2011-05-04/2011-05-05"),
        ("4 - 5 May, 2011 -", "2011-05-04/2011-05-05"),
        ("4th and 5th of May 2011:", "2011-05-04/2011-05-05"),
        ("May 4-5, 2011:", "2011-05-04/2011-05-05"),
        ("30 April to 2 May 2011:", "2011-04-30/2011-05-02"),
        ("30 December 2010 – 2 January 2011:", "2010-12-30/2011-01-02"),
        ("June/July 2011:", "2011-06/2011-07"),
        ("2011:", "2011"),
        ("2011–2012:", "2011/2012"),
        ("spring 2004:", "2004-21"),
        ("Mid-2004:", "2004~"),
        ("Late 2004:", "2004~"),
        ("End of May 2004:", "2004-05~"),
        ("First half of 2004:", "2004~"),
        ("Q2 2004:", "2004-04/2004-06"),
        ("possibly May 2004:", "2004-05?"),
        ("2011-05-04:", "2011-05-04"),
        ("24/05/2011:", "2011-05-24"),
        ("15 Nov 07:", "2007-11-15"),
        ("Nov ’07:", "2007-11"),
        ("4-V-2011:", "2011-05-04"),
        ("04.05.2011:", "2011-05-04"),
        ("10.05.2011 – 12.05.2011:", "2011-05-10/2011-05-12"),
        ("4.–5. May 2011:", "2011-05-04/2011-05-05"),
        ("Tuesday 3 to Thursday 5 May 2011:", "2011-05-03/2011-05-05"),
        ("On 4 May 2011,", "2011-05-04"),
        ("Undated:", ""),
    ],
)
def test_dates_are_read_as_people_write_them(written, when, entry_of):
    entry = entry_of(f"{written} Workshop on visas, Bangkok.")
    assert cells(entry, "when", "title", "city") == (when, "Workshop on visas", "Bangkok")


@pytest.mark.parametrize(
    "text",
    [
        "Workshop on visas, Bangkok, 4–5 May 2011.",
        "Workshop on visas (Bangkok, 4–5 May 2011)",
        "Workshop on visas (4–5 May 2011), Bangkok. It was about visas.",
        "Bangkok, 4–5 May 2011: Workshop on visas",
        "Bangkok, Thailand, 4–5 May 2011: Workshop on visas",
        "Workshop on visas, Thailand (Bangkok), 4–5 May 2011",
        "Workshop on visas. Date: 4–5 May 2011. Place: Bangkok.",
        "At the invitation of Japan, a workshop on visas was held in Bangkok on 4–5 May 2011.",
        "Japan and Fiji co-hosted a workshop on visas in Bangkok, Thailand, from 4 to 5 May 2011.",
        "4–5 May 2011, Bangkok: Workshop on visas",
        "4–5 May 2011 (Bangkok): Workshop on visas",
        "On 4–5 May 2011 a workshop on visas was held in Bangkok.",
        "4–5 May 2011 | Workshop on visas | Bangkok",
        "A workshop on visas took place in Bangkok from 4 to 5 May 2011.",
        "Workshop on visas: Bangkok, from 4 to 5 May 2011.",
        "Workshop on visas: 4 – 5 May 2011, Bangkok, Thailand.",
        "Workshop on visas. Bangkok, 4–5 May 2011. It was about visas.",
        "Workshop on visas, planned for 4–5 May 2011 in Bangkok.",
        "Workshop on visas, set for 4–5 May 2011, Bangkok, by video conference.",
        "| 4–5 May 2011 | Workshop on visas | Bangkok",
    ],
)
def test_date_title_and_place_come_in_any_order(text, entry_of):
    assert cells(entry_of(text), "when", "title", "city", "country") == (
        "2011-05-04/2011-05-05",
        "Workshop on visas",
        "Bangkok",
        "TH",
    )


@pytest.mark.parametrize("heading", ["Forum\n\n2017", "Report on 2017", "Report on 2016\n\nActivities in 2017"])
def test_a_date_without_a_year_takes_that_of_its_heading_or_title(heading, knowledge):
    document = read(f"{heading}\n\n• 6–7 March: Meeting, Bangkok.\n", knowledge)
    (entry,) = document.entries
    assert entry.row["when"] == "2017-03-06/2017-03-07"
    assert entry.fields["when"].inferred


def test_a_date_that_may_be_two_is_a_doubt(entry_of):
    entry = entry_of("03/04/2005: Workshop on visas, Bangkok.")
    assert cells(entry, "when", "title") == ("", "Workshop on visas")
    assert "3 April 2005 or 4 March 2005" in entry.doubts[0]


# --- Title, kind and place --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Fourth Ministerial Conference", "ministerial"),
        ("Senior Officials’ Meeting", "senior_officials"),
        ("Strategy seminar on visas", "seminar"),
        ("Training on visas", "training"),
        ("Meeting on the training of judges", "meeting"),
        ("Guide on visas workshop", "workshop"),
        ("Launch of the training website", "milestone"),
        ("Training manual on visas", "milestone"),
        ("Visas and borders. The seminar was for judges", "seminar"),
        ("Study visit to the border", "other"),
        ("Opening conference", "meeting"),
        ("Training for the users of the catalogue", "training"),
        ("Ministers’ Meeting on fish", "ministerial"),
        ("Fisheries Ministers’ Meeting", "ministerial"),
        ("Train-the-trainer programme", "training"),
    ],
)
def test_the_kind_is_read_from_the_title_else_from_the_prose(text, kind, entry_of):
    assert entry_of(f"May 2004: {text}.").row["kind"] == kind


def test_an_entry_that_names_no_kind_is_a_workshop_with_a_doubt(entry_of):
    entry = entry_of("May 2004: Visas and borders, Bangkok.")
    assert entry.row["kind"] == "workshop"
    assert entry.fields["kind"].inferred
    assert any(doubt.startswith("kind:") for doubt in entry.doubts)


def test_among_workshops_an_entry_with_date_and_place_that_names_no_kind_is_one_without_doubt(knowledge):
    text = "• May 2004: Workshop on visas, Seoul.\n• June 2004: Visas and borders, Bangkok.\n• Borders and visas."
    _stated, placed, bare = read(text, knowledge).entries
    assert (placed.row["kind"], placed.fields["kind"].inferred, placed.doubts) == ("workshop", True, [])
    assert any(doubt.startswith("kind:") for doubt in bare.doubts)


@pytest.mark.parametrize(
    ("written", "city", "country"),
    [
        ("Bangkok", "Bangkok", "TH"),
        ("Bangkok, Thailand", "Bangkok", "TH"),
        ("Seoul, Korea", "Seoul", "KR"),
        ("Fiji", "", "FJ"),
        ("Macau SAR", "Macau", "MO"),
        ("Singapore", "Singapore", "SG"),
        ("Hong Kong", "Hong Kong", "HK"),
        ("Nuku’alofa, Tonga", "Nuku’alofa", "TO"),
        ("Manila, the Philippines", "Manila", "PH"),
        ("Astana", "Astana", ""),
    ],
)
def test_places_are_known_by_any_name(written, city, country, entry_of):
    entry = entry_of(f"May 2004: Workshop on visas, {written}. It was about visas.")
    assert cells(entry, "title", "city", "country") == ("Workshop on visas", city, country)


def test_a_place_may_stand_before_the_date_of_a_clause(entry_of):
    entry = entry_of("Manual on visas, issued in Lima, Peru, in June 2016. It is long.")
    assert cells(entry, "title", "when", "city", "country") == ("Manual on visas", "2016-06", "Lima", "PE")


def test_a_place_may_be_a_sentence_of_its_own(entry_of):
    entry = entry_of("May 2016: Course on visas. Lima, Peru. Peru was pleased.")
    assert cells(entry, "title", "city", "country", "description") == (
        "Course on visas",
        "Lima",
        "PE",
        "Peru was pleased.",
    )


def test_a_segment_between_date_and_place_is_a_venue(entry_of):
    entry = entry_of("Course on visas: 3 – 5 May 2016, Regional Training Centre, Lima, Peru.")
    assert cells(entry, "title", "venue", "city") == ("Course on visas", "Regional Training Centre", "Lima")


def test_a_city_that_nothing_knows_is_kept_with_a_doubt(entry_of):
    (doubt,) = entry_of("May 2004: Workshop on visas, Astana.").doubts
    assert "“Astana”" in doubt


def test_a_city_of_two_countries_needs_a_person(knowledge):
    other = scoring.starting_knowledge()
    other.places["perth"] = [KnownPlace("Perth", "AU"), KnownPlace("Perth", "GB")]
    (entry,) = read("• May 2004: Workshop on visas, Perth.", other).entries
    assert cells(entry, "city", "country") == ("Perth", "")
    assert "AU, GB" in entry.doubts[0]


def test_a_side_event_says_what_it_was_alongside(entry_of):
    entry = entry_of("May 2004: A forum for all, UN Dialogue on Migration Side Event, New York.")
    assert cells(entry, "kind", "alongside", "city") == ("side_event", "UN Dialogue on Migration", "New York")
    entry = entry_of("May 2004: Smuggling by sea, side event at the Global Forum on Migration, Manila.")
    assert cells(entry, "title", "alongside", "city") == ("Smuggling by sea", "Global Forum on Migration", "Manila")


def test_scope_format_and_status_are_read_where_they_are_stated(entry_of):
    entry = entry_of("May 2004: National workshop on visas, Bali. It was held online, and was postponed to June.")
    assert cells(entry, "scope", "format", "status") == ("national", "online", "postponed")
    entry = entry_of("May 2004: Workshop on a national plan of action and electronic visas, Bali.")
    assert cells(entry, "scope", "format", "status") == ("", "", "")


@pytest.mark.parametrize(
    ("prose", "status"),
    [
        ("planned for June in Suva; postponed at the wish of members", "postponed"),
        ("It was put off", "postponed"),
        ("Bangkok. Called off", "cancelled"),
        ("It had to be cancelled", "cancelled"),
    ],
)
def test_of_several_statuses_the_one_that_came_of_it_counts(prose, status, entry_of):
    assert entry_of(f"May 2004: Workshop on visas, {prose}.").row["status"] == status


def test_an_entry_may_begin_with_the_gathering_beside_which_it_was(entry_of):
    entry = entry_of("In the margins of the World Assembly in Lima, Peru (4 May 2011), a meeting of chiefs was held.")
    assert cells(entry, "title", "kind", "alongside", "when", "city", "country") == (
        "Meeting of chiefs",
        "meeting",
        "World Assembly",
        "2011-05-04",
        "Lima",
        "PE",
    )


@pytest.mark.parametrize(
    ("prose", "address"),
    [
        ("See https://example.org/a_(b)/_c.", "https://example.org/a_(b)/_c"),
        ("It is available at www.example.org/visas; read it", "https://www.example.org/visas"),
        ("The text (alert.example.org) is long", "https://alert.example.org"),
        ("Write to visas@example.org", ""),
        ("It is on [the web](https://example.org)", ""),
        ("See https://localhost/x or http://", ""),
    ],
)
def test_an_address_on_the_web_is_read(prose, address, entry_of):
    assert entry_of(f"May 2004: Guide to visas. {prose}.").row["url"] == address


def test_words_that_lead_to_an_address_are_no_description(entry_of):
    assert entry_of("May 2004: Guide to visas. See https://example.org.").row["description"] == ""


def test_a_body_before_the_title_is_not_part_of_it(entry_of):
    entry = entry_of("May 2004: AHEG II targeting workshop, Bangkok.")
    assert cells(entry, "title", "bodies") == ("Targeting workshop", "Ad Hoc Experts' Group II")


# --- Roles ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prose", "column", "cell"),
    [
        ("Co-chaired by Australia and Indonesia", "co_chairs", "Australia; Indonesia"),
        ("Chaired jointly by Australia and Indonesia", "co_chairs", "Australia; Indonesia"),
        ("Under the chairmanship of Thailand, it met twice", "chairs", "Thailand"),
        ("Hosted by the Government of Viet Nam", "hosts", "Viet Nam"),
        ("At the invitation of the Kingdom of Thailand", "hosts", "Kingdom of Thailand"),
        ("Run jointly by IOM and UNHCR", "organisers", "IOM [run jointly]; UNHCR [run jointly]"),
        ("Convened by Nepal", "organisers", "Nepal"),
        ("Under the auspices of UNODC", "organisers", "UNODC"),
        ("By invitation of Nepal", "hosts", "Nepal"),
        ("It was opened by Nepal, which also chaired it", "chairs", "Nepal"),
        ("Inputs were given by UNHCR", "contributors", "UNHCR"),
        ("Organised with UNODC", "organisers", "UNODC"),
        ("Main substantive input came from UNHCR", "contributors", "UNHCR [main substantive input]"),
        ("Results were presented by Japan", "contributors", "Japan"),
        ("The training was delivered by ILO", "trainers", "ILO"),
        ("Attended by Nauru, PNG, and Tonga", "attendees", "Nauru; Papua New Guinea; Tonga"),
        ("Delegates from Nauru and Tonga took part", "attendees", "Nauru; Tonga"),
        ("It was attended by ten members and by Japan as an observer", "observers", "Japan"),
        ("France and Sweden came as observers", "observers", "France; Sweden"),
        ("Papua New Guinea hosted the workshop", "hosts", "Papua New Guinea"),
        ("Coordinator: New Zealand", "coordinators", "New Zealand"),
        ("Joint with the Budapest Process", "partners", "Budapest Process"),
        (
            "Hosted by the Royal Thai Police, represented by its academy",
            "hosts",
            "Royal Thai Police [represented by its academy]",
        ),
        (
            "Run by ROK Gender Equality and Justice ministries",
            "organisers",
            "ROK Gender Equality Ministry; ROK Justice Ministry",
        ),
        (
            "Run by the Indonesian and Australian foreign ministries",
            "organisers",
            "Australian Foreign Ministry; Indonesian Foreign Ministry",
        ),
        (
            "Run by the Thai justice and interior ministries",
            "organisers",
            "Thai Interior Ministry; Thai Justice Ministry",
        ),
        ("Hosted by the Department of Labor and Employment", "hosts", "Department of Labor and Employment"),
        ("Hosted by Fiji’s Ministry of Immigration", "hosts", "Fiji’s Ministry of Immigration"),
        ("Hosted by the police of the capital", "hosts", ""),
        ("Ten countries took part", "attendees", ""),
        ("Twenty-two administrations took part", "attendees", ""),
        ("Twenty-two officers from Palau, Nauru and Tonga attended", "attendees", "Nauru; Palau; Tonga"),
        ("Instructors came from Fiji", "trainers", "Fiji"),
        ("It was held with UNODC as lead trainer", "trainers", "UNODC"),
        ("Participants were drawn from Nauru", "attendees", "Nauru"),
        ("Myanmar, presided over by Fiji", "chairs", "Fiji"),
        ("India and Nepal shared the chair", "co_chairs", "India; Nepal"),
        ("WHO and Japan were present as observers", "observers", "Japan; WHO"),
        ("Drawn up by a team of Fiji and Samoa", "contributors", "Fiji; Samoa"),
        ("Hosted by Chile's Agriculture and Livestock Service", "hosts", "Chile's Agriculture and Livestock Service"),
        ("IOM gave the keynote address", "contributors", "IOM"),
        ("It was of use in India", "attendees", ""),
    ],
)
def test_a_phrase_tells_the_role(prose, column, cell, entry_of):
    entry = entry_of(f"May 2004: Workshop on visas, Bangkok. {prose}.")
    filled = {name: entry.row[name] for name in scoring.ROLES if entry.row[name]}
    assert filled == ({column: cell} if cell else {})


def test_a_phrase_may_tell_two_roles(entry_of):
    entry = entry_of("May 2004: Workshop, Bangkok. Hosted and chaired by Thailand, with Nepal and India attending.")
    assert cells(entry, "hosts", "chairs", "attendees") == ("Thailand", "Thailand", "India; Nepal")


def test_the_coordinator_stands_before_the_title(entry_of):
    entry = entry_of("September 2004: Coordinator (Thailand) Best Practices workshop, Macau SAR.")
    assert cells(entry, "coordinators", "title", "city") == ("Thailand", "Best Practices workshop", "Macau")


def test_whoever_nothing_knows_becomes_a_doubt_with_a_proposal(entry_of):
    entry = entry_of(
        "May 2004: Workshop, Bangkok. Hosted by the Malaysian Home Affairs and Foreign Affairs ministries."
    )
    assert entry.row["hosts"] == "Malaysian Foreign Affairs Ministry; Malaysian Home Affairs Ministry"
    assert "a new agency of kind ministry, MY" in entry.doubts[0]


# --- Series, links, outcomes and figures ------------------------------------------------------------------------------


SERIES = """Summary

• May 2004: Smuggling Targeting Workshop, Bangkok.
• December 2004: Smuggling Targeting Meeting, Colombo. Following on from the workshop in Bangkok, it met again.
• December 2007: Smuggling Targeting Workshop, Dhaka. It was the third workshop in a series.
"""


def test_a_third_of_a_series_tells_of_the_two_before(knowledge):
    entries = read(SERIES, knowledge).entries
    assert [cells(entry, "series", "number_in_series") for entry in entries] == [
        ("Smuggling Targeting Workshops", "1"),
        ("Smuggling Targeting Workshops", "2"),
        ("Smuggling Targeting Workshops", "3"),
    ]
    assert [entry.fields["number_in_series"].inferred for entry in entries] == [True, True, False]
    assert [[(link.kind, link.to) for link in entry.links] for entry in entries] == [
        [],
        [("follows", "May 2004: Smuggling Targeting Workshop, Bangkok")],
        [("follows", "December 2004: Smuggling Targeting Meeting, Colombo")],
    ]


def test_a_link_may_lead_to_an_event_of_the_record(knowledge):
    other = scoring.starting_knowledge().without_history()
    other.events = [KnownEvent("E16", "Targeting workshop", "workshop", "2004-05", "Bangkok", "TH")]
    text = "• December 2004: Targeting meeting, Colombo. It was a follow-up to the targeting workshop in Bangkok."
    (link,) = read(text, other).entries[0].links
    assert (link.kind, link.to, link.text) == ("follows", "E16", "a follow-up to the targeting workshop in Bangkok")


@pytest.mark.parametrize(
    ("prose", "kinds"),
    [
        ("Follow-up meeting, Colombo.", ["follows"]),
        ("Meeting on visas, Colombo. As a sequel to the targeting workshop in Bangkok, it met.", ["follows"]),
        ("Meeting on visas, Colombo. It drew on the targeting workshop in Bangkok.", ["follows"]),
        ("Meeting on visas, Colombo.", []),
    ],
)
def test_an_activity_follows_the_one_it_says_or_as_a_follow_up_the_one_before(prose, kinds, knowledge):
    text = f"• May 2004: Targeting workshop, Bangkok.\n• June 2004: {prose}\n"
    first, entry = read(text, knowledge).entries
    assert [(link.kind, link.target) for link in entry.links] == [(kind, first) for kind in kinds]


MINISTERS = """Summary

• February 2003: Senior Officials’ Meeting, Tokyo. Officials made recommendations on returns to Ministers.
• March 2003: Meeting on visas, Tokyo. In preparation for the Second Ministerial Conference.
• April 2003: Second Ministerial Conference, Bali.
• July 2003: Meeting on returns, Bali. Following recommendations from Ministers, the group met.
"""


def test_ministers_are_those_of_the_nearest_conference(knowledge):
    links = [
        [(link.kind, link.target.row["when"]) for link in entry.links] for entry in read(MINISTERS, knowledge).entries
    ]
    assert links == [[("reports_to", "2003-04")], [("prepares", "2003-04")], [], [("follows", "2003-04")]]


@pytest.mark.parametrize(
    ("prose", "kinds"),
    [
        ("Participants agreed to meet again", ["agreement"]),
        ("Ministers recommended a plan", ["recommendation"]),
        ("Ministers noted that progress was slow", ["finding"]),
        ("Ministers noted that it was timely to set up a group", ["recommendation"]),
        ("The meeting decided to open an office", ["decision"]),
        ("Experts found that few had laws", ["finding"]),
        ("They took note of the report and agreed to go on", ["finding", "agreement"]),
        ("Outcomes include agreement on a plan, and support for a network", ["agreement", "agreement"]),
        ("Participants formulated a plan of action", ["product"]),
        ("Heads of delegation signed an accord", ["agreement"]),
        ("It dealt with recommendations that states had made", []),
        ("It was about the laws that parliaments had adopted", []),
        ("The workshop focused on how standards are to be agreed", []),
    ],
)
def test_a_sentence_tells_an_outcome(prose, kinds, entry_of):
    assert [outcome.kind for outcome in entry_of(f"May 2004: Workshop, Bangkok. {prose}.").outcomes] == kinds


def test_figures_are_numbers_of_countries_with_a_status(entry_of):
    entry = entry_of(
        "May 2004: Workshop, Bangkok. It showed: 12 of the 45 countries had made use of the law; twenty-one already "
        "had laws in place; and nine were considering one. Ten participants came."
    )
    assert [(figure.status, figure.count) for figure in entry.figures] == [
        ("in_use", 12),
        ("already_had", 21),
        ("considering", 9),
    ]


@pytest.mark.parametrize(
    ("prose", "documents"),
    [
        ("Participants formulated a Plan of Action, setting out what is to be done", [("plan", "Plan of Action")]),
        ("Ministers issued a joint statement", [("statement", "Joint statement")]),
        (
            "It produced a regional handbook on false documents for officers",
            [("guideline", "Regional handbook on false documents for officers")],
        ),
        (
            "It met, resulting in development after that by Fiji and Tonga of model laws on victims (in courts)",
            [("legislation", "Model laws on victims")],
        ),
        ("Experts drew up guidelines and agreed to meet again", [("guideline", "Guidelines")]),
        ("Participants agreed to develop guidelines", []),
        ("It dealt with guidelines that others had produced", []),
        ("It produced results, and a report was read", []),
        ("It was about the reports that members had published", []),
    ],
)
def test_a_sentence_tells_of_a_document_that_came_of_it(prose, documents, entry_of):
    entry = entry_of(f"May 2004: Workshop, Bangkok. {prose}.")
    assert [(paper.kind, paper.title) for paper in entry.documents] == documents


@SOURCE
def test_the_summary_of_2002_to_2009_tells_of_two_documents(knowledge):
    entries = read(scoring.SOURCE_TEXT.read_text(encoding="utf-8"), knowledge).entries
    assert [(paper.kind, paper.title) for entry in entries for paper in entry.documents] == [
        ("legislation", "Model legislation to criminalize people smuggling and trafficking"),
        ("plan", "Plan of Action"),
    ]


# --- Lists below lists ------------------------------------------------------------------------------------------------


def test_a_list_below_an_entry_tells_of_it(knowledge):
    text = "Summary\n\nActivities since Bali I\n\n• Workshop on visas, Hanoi, Viet Nam, May 2010\n"
    text += "    ◦ Hosted by Viet Nam\n    ◦ Participants agreed to meet\n• Meeting on ports, Suva, Fiji, June 2010\n"
    found = read(text, knowledge)
    workshop, meeting = found.entries
    assert cells(workshop, "title", "hosts") == ("Workshop on visas", "Viet Nam")
    assert [outcome.text for outcome in workshop.outcomes] == ["Participants agreed to meet"]
    assert (meeting.row["title"], found.unread) == ("Meeting on ports", [])


def test_activities_in_a_list_below_a_name_are_entries(knowledge):
    text = "Summary\n\n• Workshops of the year\n    – Workshop on visas, Hanoi, May 2010\n"
    text += "    – Workshop on ports, Suva, June 2010\n"
    titles = [entry.row["title"] for entry in read(text, knowledge).entries]
    assert titles[-2:] == ["Workshop on visas", "Workshop on ports"]
