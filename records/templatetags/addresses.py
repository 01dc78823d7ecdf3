"""`{% url %}` as templates know it, but that Django’s resolver is asked once for what takes no arguments."""

from django import template
from django.template import defaulttags

from ..addresses import address

register = template.Library()


class Address(template.Node):
    """The address of a page that is the only one of its sort."""

    def __init__(self, route):
        self.route = route

    def render(self, context):
        return address(self.route)


@register.tag
def url(parser, token):
    node = defaulttags.url(parser, token)
    route = node.view_name.var
    return node if node.args or node.kwargs or node.asvar or not isinstance(route, str) else Address(route)
