"""A list of participants in prose is read as the known names that it holds."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from participants.mentions import found_in_prose, mentions
from records.folding import fold


class Known:
    """A known name, as the directory has it."""

    def __init__(self, text, kind="other"):
        self.text = text
        self.kind = kind


class Names:
    """A directory of these names; those of two capital letters are codes."""

    def __init__(self, *texts):
        self.entries = {
            fold(text): Known(text, "code" if len(text) == 2 and text.isupper() else "other") for text in texts
        }

    def entry(self, text):
        return self.entries.get(fold(text))


COUNTRIES = ["Australia", "ROK", "Viet Nam", "IOM", "Fiji", "Lao PDR", "Netherlands", "IN"]
IMMIGRATION = "Department of Immigration, Multicultural and Indigenous Affairs"
JUSTICE = "Ministry of Justice and Human Rights"


def read(text, *more):
    """What a list names: the known names, and in brackets what is not known."""
    found = mentions(text, found_in_prose(Names(*COUNTRIES, *more)))
    return [mention.text if mention.entry else f"({mention.text})" for mention in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Australia, ROK, Viet Nam and IOM", ["Australia", "ROK", "Viet Nam", "IOM"]),
        ("Australia, ROK, and IOM.", ["Australia", "ROK", "IOM"]),
        ("AUSTRALIA;ROK\r\nviet-nam & iom", ["Australia", "ROK", "Viet Nam", "IOM"]),
        ("• Fiji\n• Lao P.D.R.\n", ["Fiji", "Lao PDR"]),
        ("the Netherlands and The Fiji", ["Netherlands", "Fiji"]),
        ("Fiji, Brunai and IOM", ["Fiji", "(Brunai)", "IOM"]),
        ("Fiji, Fiji", ["Fiji", "Fiji"]),
        ("the\nFiji", ["(the)", "Fiji"]),
        ("in, Fiji", ["(in)", "Fiji"]),
        ("Thailand", ["(Thailand)"]),
        (" , and ; ", []),
        ("", []),
    ],
)
def test_names_are_told_apart(text, found):
    assert read(text) == found


@pytest.mark.parametrize("name", [IMMIGRATION, JUSTICE, "Trade &", "And Sons", "A, B and C"])
def test_a_name_that_holds_a_separator_is_one(name):
    assert read(f"Fiji, {name} and IOM", name) == ["Fiji", name, "IOM"]
    assert read(f"{name}\nFiji", name) == [name, "Fiji"]


def test_the_longest_known_name_wins():
    assert read(f"{JUSTICE}, Fiji", JUSTICE, "Ministry of Justice", "Human Rights") == [JUSTICE, "Fiji"]


def test_a_long_list_is_read_in_few_steps_for_each_of_its_names():
    asked = []
    mentions(", ".join(f"Unknown {number}" for number in range(500)), asked.append)
    assert len(asked) < 500 * 100


def test_names_beside_each_other_are_not_one_that_is_spelt_alike():
    assert read("Viet, Nam", "Viet", "Nam") == ["Viet", "Nam"]


WORDS = st.lists(
    st.sampled_from(["Ministry", "of", "Justice", "Human", "Rights", "the", "Sand", "สิทธิ"]), min_size=1, max_size=4
)
JOINTS = st.sampled_from([" ", ", ", " and ", " & "])
NAMES = st.builds(lambda joint, words: joint.join(words), JOINTS, WORDS)
SEPARATORS = st.sampled_from([", ", "; ", "\n", " and ", " & ", ", and ", ","])


@given(known=st.lists(NAMES, min_size=1, max_size=8, unique_by=fold), data=st.data())
def test_any_list_of_known_names_resolves_to_them(known, data):
    chosen = data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=6))
    text = chosen[0]
    for name in chosen[1:]:
        text += data.draw(SEPARATORS) + name
    # Where several in a row are a known name as well, nobody can tell.
    folded = {fold(name) for name in known}
    runs = {fold(text) for text in chosen} | {
        fold(joint.join(chosen[start:end]))
        for start in range(len(chosen))
        for end in range(start + 2, len(chosen) + 1)
        for joint in (" ", " and ")
    }
    assume(not (runs - {fold(name) for name in chosen}) & folded)
    assume(not any(longer.startswith(fold(name)) and longer != fold(name) for name in chosen for longer in folded))
    found = mentions(text, found_in_prose(Names(*known)))
    assert [fold(mention.text) for mention in found] == [fold(name) for name in chosen]
