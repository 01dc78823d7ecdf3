"""What is found, as HTML: put together without a template, which took as long for it as to find it."""

from html import escape

from django.utils.safestring import mark_safe

from records.dates import PartialDate


def html_of(hits):
    """The list of some Hits."""
    return mark_safe("".join(map(entry, hits)))  # noqa: S308 - whatever comes from the record is escaped


def sorts_of(found, data):
    """The list of the types of which something is found, each a link that keeps what else an address asks for."""
    of_type, of_all = data.copy(), data.copy()
    for name in {"page", "type"} & data.keys():
        del of_all[name]
    of_type.pop("page", None)
    asked = data.get("type")
    sorts = [sort("Everything", found.all, of_all, not asked)]
    for documents, number in found.counts.items():
        of_type["type"] = documents.type
        sorts.append(sort(documents.label, number, of_type, asked == documents.type))
    return mark_safe("".join(sorts))  # noqa: S308 - labels are our own, and what was typed is escaped


def sort(label, number, data, is_current):
    current = ' aria-current="true"' if is_current else ""
    return f'<li><a href="?{escape(data.urlencode())}"{current}>{label}</a> <span class="number">{number}</span></li>\n'


def entry(hit):
    said = [hit.documents.one, *([PartialDate.parse(hit.when).display()] if hit.when else []), hit.reference]
    excerpt = (words := hit.excerpt) and f'<p class="excerpt">{words}</p>\n'
    return (
        f'<li>\n<p class="meta">{" · ".join(filter(None, said))}</p>\n'
        f'<p class="title"><a href="{escape(hit.address)}">{hit.heading}</a></p>\n{excerpt}</li>\n'
    )
