"""Names: what a file may be called when somebody takes it away."""

import re
import unicodedata

from django.utils.text import capfirst

from records.folding import one_line

from .kinds import SUFFIXES

# Joiners that words of some scripts need; other characters that nobody sees turn words round or hide them.
NEEDED = "\u200c\u200d"
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
SUFFIX = re.compile(r"\.(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{1,5}$")
LONGEST = 120  # bytes of a name without its suffix: with it, every system takes them
UNNAMED = "document"


def safe_name(name, media_type):
    """A name that does no harm on any system, made of one that somebody gave, with the suffix of its media type."""
    suffixes = SUFFIXES[media_type]
    stem, suffix = parted(cleaned(name))
    if suffix and suffix not in suffixes and not known(suffix):
        stem, suffix = stem + suffix, ""
    while known(parted(stem)[1]):
        stem = parted(stem)[0]
    stem = stem.strip(" .-")
    if RESERVED.match(stem):
        stem = f"{UNNAMED}-{stem}"
    return (shortened(stem) or UNNAMED) + (suffix if suffix in suffixes else suffixes[0])


def title_of(name):
    """The title that the name of a file suggests."""
    return capfirst(one_line(re.sub(r"[_\s]+", " ", parted(name)[0])) or UNNAMED)


def cleaned(name):
    """The last part of a path, without what cannot be seen and what no name of a file may hold."""
    text = unicodedata.normalize("NFC", name)
    text = "".join(" " if character in "\t\n\r" else character for character in text)
    text = "".join(each for each in text if each in NEEDED or unicodedata.category(each) not in UNSEEN)
    last = re.split(r"[/\\]", text)[-1]
    return " ".join(re.sub(r'[<>:"|?*]', "-", last).split())


def parted(name):
    """A name without its suffix, and the suffix in small letters."""
    match = SUFFIX.search(name)
    return (name[: match.start()], match[0].lower()) if match else (name, "")


def known(suffix):
    return any(suffix in suffixes for suffixes in SUFFIXES.values())


def shortened(stem):
    """A text cut to so many bytes, between two characters."""
    return stem.encode()[:LONGEST].decode(errors="ignore").strip(" .-")
