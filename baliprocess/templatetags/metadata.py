"""What the head of a page says of it to search engines and to whoever links to it."""

import json
from html import escape

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()

SITE = "Bali Process, record of activities"
ADDRESSES = f"""
<link rel="canonical" href="{{0}}">
<meta property="og:type" content="website">
<meta property="og:site_name" content="{SITE}">
<meta property="og:locale" content="en_GB">
<meta property="og:url" content="{{0}}">
""".strip()
# JSON stands in a <script>, which these could end or turn into something else.
UNSAFE_IN_SCRIPT = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


@register.simple_block_tag
def title(content):
    """The title of a page, for the window and for links to it."""
    tags = f'<title>{content} – {SITE}</title>\n<meta property="og:title" content="{quoted(content)}">'
    return mark_safe(tags)  # noqa: S308 - blocks are escaped


@register.simple_block_tag
def description(content):
    """The page in a sentence or two, for lists of findings and for links to it."""
    words = quoted(content)
    tags = f'<meta name="description" content="{words}">\n<meta property="og:description" content="{words}">'
    return mark_safe(tags)  # noqa: S308 - blocks are escaped


def quoted(content):
    """What a block says, as it may stand in an attribute."""
    return " ".join(content.split()).replace('"', "&quot;")


@register.simple_tag(takes_context=True)
def addresses(context, query="", page=1):
    """Under which one address a page is known: `query` and the number of the `page` tell one list from another."""
    request = context["request"]
    parameters = "&".join(filter(None, [query, f"page={page}" if page > 1 else ""]))
    address = escape(request.build_absolute_uri(request.path + (f"?{parameters}" if parameters else "")))
    return mark_safe(ADDRESSES.format(address))  # noqa: S308 - it is escaped


@register.filter
def as_json_ld(value):
    """A description of a page's subject for machines, as a block of data: no browser runs it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(UNSAFE_IN_SCRIPT)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - see above
