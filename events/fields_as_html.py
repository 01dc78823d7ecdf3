"""Fields that lists are filtered by, as HTML: a template takes a tenth of a page for three of them."""

from html import escape

from django.utils.safestring import mark_safe


def line(field, hint=""):
    """A bound field for a line of text, with its label, a hint and what is wrong with it."""
    return typed(field.html_name, field.label, field.errors, str(field.value() or ""), hint)


def by_name(name, errors):
    """A line for one value more of a parameter that can have several, each by its name."""
    return typed(name, "By name", errors)


def typed(name, label, errors, value="", hint=""):
    """A line for the value of a parameter."""
    said_by = [f"hint-{name}"] * bool(hint) + [f"error-{name}"] * bool(errors)
    described = f' aria-describedby="{" ".join(said_by)}"' if said_by else ""
    more = f'<p class="hint" id="hint-{name}">{hint}</p>\n' if hint else ""
    return mark_safe(  # noqa: S308 - what was typed is escaped
        f'<label for="{name}">{label}</label>\n'
        f'<input type="text" id="{name}" name="{name}" value="{escape(value)}"{described}{invalid(errors)}>\n'
        f"{more}{said(name, errors)}"
    )


def invalid(errors):
    return ' aria-invalid="true"' if errors else ""


def said(name, errors):
    """What is wrong with a parameter."""
    words = "".join(f"{escape(str(error))} " for error in errors)
    return mark_safe(f'<p class="error" id="error-{name}">{words}</p>' if errors else "")  # noqa: S308 - it is escaped
