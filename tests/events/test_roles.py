"""Role cells: names as recorded and their remarks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.resources.role import role_parts


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("", []),
        (" ; ;", []),
        ("IOM", [("IOM", "")]),
        ("IOM; Thailand", [("IOM", ""), ("Thailand", "")]),
        ("IOM [with UNHCR]", [("IOM", "with UNHCR")]),
        ("IOM[ with ; UNHCR ] ;Thailand", [("IOM", "with ; UNHCR"), ("Thailand", "")]),
        ("IOM []", [("IOM", "")]),
        ("[alone]", [("", "alone")]),
        ("IOM [open; Thailand", [("IOM [open", ""), ("Thailand", "")]),
        ("IOM [a] b; Thailand", [("IOM [a] b", ""), ("Thailand", "")]),
        ("IOM ]; Thailand", [("IOM ]", ""), ("Thailand", "")]),
        ("IOM [a [b]]", [("IOM [a [b]]", "")]),
    ],
)
def test_a_cell_is_names_and_remarks(cell, parts):
    assert role_parts(cell) == parts


texts = (
    st.text(st.characters(exclude_characters=";[]", exclude_categories=["Cs"]), min_size=1).map(str.strip).filter(bool)
)
remarks = st.text(st.characters(exclude_characters="[]", exclude_categories=["Cs"])).map(str.strip)


@given(st.lists(st.tuples(texts, remarks)))
def test_what_is_written_is_read_again(parts):
    cell = "; ".join(f"{name} [{remark}]" if remark else name for name, remark in parts)
    assert role_parts(cell) == parts


@given(st.text(";[] ab", max_size=30))
def test_no_name_that_can_be_known_comes_of_brackets_astray(cell):
    for name, remark in role_parts(cell):
        assert not (remark and ("[" in name or "]" in name))
        assert "[" not in remark
        assert "]" not in remark
