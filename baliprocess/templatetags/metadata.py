"""What the head of a page says of it to search engines and to whoever links to it."""

import json

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

register = template.Library()

SITE = "Bali Process, record of activities"
# JSON stands in a <script>, which these could end or turn into something else.
UNSAFE_IN_SCRIPT = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


@register.simple_block_tag
def title(content):
    """The title of a page, for the window and for links to it."""
    return format_html(
        '<title>{} – {}</title>\n<meta property="og:title" content="{}">', content, SITE, quoted(content)
    )


@register.simple_block_tag
def description(content):
    """The page in a sentence or two, for lists of findings and for links to it."""
    words = quoted(content)
    tags = '<meta name="description" content="{}">\n<meta property="og:description" content="{}">'
    return format_html(tags, words, words)


def quoted(content):
    """What a block says, as it may stand in an attribute."""
    return mark_safe(" ".join(content.split()).replace('"', "&quot;"))  # noqa: S308 - it is escaped already


@register.simple_tag(takes_context=True)
def addresses(context, query="", page=1):
    """Under which one address a page is known: `query` and the number of the `page` tell one list from another."""
    request = context["request"]
    parameters = "&".join(filter(None, [query, f"page={page}" if page > 1 else ""]))
    address = request.build_absolute_uri(request.path + (f"?{parameters}" if parameters else ""))
    properties = (("og:type", "website"), ("og:site_name", SITE), ("og:locale", "en_GB"), ("og:url", address))
    tags = format_html_join("\n", '<meta property="{}" content="{}">', properties)
    return format_html('<link rel="canonical" href="{}">\n{}', address, tags)


@register.filter
def as_json_ld(value):
    """A description of a page's subject for machines, as a block of data: no browser runs it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(UNSAFE_IN_SCRIPT)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - see above
