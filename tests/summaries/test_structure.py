"""Where entries begin and end is told by many forms: bullets, dates, tables, headings, layout."""

import pytest

from summaries.reading import read

TABLE = """Report

| Date | Activity | Venue | City | Country | Organised by | Participants | Remarks |
| ---- | :------- | ----- | ---- | ------- | ------------ | ------------ | ------- |
| 3–5 May 2019 | Workshop on visas | Hall 2 | Jakarta | Indonesia | IOM and UNHCR | Nepal | Chaired by Fiji. |
| soon | Border seminar | | | Pakistan | | 25 | It was agreed to meet again. |
| 12.–13. June 2019 | Guide to returns |
"""


def rows(text, knowledge, *columns):
    return [tuple(entry.row[column] for column in columns) for entry in read(text, knowledge).entries]


def test_the_head_of_a_table_says_what_its_columns_hold(knowledge):
    columns = ("when", "title", "venue", "city", "country", "organisers", "attendees", "chairs")
    assert rows(TABLE, knowledge, *columns) == [
        ("2019-05-03/2019-05-05", "Workshop on visas", "Hall 2", "Jakarta", "ID", "IOM; UNHCR", "Nepal", "Fiji"),
        ("", "Border seminar", "", "", "PK", "", "", ""),
        ("2019-06-12/2019-06-13", "Guide to returns", "", "", "", "", "", ""),
    ]
    (outcome,) = read(TABLE, knowledge).entries[1].outcomes
    assert outcome.text == "It was agreed to meet again."


def test_a_table_whose_head_says_nothing_known_is_read_by_what_stands_in_it(knowledge):
    text = "Report\n\nOne | Two | Three\n\n• 4 May 2019 | Workshop on visas | Bangkok\n"
    assert rows(text, knowledge, "when", "title", "city") == [("2019-05-04", "Workshop on visas", "Bangkok")]


PARAGRAPHS = """Forum

A. Meetings

The first meeting of the Forum took place in Kathmandu, Nepal, on the
3rd and 4th of February 2014. Nepal presided.

Second meeting of the Forum. Thimphu, Bhutan, 9-11 February 2016. India
presided.

The meeting of officials was long.

Table-top exercise on dams; Chengdu, China; 21 June 2017. It brought
together China and Nepal.

Roll of officers on duty, 2017, kept by Fiji.
"""


def test_a_paragraph_that_opens_with_an_activity_and_its_date_is_an_entry(knowledge):
    assert rows(PARAGRAPHS, knowledge, "when", "title", "city", "chairs", "attendees") == [
        ("2014-02-03/2014-02-04", "First meeting of the Forum", "Kathmandu", "Nepal", ""),
        ("2016-02-09/2016-02-11", "Second meeting of the Forum", "Thimphu", "India", ""),
        ("2017-06-21", "Table-top exercise on dams", "Chengdu", "", "China; Nepal"),
        ("2017", "Roll of officers on duty", "", "", ""),
    ]


HEADED = """# Forum

Report 2021/2022

## Meetings, January 2021 to December 2022

### Ninth meeting (Hobart, Australia, 7–9 December 2021)

Chile chaired. The Forum agreed on:

- a list
- a budget

### Workshop on ships, 1 March 2022 (virtual)

## Others

- May 2022: Course on ships, Bali.
"""


def test_a_heading_that_tells_of_one_activity_begins_its_entry(knowledge):
    document = read(HEADED, knowledge, {HEADED.index("## "): "heading"})
    assert [section.heading for section in document.sections if section.entries] == [
        "Meetings, January 2021 to December 2022",
        "Others",
    ]
    assert rows(HEADED, knowledge, "when", "title", "city", "chairs", "format") == [
        ("2021-12-07/2021-12-09", "Ninth meeting", "Hobart", "Chile", ""),
        ("2022-03-01", "Workshop on ships", "", "", "online"),
        ("2022-05", "Course on ships", "Bali", "", ""),
    ]
    assert "a budget" in document.entries[0].text


HANGING = """NETWORK OF OFFICERS

2017

15-17 March   Lima, Peru
              Founding conference of the Network, at which many were present who had come from far. It
              was chaired by Peru.

22 June  Online
         First meeting of the Committee.

28 July\tLaunch of the platform for messages, developed by Fiji.
"""


def test_a_date_may_hang_beside_its_text(knowledge):
    assert rows(HANGING, knowledge, "when", "title", "city", "format") == [
        ("2017-03-15/2017-03-17", "Founding conference of the Network", "Lima", ""),
        ("2017-06-22", "First meeting of the Committee", "", "online"),
        ("2017-07-28", "Launch of the platform for messages", "", ""),
    ]


NUMBERED = """Report

1. What we did

a) Meeting on farms, Bali, May 2015.

b) Visit to farms, June 2015.

2. What we published

a) Posters on farms, July 2015.
"""


def test_numbers_before_headings_are_no_bullets(knowledge):
    document = read(NUMBERED, knowledge)
    assert [(section.heading, len(section.entries)) for section in document.sections] == [
        ("1. What we did", 2),
        ("2. What we published", 1),
    ]
    assert [entry.row["kind"] for entry in document.entries] == ["meeting", "other", "milestone"]


def test_what_introduces_a_list_is_a_note(knowledge):
    text = "Report\n\nMeetings\n\nIn 2013 the chiefs met often.\n\n• May 2013: Meeting of chiefs, Bali.\n"
    document = read(text, knowledge, {text.index("Meetings"): "heading", text.index("•"): "item"})
    assert [section.note for section in document.sections] == ["In 2013 the chiefs met often."]
    assert len(document.entries) == 1


@pytest.mark.parametrize("break_", ["\n\n", "\n"])
def test_lines_that_were_begun_anew_are_entries(break_, knowledge):
    lines = ["Workshop on visas, Bali, May 2015.", "Workshop on borders, Bali, June 2015."]
    text = f"Report\n\n{break_.join(lines)}\n"
    assert len(read(text, knowledge, {text.index(line): "line" for line in lines}).entries) == 2
