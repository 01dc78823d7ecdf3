"""Columns: what one column of a row is in the record."""

from django.core.exceptions import ValidationError
from import_export.fields import Field

from .cells import Cell, DateCell, ReferenceCell
from .problems import CellError

CACHED_CELLS = 4096
CACHED_LENGTH = 300


class Column(Field):
    """A column of a record type's row, kept in one attribute of the record.

    required  a row must fill it
    keeps     an empty cell leaves what is there; a new record gets the attribute's default
    private   only staff see it
    personal  it says something of a person, and can be erased from the history
    identifies part of the natural identity: with a blank key, the file must have it
    named     the column's name, where it is not that of the resource's attribute
    """

    relation = False

    def __init__(
        self,
        attribute=None,
        cell=None,
        *,
        required=False,
        keeps=False,
        private=False,
        personal=False,
        identifies=False,
        named=None,
        help="",
    ):
        super().__init__(attribute=attribute, column_name=named, widget=cell or Cell())
        self.required = required
        self.keeps = keeps
        self.private = private
        self.personal = personal
        self.identifies = identifies
        self.help = help

    def bind(self, resource):
        """Learn the resource, for one pass, that this column is read and written for."""
        self.name = self.column_name
        self.attribute = self.attribute or self.name
        self.widget.bind(resource.session)
        self.model_field = resource.model_field(self.attribute)
        self.readings = {}
        self.default = self.model_field.get_default() if self.model_field and not self.relation else None
        if not self.help and self.model_field:
            self.help = str(self.model_field.help_text)

    def read(self, cell):
        """Return what a cell means: its value, and the cell as an export writes it. Raises CellError."""
        reading = self.readings.get(cell)
        if reading is None:
            if self.required and not cell:
                raise CellError(f"The {self.name} must be given.", cell)
            value = self.validated(self.widget.clean(cell), cell)
            reading = value, self.widget.render(value)
            if len(cell) <= CACHED_LENGTH and len(self.readings) < CACHED_CELLS:
                self.readings[cell] = reading
        return reading

    def validated(self, value, cell):
        """The value as the model's field takes it. Raises CellError with the field's messages."""
        if self.model_field is None or value is None:
            return value
        try:
            return self.model_field.clean(value, None)
        except ValidationError as error:
            raise CellError.joined([CellError(message, cell) for message in error.messages]) from None

    def write(self, record):
        """The cell of a record that was loaded by its resource."""
        return self.widget.render(self.value_of(record))

    def value_of(self, record):
        return getattr(record, self.attribute)

    def assign(self, record, value):
        setattr(record, self.attribute, value)


class DateColumn(Column):
    """A partial date."""

    def __init__(self, attribute=None, **options):
        super().__init__(attribute, DateCell(), **options)


class ReferenceColumn(Column):
    """A foreign key, whose value is the target that a name or code leads to."""

    def __init__(self, resolver, attribute=None, *, by_code=False, **options):
        super().__init__(attribute, ReferenceCell(resolver, by_code), **options)

    def bind(self, resource):
        super().bind(resource)
        self.default = None

    def validated(self, value, cell):
        return value

    def value_of(self, record):
        key = getattr(record, self.model_field.attname)
        return None if key is None else self.widget.resolver().at(key)

    def assign(self, record, value):
        setattr(record, self.model_field.attname, value and value.pk)


class RelationColumn(Column):
    """A column kept in other tables than the record's own. Its resource loads and saves it, a chunk at a time.

    Loaded values stand in the record's `relations`: {column: value}.
    """

    relation = True

    def bind(self, resource):
        super().bind(resource)
        self.default = ()

    def validated(self, value, cell):
        return value

    def write(self, record):
        value = record.relations.get(self.name)
        return self.widget.render(value) if value else ""

    def value_of(self, record):
        return record.relations.get(self.name, ())

    def assign(self, record, value):
        record.relations[self.name] = value


class DerivedColumn(Column):
    """A column that says something of a value which several columns make together; the resource settles that value."""

    def __init__(self, cell, value_of, **options):
        super().__init__(None, cell, **options)
        self.of = value_of

    def bind(self, resource):
        super().bind(resource)
        self.model_field = None
        self.of = getattr(resource, self.of) if isinstance(self.of, str) else self.of

    def value_of(self, record):
        return self.of(record)

    def assign(self, record, value):
        """Nothing: the resource settles it."""
