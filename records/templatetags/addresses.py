"""`{% url %}` and `{% static %}` as templates know them, but that what is the same on every page is asked for once.

A page has some thirty of them, and Django’s resolver took a third of it.
"""

from django import template
from django.template import defaulttags
from django.templatetags.static import StaticNode

register = template.Library()


class Once(template.Node):
    """A node that says the same on every page."""

    def __init__(self, node):
        self.node = node
        self.said = None

    def render(self, context):
        if self.said is None:
            self.said = self.node.render(context)
        return self.said


@register.tag
def url(parser, token):
    node = defaulttags.url(parser, token)
    varies = node.kwargs or node.asvar or not all(isinstance(each.var, str) for each in (node.view_name, *node.args))
    return node if varies else Once(node)


@register.tag
def static(parser, token):
    node = StaticNode.handle_token(parser, token)
    return node if node.varname or not isinstance(node.path.var, str) else Once(node)
