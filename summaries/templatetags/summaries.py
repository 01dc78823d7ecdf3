"""How pages show what editions print."""

from django import template

from .. import citations

register = template.Library()

register.simple_tag(citations.of_event, name="citations_of")
