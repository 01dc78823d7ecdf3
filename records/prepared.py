"""Queries that are put into SQL once in a process: Django takes longer to say them than a database to answer."""

from copy import copy
from functools import cached_property

from django.db import connections

from .lookups import Among

STAND_IN = (None,)


class Prepared:
    """A query by keys that reach the database as one parameter (the lookup `among`), for pages that all visitors read.

    made   a callable that makes the query set for some keys, of which one alone is looked up `among` them; it is
           called once, so nothing else in it may change from time to time
    """

    def __init__(self, made):
        self.made = made

    def __call__(self, keys):
        """What the query set finds, as a list, for these keys. One query."""
        found = self._queryset.all()
        found.query.get_compiler = lambda *_which, **_how: self._compiler(found.db, keys)
        return list(found)

    def _compiler(self, database, keys):
        """The compiler of the query, which has its SQL already."""
        connection = connections[database]
        compiler, sql, parameters = self._compiled
        stand_in, keys = (Among.parameter(each, connection) for each in (STAND_IN, keys))
        parameters = tuple(keys if each == stand_in else each for each in parameters)
        compiler = copy(compiler)
        compiler.connection, compiler.as_sql = connection, lambda *_which, **_how: (sql, parameters)
        return compiler

    @cached_property
    def _queryset(self):
        return self.made(STAND_IN)

    @cached_property
    def _compiled(self):
        compiler = self._queryset.query.get_compiler(self._queryset.db)
        return compiler, *compiler.as_sql()
