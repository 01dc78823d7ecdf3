"""What changed in the record: batches of changes, and the numbers that are given once."""

import re

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast

from .fields import LineField, RowField, text_of

LOCK = "record"
NUMBERED = re.compile(r"([A-Z])([0-9]{1,15})")

reference_validator = RegexValidator(
    r"\A[A-Za-z0-9-]{1,40}\Z", "A reference has 1 to 40 letters without accents, digits and hyphens."
)
slug_validator = RegexValidator(
    r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z", "A slug has small letters without accents and digits, joined with single hyphens."
)


class Counter(models.Model):
    """A number that only rises: the last one given out under a name.

    The counter named `record` rises with every transaction that writes the record. Raising it locks it, so writers
    come one after the other and their numbers order their commits. The others (`E`, `O`) are the last references given.
    """

    name = models.CharField(max_length=20, primary_key=True)
    value = models.BigIntegerField(default=0)

    def __str__(self):
        return f"{self.name} {self.value}"

    @classmethod
    def lock(cls):
        """Let no other transaction write the record until this one ends. Must be called inside a transaction."""
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError("The record is locked within a transaction only.")
        if not cls.objects.filter(name=LOCK).update(value=F("value") + 1):
            cls.objects.bulk_create([cls(name=LOCK)], ignore_conflicts=True)
            cls.objects.filter(name=LOCK).update(value=F("value") + 1)

    @classmethod
    def last(cls, letter):
        """The last number given after a letter, 0 when none was."""
        return cls.objects.filter(name=letter).values_list("value", flat=True).first() or 0

    @classmethod
    def next(cls, letter, many=1):
        """The first of so many next numbers after a letter, given once. Must be called while the record is locked."""
        number = cls.last(letter) + 1
        cls.raise_to(letter, number + many - 1)
        return number

    @classmethod
    def raise_to(cls, letter, number):
        """Never again give a number after `letter` that is not above `number`."""
        cls.objects.bulk_create([cls(name=letter)], ignore_conflicts=True)
        cls.objects.filter(name=letter, value__lt=number).update(value=number)


def number_in(reference, letter):
    """The number of a reference such as `E17` for the letter `E`; 0 for a reference of another form."""
    match = NUMBERED.fullmatch(reference)
    return int(match[2]) if match and match[1] == letter else 0


class BatchQuerySet(models.QuerySet):
    def with_file(self, sha256):
        """The batches that a file with this sum was the source of, newest first; none for a blank sum."""
        return self.filter(sha256=sha256).exclude(sha256="").order_by("-pk")


class Batch(models.Model):
    """Changes that were made together: who made them, when, from where and why.

    `counts` says what the rows did as they were written, those included that changed nothing and so left no change:
    {type: {status: number}}. What the admin's forms save has none.
    """

    class Origin(models.TextChoices):
        ADMIN = "admin", "Admin"
        IMPORT = "import", "Import"
        STARTING_RECORD = "starting_record", "Starting record"
        UNDO = "undo", "Undo"
        RESTORE = "restore", "Restore"
        SUMMARY = "summary", "Summary of Activities"
        ERASURE = "erasure", "Erasure"

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Nobody, where a command made the changes. Who has changed the record is deactivated, not deleted.",
    )
    origin = models.CharField(max_length=15, choices=Origin)
    reason = LineField(max_length=300, blank=True, help_text="Why the changes were made.")
    file = LineField(max_length=200, blank=True, help_text="What the file was called that they came from.")
    sha256 = models.CharField(
        "SHA-256", max_length=64, blank=True, db_index=True, help_text="The sum of that file, byte for byte as it came."
    )
    counts = RowField(default=dict, blank=True, help_text="How many rows of each type did what.")
    undoes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
        help_text="The batch that this one takes back, as far as that could be done.",
    )

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "batches"

    def __str__(self):
        return f"Batch {self.pk}"


class ChangeQuerySet(models.QuerySet):
    def of_key(self, key):
        """Changes of what has, or had, this key."""
        return self.filter(Q(key=key) | Q(previous_key=key))

    def naming(self, columns_of, code):
        """Changes of rows that hold a code, before or after, in one of the columns; takes {type: columns}.

        The database compares texts, which may find more: `Change.names` says which of them it really is.
        """
        found = Q(pk__in=[])
        for type, columns in columns_of.items():
            for cell in (text_of({column: code})[1:-1] for column in columns):
                found |= Q(type=type) & (Q(before_text__contains=cell) | Q(after_text__contains=cell))
        rows = self.annotate(before_text=Cast("before", TextField()), after_text=Cast("after", TextField()))
        return rows.filter(found)


class Change(models.Model):
    """One record's row before and after. Changes are only ever added; what they say of a person can be erased.

    A row is kept without its blank cells. `before` is null for what was new, `after` for what was deleted. `key` is
    the key after the change (of what was deleted, the last one); `previous_key` the one before, blank for what was new.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="changes")
    type = models.CharField(max_length=40)
    key = models.TextField()
    previous_key = models.TextField(blank=True, default="")
    before = RowField(null=True)
    after = RowField(null=True)
    erasure = models.ForeignKey(
        Batch,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="erased",
        help_text="The batch that erased from it what it said of a person; it says when, and who did it.",
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        permissions = [
            ("undo_change", "Can go back to versions of records and restore deleted ones"),
            ("erase_change", "Can erase what the history says of a person"),
        ]
        indexes = [
            models.Index(fields=["type", "key"], name="change_key"),
            models.Index(fields=["type", "previous_key"], name="change_previous_key"),
        ]

    def __str__(self):
        return f"{self.type} {self.key}"

    @property
    def verb(self):
        """What happened to the record, in a word."""
        if self.before is None:
            return "new"
        return "deleted" if self.after is None else "changed"

    @property
    def is_whole(self):
        """Whether it made or deleted the whole record, rather than changing some of it."""
        return self.before is None or self.after is None

    @property
    def fields(self):
        """The columns that differ: {column: (cell before, cell after)}."""
        return differing(self.before, self.after)

    def names(self, columns, code):
        """Whether the row holds a code, before or after, in one of the columns."""
        return any(row.get(column) == code for row in (self.before or {}, self.after or {}) for column in columns)


def differing(before, after):
    """The columns in which two rows, as changes keep them, differ: {column: (cell before, cell after)}."""
    before, after = before or {}, after or {}
    columns = dict.fromkeys([*before, *after])
    pairs = {column: (before.get(column, ""), after.get(column, "")) for column in columns}
    return {column: pair for column, pair in pairs.items() if pair[0] != pair[1]}
