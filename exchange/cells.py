"""Cells: how the text of a cell becomes a value, and how the value is written again."""

from decimal import Decimal

from import_export.widgets import Widget

from records.dates import InvalidDate, PartialDate

from .problems import CellError
from .suggestions import nearest

SEPARATOR = "; "
YES = {"yes", "y", "true", "1"}
NO = {"no", "n", "false", "0"}


class Cell(Widget):
    """A text. `clean(cell)` gives the value or raises CellError; `render(value)` gives the cell.

    refers  whether it names other records
    """

    numeric = False
    refers = False

    def bind(self, session):
        """Learn the pass over a file that this cell is read in."""
        self.session = session

    def resolver(self):
        """What the cell's names are looked up in, or None."""
        return

    def choices(self):
        """The texts that a form may offer; none where anything may be written."""
        resolver = self.resolver()
        return resolver.labels() if resolver else []

    def clean(self, value, row=None, **kwargs):
        return value

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value)


class LowerCell(Cell):
    """A text that has small letters only, such as a slug."""

    def clean(self, value, row=None, **kwargs):
        return value.lower() or None


class UpperCell(Cell):
    """A text that has capitals only, such as an alpha-2."""

    def clean(self, value, row=None, **kwargs):
        return value.upper()


class ChoiceCell(Cell):
    """One of a few words: the stored value (`side_event`) or the word that people read ("Side event").

    blank  whether it may say nothing
    """

    def __init__(self, choices, *, blank=False):
        super().__init__()
        self.blank = blank
        self.values = [value for value, _label in choices]
        self.by_text = {_word(label): value for value, label in choices} | {
            _word(value): value for value in self.values
        }

    def clean(self, value, row=None, **kwargs):
        if self.blank and not value:
            return ""
        try:
            return self.by_text[_word(value)]
        except KeyError:
            message = f"“{value}” is none of: {', '.join(self.values)}."
            raise CellError(message, value, nearest(value, self.values)) from None

    def choices(self):
        return self.values


def _word(text):
    return text.casefold().replace("_", " ").replace("-", " ").replace("’", "'").strip()


class YesNoCell(Cell):
    """Yes or no; blank is no."""

    def clean(self, value, row=None, **kwargs):
        word = value.casefold()
        if word in YES:
            return True
        if not word or word in NO:
            return False
        raise CellError(f"“{value}” is neither yes nor no.", value)

    def choices(self):
        return ["yes", "no"]

    def render(self, value, obj=None, **kwargs):
        return "yes" if value else "no"


class WholeNumberCell(Cell):
    numeric = True

    def clean(self, value, row=None, **kwargs):
        if not value:
            return None
        if not (value.isascii() and value.isdigit() and len(value) < 10):
            raise CellError(f"“{value}” is not a whole number.", value)
        return int(value)


class DegreesCell(Cell):
    """Decimal degrees, with a point."""

    numeric = True

    def clean(self, value, row=None, **kwargs):
        if not value:
            return None
        try:
            degrees = Decimal(value.replace("−", "-")).normalize()
        except ArithmeticError:
            degrees = None
        if degrees is None or not degrees.is_finite():
            raise CellError(f"“{value}” is not a number of degrees such as -8.65.", value)
        return degrees

    def render(self, value, obj=None, **kwargs):
        plain = "" if value is None else f"{value.normalize():f}"
        return "0" if plain == "-0" else plain


class DateCell(Cell):
    """A partial date: read as people write it, written as EDTF."""

    def clean(self, value, row=None, **kwargs):
        try:
            return PartialDate.parse(value)
        except InvalidDate as error:
            raise CellError(str(error), value) from None

    def render(self, value, obj=None, **kwargs):
        return str(value or "")


class ReferenceCell(Cell):
    """The name or code of one other record. `by_code`: exports write its code rather than its name."""

    refers = True

    def __init__(self, resolver, by_code=False):
        super().__init__()
        self.resolver_class = resolver
        self.by_code = by_code

    def resolver(self):
        return self.session.resolver(self.resolver_class)

    def clean(self, value, row=None, **kwargs):
        return self.resolver().require(value) if value else None

    def render(self, value, obj=None, **kwargs):
        if value is None:
            return ""
        return value.code if self.by_code else value.label


class ReferencesCell(Cell):
    """The names of several other records, in an order that carries nothing. The value is a tuple of targets."""

    refers = True

    def __init__(self, resolver):
        super().__init__()
        self.resolver_class = resolver

    def resolver(self):
        return self.session.resolver(self.resolver_class)

    def clean(self, value, row=None, **kwargs):
        targets, errors = {}, []
        for text in parts_of(value):
            try:
                target = self.resolver().require(text)
                targets[id(target)] = target
            except CellError as error:
                errors.append(error)
        if errors:
            raise CellError.joined(errors)
        return tuple(targets.values())

    def render(self, value, obj=None, **kwargs):
        return join(target.label for target in value or ())


def parts_of(cell):
    """The values of a cell that holds several, trimmed; blank ones left out."""
    return [part for part in (part.strip() for part in cell.split(";")) if part]


def join(texts):
    """One cell of several values, sorted without regard to case."""
    texts = list(texts)
    return SEPARATOR.join(sorted(texts, key=lambda text: (text.casefold(), text)) if len(texts) > 1 else texts)
