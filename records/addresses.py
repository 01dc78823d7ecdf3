"""Addresses of pages, made without asking Django’s resolver each time: a page may name a hundred."""

from functools import cache

from django.urls import reverse

# Every route takes it for a code; `ZZ` is what an alpha-2 may be.
SAMPLE = "ZZ"


def address_of(route, code):
    """The address of the page of a record with a code, such as `address_of("events:activity", "E17")`."""
    before, after = _around(route)
    return f"{before}{code}{after}"


@cache
def address_of_page(route):
    """The address of a page that there is one of, such as `address_of_page("events:activities")`."""
    return reverse(route)


@cache
def _around(route):
    """What stands before and after the code in the addresses of a route."""
    before, _, after = reverse(route, args=[SAMPLE]).rpartition(SAMPLE)
    return before, after
