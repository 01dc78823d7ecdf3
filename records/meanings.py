"""What a typed date is understood as, repeated back to whoever types it."""

from .dates import PartialDate


def meaning(text):
    """What a text is understood as, in words; blank for a blank text. Raises InvalidDate.

    `December 2004, kept as 2004-12: 1 to 31 December 2004`.
    """
    date = PartialDate.parse(text)
    if not date:
        return ""
    days = f": {days_between(date.starts_on, date.ends_on)}" if date.starts_on != date.ends_on else ""
    return f"{date.display()}, kept as {date}{days}"


def days_between(first, last):
    """`1 to 31 December 2004`, `1 December 2004 to 28 February 2005`."""
    start = f"{first.day}"
    if (first.year, first.month) != (last.year, last.month):
        start += f"{first: %B}"
    if first.year != last.year:
        start += f" {first.year}"
    return f"{start} to {last.day}{last: %B} {last.year}"
