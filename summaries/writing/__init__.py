"""Writes what is printed of an edition (`summaries.printed`): a module a format, each with `write(printed)`."""

from typing import NamedTuple

from . import csv, html, pdf, text, word


class Format(NamedTuple):
    """`name` is what people call it; `write` makes the bytes of a file of what is printed."""

    name: str
    media_type: str
    write: callable


FORMATS = {
    "txt": Format("plain text", "text/plain; charset=utf-8", text.write),
    "html": Format("web page", "text/html; charset=utf-8", html.write),
    "docx": Format("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", word.write),
    "pdf": Format("PDF", "application/pdf", pdf.write),
    "csv": Format("CSV of its entries", "text/csv; charset=utf-8", csv.write),
}
