"""Encodings: which of those that spreadsheets write a file is in."""

import codecs
import re

from .problems import UnreadableFile

BLOCK = 1 << 20
UTF8_SEQUENCE = re.compile(
    rb"[\xC2-\xDF][\x80-\xBF]|\xE0[\xA0-\xBF][\x80-\xBF]|[\xE1-\xEC\xEE\xEF][\x80-\xBF]{2}|\xED[\x80-\x9F][\x80-\xBF]"
    rb"|\xF0[\x90-\xBF][\x80-\xBF]{2}|[\xF1-\xF3][\x80-\xBF]{3}|\xF4[\x80-\x8F][\x80-\xBF]{2}"
)
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def encoding_of(path):
    """Return the encoding of a file: UTF-8 with or without a mark, UTF-16, or Windows-1252.

    Windows-1252 is taken only where not one multi-byte sequence is UTF-8: otherwise the file is broken UTF-8 and is
    refused with UnreadableFile, which says where.
    """
    with open(path, "rb") as file:
        start = file.read(4096)
        encoding = next((name for mark, name in MARKS.items() if start.startswith(mark)), None) or unmarked(start)
        if encoding:
            check(file, encoding)
            return encoding
        try:
            check(file, "utf-8")
            return "utf-8"
        except UnreadableFile:
            if has_utf8(file):
                raise
        check(file, "cp1252")
        return "cp1252"


def unmarked(start):
    """UTF-16 without a mark, told by the zeros in every other byte of the heading, whose letters have no accents."""
    sample = start[:16]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even + odd < 4:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def check(file, encoding):
    """Read the whole of a file. Raises UnreadableFile where it is not in the encoding, or is no text."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    while True:
        block = file.read(BLOCK)
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            name = "UTF-8" if encoding.startswith("utf-8") else "UTF-16" if "16" in encoding else "Windows-1252"
            byte = file.tell() - len(error.object) + error.start + 1  # the decoder may hold bytes of the block before
            raise UnreadableFile(
                f"The file is not sound {name}: byte {byte} fits no character. Save it again as CSV in UTF-8."
            ) from None
        if "\0" in text:
            raise UnreadableFile("The file holds zero bytes, so it is no CSV. Save it again as CSV in UTF-8.")
        if not block:
            return


def has_utf8(file):
    """Whether any multi-byte sequence of a file is UTF-8."""
    file.seek(0)
    tail = b""
    while block := file.read(BLOCK):
        if UTF8_SEQUENCE.search(tail + block):
            return True
        tail = block[-3:]
    return False
