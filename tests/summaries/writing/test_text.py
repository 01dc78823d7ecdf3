"""Plain text."""

from summaries.writing import text

from .. import printing

EXPECTED = """Bali Process
Summary of activities

• February 2002: First Regional Ministerial Conference, Bali.

Activities since Bali I

(There were also two meetings of senior officials.)

• Establishment of a website. It holds documents.
• May 2004: Workshop on return, Perth. Agreed.
"""


def test_a_paragraph_is_a_line_and_an_entry_has_a_bullet():
    assert text.write(printing.SOURCE).decode() == EXPECTED
