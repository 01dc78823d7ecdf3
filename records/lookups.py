"""How partial dates are asked for, by the days that they can mean, and records by many keys at once.

Partial dates are compared by the derived dates that the field names, so an index on these serves. What is undated never
matches, and is left in by `exclude()`.
"""

import json

from django.core.exceptions import EmptyResultSet, FieldError
from django.db.models import BigAutoField, BigIntegerField, CharField, Lookup
from django.db.models.expressions import Col
from django.db.models.lookups import GreaterThanOrEqual, IsNull, LessThanOrEqual

from .dates import PartialDate


class PartialDateLookup(Lookup):
    """Base of the lookups. The value is a partial date, a text that parses to one (or InvalidDate) or a date."""

    def get_prep_lookup(self):
        if hasattr(self.rhs, "resolve_expression"):
            raise FieldError(f"“{self.lookup_name}” takes a partial date, not an expression.")
        return PartialDate.parse(str(self.rhs))

    def as_sql(self, compiler, connection):
        if not self.rhs:
            raise EmptyResultSet
        comparisons = [compiler.compile(comparison) for comparison in self.comparisons()]
        sql = " AND ".join(sql for sql, _ in comparisons)
        return f"({sql})", [parameter for _, parameters in comparisons for parameter in parameters]

    def comparisons(self):
        """The lookups on derived dates that must all be true."""
        raise NotImplementedError

    def since(self, day):
        """Conditions that it ends on that day or later."""
        column = self.derived("ends")
        return [IsNull(column, False), GreaterThanOrEqual(column, day)]

    def until(self, day):
        """Conditions that it starts on that day or before."""
        column = self.derived("starts")
        return [IsNull(column, False), LessThanOrEqual(column, day)]

    def derived(self, end):
        """The column of the date derived from the field, `starts` or `ends`."""
        field = self.lhs.target
        if not getattr(field, end):
            raise FieldError(f"{field} names no field for {end}=, which “{self.lookup_name}” compares.")
        derived = field.model._meta.get_field(getattr(field, end))
        return Col(self.lhs.alias, derived)


class Since(PartialDateLookup):
    """It ends on or after the first day of the value."""

    lookup_name = "since"

    def comparisons(self):
        return self.since(self.rhs.starts_on)


class Until(PartialDateLookup):
    """It starts on or before the last day of the value."""

    lookup_name = "until"

    def comparisons(self):
        return self.until(self.rhs.ends_on)


class Overlaps(PartialDateLookup):
    """It has a day in common with the value."""

    lookup_name = "overlaps"

    def comparisons(self):
        return self.since(self.rhs.starts_on) + self.until(self.rhs.ends_on)


class Among(Lookup):
    """It is one of many keys, which reach the database as one parameter, however many they are."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, parameters = self.process_lhs(compiler, connection)
        among = "= ANY(%s)" if connection.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
        return f"{column} {among}", [*parameters, self.parameter(self.rhs, connection)]

    @staticmethod
    def parameter(keys, connection):
        """What tells a database of some keys."""
        return list(keys) if connection.vendor == "postgresql" else json.dumps(list(keys))


for field in (BigAutoField, BigIntegerField, CharField):
    field.register_lookup(Among)
