"""A web page in one file, which needs nothing beside it."""

from django.template.loader import render_to_string


def write(printed):
    """The bytes of an HTML file."""
    return render_to_string("summaries/file.html", {"printed": printed}).encode()
