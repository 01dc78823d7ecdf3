"""What the reader found in a text, as records keep it: JSON in the notation of `read_summary --json`."""

from django.core.exceptions import ValidationError

from records.fields import RowField, text_of, validate_characters

LONGEST_TEXT = 10**9


class Span:
    """A pair of positions in a text, in Unicode characters; the end is the first not meant."""

    @staticmethod
    def fits(value):
        return (
            isinstance(value, list)
            and len(value) == 2
            and all(type(each) is int for each in value)
            and 0 <= value[0] < value[1] <= LONGEST_TEXT
        )


# The shapes of what is kept: a class for one value, [shape] for a list, {"*": shape} for values under any name, and
# {name: shape} for values under these names, of which those that end in "?" may be left out. `entry` is where the
# entry that a link leads to stands in the same text.
SPAN = Span
SPANS = [Span]
ROW = {"*": str}
FIELDS = {"*": {"span": Span, "inferred": bool}}
OUTCOMES = [{"kind": str, "text": str, "span": Span}]
LINKS = [{"kind": str, "to": str, "text": str, "span": Span, "inferred?": bool, "entry?": Span}]
FIGURES = [{"status": str, "count": int, "span": Span}]
PAPERS = [{"kind": str, "title": str, "span": Span}]
DOUBTS = [str]


def fits(value, shape):
    """Whether a value has a shape."""
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(each, shape[0]) for each in value)
    if isinstance(shape, dict):
        return isinstance(value, dict) and has_members(value, shape)
    return shape.fits(value) if hasattr(shape, "fits") else type(value) is shape


def has_members(value, shape):
    if "*" in shape:
        return all(fits(each, shape["*"]) for each in value.values())
    shapes = {name.removesuffix("?"): each for name, each in shape.items()}
    needed = {name for name in shape if not name.endswith("?")}
    return needed <= value.keys() <= shapes.keys() and all(fits(each, shapes[name]) for name, each in value.items())


class ShapeValidator:
    """Refuses what has not the shape that the name of one of this module's constants says."""

    def __init__(self, shape):
        self.shape = shape

    def __call__(self, value):
        if not fits(value, globals()[self.shape]):
            raise ValidationError("This is not what the reader of summaries writes here.", code="shape")
        validate_characters(text_of(value))


class FoundField(RowField):
    """What was found, of one of this module's shapes; an empty list or object where nothing was."""

    def __init__(self, shape, **kwargs):
        self.shape = shape
        empty = dict if isinstance(globals()[shape], dict) else list
        super().__init__(**{"default": empty, "blank": True, "validators": [ShapeValidator(shape)]} | kwargs)

    def to_python(self, value):
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            raise ValidationError("This is no JSON.", code="json") from None

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        for option in ("default", "blank", "validators"):
            kwargs.pop(option, None)
        return name, path, [self.shape], kwargs
