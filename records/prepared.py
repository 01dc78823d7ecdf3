"""Queries that are put into SQL once in a process: Django takes longer to say them than a database to answer."""

from copy import copy
from functools import cached_property
from inspect import signature

from django.db import connections

from .lookups import Among


class Prepared:
    """A query by lists of keys, each of them one parameter (the lookup `among`), for pages that all visitors read.

    made   a callable that makes the query set of one list or several, which it looks up `among` alone; it is called
           once, with lists that stand in for others, so nothing else in it may change from time to time
    """

    def __init__(self, made):
        self.made = made

    def __call__(self, *lists):
        """What the query set finds, as a list, for these lists of keys. One query."""
        found = self._queryset.all()
        found.query.get_compiler = lambda *_which, **_how: self._compiler(found.db, lists)
        return list(found)

    def _compiler(self, database, lists):
        """The compiler of the query, which has its SQL already."""
        connection = connections[database]
        compiler, sql, parameters = self._compiled
        given = [Among.parameter(keys, connection) for keys in lists]
        parameters = tuple(each if place is None else given[place] for each, place in parameters)
        compiler = copy(compiler)
        compiler.connection, compiler.as_sql = connection, lambda *_which, **_how: (sql, parameters)
        return compiler

    @cached_property
    def _stand_ins(self):
        """A list for each that it takes, of a length of its own."""
        return [[None] * length for length, _list in enumerate(signature(self.made).parameters, start=1)]

    @cached_property
    def _queryset(self):
        return self.made(*self._stand_ins)

    @cached_property
    def _compiled(self):
        """The compiler, the SQL, and each of its parameters with the place of the list that it stands for, or None."""
        compiler = self._queryset.query.get_compiler(self._queryset.db)
        stand_ins = [Among.parameter(each, compiler.connection) for each in self._stand_ins]
        sql, parameters = compiler.as_sql()
        return compiler, sql, [(each, stand_ins.index(each) if each in stand_ins else None) for each in parameters]
