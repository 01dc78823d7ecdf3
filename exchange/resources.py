"""Resources: what the row of a record type is, how its records are found, checked, written and saved."""

from functools import cached_property

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import connection
from django.db.models.base import ModelState
from django.db.models.functions import Collate, Length
from django.utils.text import slugify
from import_export.resources import Resource as BaseResource

from records.models import Counter

from .sessions import Session

CHUNK = 500
KEY_SEPARATOR = " / "


class Resource(BaseResource):
    """The row of one record type: its columns are declared as import-export's fields are.

    type      the name of the record type
    model     whose records they are
    key       the names of the columns that make the key
    required  the columns that a file must have
    called    the column that says what a record is called, where its key does not
    owners    the columns of the records that one belongs to, which hold their codes
    named_by  the columns of the names by which cells of others may refer to one
    letter    the letter of given references, for types whose key is one
    whole     rows are planned all at once rather than in chunks, for small types whose rows depend on each other
    declared  {name: column} of the type, in the order of files; an instance's `columns` are bound to its session
    examples  made-up rows for an empty record; an import takes them, after those of the types that come before
    identity_before_key  a row with an unknown key is of the record with its natural identity, where there is one
    """

    type = ""
    model = None
    key = ()
    required = ()
    called = ""
    owners = ()
    named_by = ()
    letter = ""
    whole = False
    examples = ()
    identity_before_key = False

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        cls.declared = {column.column_name: column for column in cls.fields.values()}

    def __init__(self, session=None):
        super().__init__()
        self.session = session or Session()
        self.columns = {column.column_name: column for column in self.fields.values()}
        for column in self.columns.values():
            column.bind(self)
        self.written = set()
        self.pointing = []
        self.last_number = None

    @classmethod
    def model_field(cls, attribute):
        """The model's field that a column's attribute is kept in, or None."""
        try:
            return cls.model._meta.get_field(attribute)
        except FieldDoesNotExist:
            return None

    @classmethod
    def title(cls):
        """What people call the records of the type: "event links"."""
        return cls.type.replace("_", " ")

    # --- Records to rows ----------------------------------------------------------------------------------------------

    def records(self):
        """All records of the type, as a query set with what rows need of related records."""
        return self.model._default_manager.order_by()

    def public_records(self):
        """Those that everybody may see."""
        raise NotImplementedError(f"{type(self).__name__} does not say what the public may see")

    def in_order(self, records):
        """A query set in the order of files: by key."""
        key = self.columns[self.key[0]].attribute
        return records.order_by(*([Length(key)] if self.letter else []), by_text(key))

    def load(self, records):
        """Load, for a list of records, what their rows need of other tables, in a fixed number of queries."""
        for record in records:
            record.relations = {}
        for column in self.columns.values():
            resolver = column.widget.resolver()
            if resolver and column.model_field is not None and not column.relation:
                keys = (getattr(record, column.model_field.attname, None) for record in records)
                resolver.prepare_keys({key for key in keys if key is not None})

    def row(self, record):
        """The row of a record that was loaded: {column: cell}."""
        return {name: column.write(record) for name, column in self.columns.items()}

    def rows(self, records):
        """The rows of a query set's records, read a chunk at a time."""
        for chunk in chunked(records.iterator(chunk_size=CHUNK), CHUNK):
            self.load(chunk)
            for record in chunk:
                yield self.row(record)

    def rows_of(self, keys):
        """The rows of the records with these primary keys: {primary key: row}."""
        found = list(matching(self.records(), "pk", keys))
        self.load(found)
        return {record.pk: self.row(record) for record in found}

    @classmethod
    def key_of(cls, row):
        """The key of a row as one text."""
        return KEY_SEPARATOR.join(row.get(name, "") for name in cls.key)

    @classmethod
    def key_row(cls, row):
        """The cells of a row that make its key, for its record to be found by."""
        return {name: row.get(name, "") for name in cls.key}

    @classmethod
    def key_attribute(cls):
        """The attribute of a record that its key stands in, for a type with a key of one column; else None."""
        return (cls.declared[cls.key[0]].attribute or cls.key[0]) if len(cls.key) == 1 else None

    @classmethod
    def filled(cls, row):
        """A row, as changes keep it, with its blank cells."""
        return dict.fromkeys(cls.declared, "") | row

    @classmethod
    def name_of(cls, row):
        """What people call the record of a row."""
        return row.get(cls.called, "") or cls.key_of(row)

    # --- Rows to records ----------------------------------------------------------------------------------------------

    def new_record(self):
        """A record of which nothing is said yet: a copy of a blank one, which is ten times as quick as making one."""
        record = self.model.__new__(self.model)
        record.__dict__ = {**self.blank_record.__dict__, "_state": ModelState(), "relations": {}}
        return record

    @cached_property
    def blank_record(self):
        return self.model()

    def prepare(self, lines):
        """Let the columns load what the cells of these lines refer to."""
        for name, column in self.columns.items():
            resolver = column.widget.resolver()
            if resolver:
                resolver.prepare({line.cells[name] for line in lines if line.cells.get(name)})

    def with_keys(self, keys):
        """The records that have these folded keys: {folded key: record}."""
        name = self.columns[self.key[0]].attribute
        wanted = [key[0] for key in keys]
        return {(getattr(record, name),): record for record in matching(self.records(), name, wanted)}

    def folded_key(self, key):
        """A key, a tuple of canonical cells, in the one form that all keys of the same record have."""
        return key

    def twins(self, lines):
        """The primary keys of the records that have the natural identity of each line: {line number: [keys]}."""
        numbers = {}
        for line in lines:
            if line.identity:
                numbers.setdefault(line.identity, []).append(line.number)
        found = {}
        if numbers:
            records = self.records().filter(identity__in=list(numbers))
            for pk, identity in records.values_list("pk", "identity"):
                for number in numbers[identity]:
                    found.setdefault(number, []).append(pk)
        return found

    def identity(self, line):
        """The natural identity of a row, as its model's IdentityField keeps it; None where its cells cannot be read."""

    def likely(self, lines):
        """The primary keys of the records that each line is probably of, the likeliest first: {line number: [keys]}.

        The lines have neither a key nor the natural identity of a record. What the file at hand has written does not
        count. Types that do not say how their records are alike have none.
        """
        return {}

    def introduce(self, lines):
        """Let the lines of a file be referred to by each other, before their cells are read."""

    def settle(self, line):
        """Make one value of what several columns say, once all cells are read."""

    def give_key(self, line):
        """Give a new record, whose key is blank, the next reference; types without references say what else."""
        if self.last_number is None:
            self.last_number = Counter.last(self.letter)
        self.last_number += 1
        self.set_key(line, f"{self.letter}{self.last_number}")

    @classmethod
    def gives_number(cls, line):
        """Whether the reference of a line is the next one, rather than one that stands in the file."""
        return bool(cls.letter) and line.is_new and not line.cells.get(cls.key[0])

    def set_key(self, line, text):
        line.set(self.columns[self.key[0]], text, text)

    def check(self, lines):
        """Refuse the lines whose records break a rule that is not one of a single cell."""
        for line in lines:
            self.check_record(line)

    def check_record(self, line):
        """Refuse a line when its record, taken alone, breaks a rule of its model."""
        try:
            line.record.clean()
        except ValidationError as error:
            self.refuse(line, error)

    def refuse(self, line, error):
        """Refuse a line for a ValidationError by the model's fields."""
        for attribute, messages in error.message_dict.items():
            column = next((name for name, column in self.columns.items() if column.attribute == attribute), "")
            for message in messages:
                line.refuse(column, message)

    def refusal(self, line):
        """Why whoever applies the rows has no right to what this line does, or None."""
        action = "delete" if line.deleting else "add" if line.is_new else "change"
        if self.session.may(f"{self.model._meta.app_label}.{action}_{self.model._meta.model_name}"):
            return None
        return f"You have no right to {action} {self.title()}."

    # --- Saving -------------------------------------------------------------------------------------------------------

    def side_lines(self, lines):
        """Records of other types that these lines make on the way, to be saved first: pairs of a resource and lines."""
        return ()

    def save(self, lines):
        """Save the records of a chunk of lines, new or changed, and what belongs to them.

        The planner has written the values into the records; those that point to records of the same file are saved
        first without, then with what they point to.
        """
        if len(self.key) > 1:
            make_room(self.model, [line.record for line in lines if not line.is_new])
        new = [line.record for line in lines if line.is_new]
        self.model._base_manager.bulk_create(new, batch_size=CHUNK)
        self.written.update(line.record.pk for line in lines)
        self.assign(self.pointing)
        self.update([line for line in lines if not line.is_new] + [line for line in self.pointing if line.is_new])
        self.save_relations(lines)

    def assign(self, lines):
        """Write the lines' values into their records; return the lines that point to a record not yet saved."""
        pointing = []
        for line in lines:
            for name, value in line.values.items():
                column = self.columns[name]
                column.assign(line.record, value)
                if not column.relation and getattr(value, "record", None) is not None and value.pk is None:
                    pointing.append(line)
        return pointing

    def update(self, lines):
        """Save the own columns of records that exist."""
        names = {name for line in lines for name in line.values if not self.columns[name].relation}
        fields = [field.name for field in self.model._meta.concrete_fields if not field.primary_key]
        records = list({line.record.pk: line.record for line in lines if line.values.keys() & names}.values())
        if records:
            self.model._base_manager.bulk_create(
                records, batch_size=CHUNK, update_conflicts=True, unique_fields=["pk"], update_fields=fields
            )

    def save_relations(self, lines):
        """Save what the lines change in other tables than the record's own."""

    def finish(self, highest):
        """After all rows: never give again a reference up to the highest that they hold."""
        if self.letter:
            Counter.raise_to(self.letter, max(highest, self.last_number or 0))


def free_slug(name, noun, taken):
    """A slug made of a name, of at least three characters; `taken(slug)` says which are not free."""
    stem = slugify(name.replace("_", " "))[:50].strip("-")
    stem = stem if len(stem) > 2 else f"{noun}-{stem}".strip("-")
    slug, number = stem, 1
    while taken(slug):
        number += 1
        slug = f"{stem}-{number}"
    return slug


def by_text(field):
    """An ordering by the characters of a field, the same on every database."""
    return Collate(field, "C" if connection.vendor == "postgresql" else "BINARY")


def make_room(model, records):
    """Take records that are about to be saved out of the database, to be put in anew, in the same transaction.

    Each can then take the place that another had: a membership begins where one ends, two links swap their ends.
    """
    saved = [record.pk for record in records if record.pk is not None]
    for keys in chunked(saved, CHUNK):
        rows = model._base_manager.filter(pk__in=keys)
        rows._raw_delete(rows.db)


def matching(records, field, values):
    """The records of a query set whose field has one of the values, asked for in chunks that every database takes."""
    for chunk in chunked(values, CHUNK):
        yield from records.filter(**{f"{field}__in": chunk})


def chunked(iterable, size):
    """Lists of at most `size` items; one list of all where the size is None."""
    chunk = []
    for item in iterable:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
