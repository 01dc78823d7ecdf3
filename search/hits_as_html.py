"""What is found, as HTML: put together without a template, which took as long for it as to find it."""

from html import escape

from django.utils.safestring import mark_safe

from records.dates import PartialDate


def html_of(hits):
    """The list of some Hits."""
    return mark_safe("".join(map(entry, hits)))  # noqa: S308 - whatever comes from the record is escaped


def entry(hit):
    when = f" · {PartialDate.parse(hit.when).display()} · {hit.code}" if hit.when else ""
    excerpt = (words := hit.excerpt) and f'<p class="excerpt">{words}</p>\n'
    return (
        f'<li>\n<p class="meta">{hit.documents.one}{when}</p>\n'
        f'<p class="title"><a href="{escape(hit.address)}">{hit.heading}</a></p>\n{excerpt}</li>\n'
    )
