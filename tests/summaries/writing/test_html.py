"""The web page in one file."""

from summaries.writing import html

from .. import printing


def test_an_entry_leads_to_its_activity_and_nothing_else_is_fetched():
    page = html.write(printing.SOURCE).decode()
    assert (
        '<li>May 2004: <a href="https://record.example/activities/E9/">Workshop on return, Perth</a>. Agreed.</li>'
        in page
    )
    assert "<h2>Activities since Bali I</h2>\n<p>(There" in page
    for absent in ("style=", "<script", "<link", "src=", "url(", "@import"):
        assert absent not in page
