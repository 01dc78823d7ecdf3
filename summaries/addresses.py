"""Addresses on the web, where one stands in an entry: that of the activity, or of what came of it."""

import re

ADDRESS = re.compile(r"(?<![\w@./-])(?:https?://|www\.)[^\s<>\"“”«»|\0\[\]{}\\^`]{4,190}", re.IGNORECASE)
HOST = re.compile(r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?::[0-9]{1,5})?(?=[/?#]|$)", re.IGNORECASE)
CLOSING = ".,;:!?’'*_"


def read_address(reading):
    """Fill `url` with the first address of an entry, and leave all of them out of the words for all that reads after.

    They are sought in the words as they stand in the document, where Markdown may have them behind others.
    """
    entry = reading.entry
    for match in ADDRESS.finditer(entry.text):
        address = trimmed(match[0])
        whole = address if "://" in address else f"https://{address}"
        if HOST.match(whole):
            start = entry.span[0] + match.start()
            entry.put("url", whole, (start, start + len(address)))
    for match in ADDRESS.finditer(reading.words):
        reading.leave_out(match.start(), match.start() + len(trimmed(match[0])))


def trimmed(address):
    """An address without what ends the sentence or closes the brackets in which it stands."""
    while address[-1] in CLOSING or (address[-1] == ")" and address.count("(") < address.count(")")):
        address = address[:-1]
    return address
