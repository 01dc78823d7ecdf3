"""Writes what is printed of an edition (`summaries.printed`): a module a format, each with `write(printed)`."""

from importlib import import_module
from typing import NamedTuple


class Format(NamedTuple):
    """`name` is what people call it; `module` writes it, and is imported when first needed: Word alone takes 0.1 s."""

    name: str
    media_type: str
    module: str

    def write(self, printed):
        """The bytes of a file of what is printed."""
        return import_module(f".{self.module}", __name__).write(printed)


FORMATS = {
    "txt": Format("plain text", "text/plain; charset=utf-8", "text"),
    "html": Format("web page", "text/html; charset=utf-8", "html"),
    "docx": Format("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "word"),
    "pdf": Format("PDF", "application/pdf", "pdf"),
    "csv": Format("CSV of its entries", "text/csv; charset=utf-8", "csv"),
}
