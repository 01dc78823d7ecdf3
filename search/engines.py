"""Engines: how each database is asked for what a query seeks, among the lexemes of the index.

Both find the same: SQLite by FTS5, PostgreSQL by a tsvector. A phrase is a matter of words that are all there, and then
of the text of the lexemes, in which they must stand next to each other.
"""

import json

from django.db import connection

from .lexemes import IN_FILES, IN_TITLE, SPELLED_IN_TITLE
from .models import HIGHEST_RECORD, RANK_BITS, RECORD_BITS

TYPE_BITS = RANK_BITS + RECORD_BITS


class Engine:
    """Asks for keys of the index (`Indexed.key`); the highest come first."""

    key = ""
    # The key, where what is found is to be looked through for it.
    looked_at = ""
    match = ""
    # Numbers as one text, with commas between.
    joined = ""

    def keys(self, query, *, in_title=False, number=None, limit):
        """The keys of what a query finds, the highest first.

        in_title  only where what is sought is in what it is called
        number    only of the type with this number
        limit     only so many
        """
        sql, parameters = self.sought(query, in_title, number)
        sql = f"SELECT {self.key} {sql} ORDER BY {self.key} DESC LIMIT %s"
        return [key for (key,) in self.rows(sql, [*parameters, limit])]

    def records(self, query, number):
        """The primary keys of all that a query finds of the type with a number, in no order."""
        return self.together(f"{self.key} & {HIGHEST_RECORD}", query, number)

    def all_keys(self, query):
        """The keys of all that a query finds, in no order."""
        return self.together(self.key, query)

    def together(self, column, query, number=None):
        """A column of all that a query finds, in one text: in a row for each it would take three times as long."""
        sql, parameters = self.sought(query, number=number)
        ((found,),) = self.all_rows(f"SELECT {self.joined.format(column)} {sql}", parameters)
        return json.loads(f"[{found or ''}]")

    def touched(self, query, touched):
        """The keys of what a query finds among touched records: pairs of a type and a primary key. One query.

        It may find some more, whose type one of them has and whose primary key another.
        """
        sql, parameters = self.sought(query)
        types, records = ({pair[place] for pair in touched} for place in (0, 1))
        marks_of_types, marks = (", ".join(["%s"] * len(each)) for each in (types, records))
        keys = f"SELECT key FROM search_indexed WHERE type IN ({marks_of_types}) AND record IN ({marks})"  # noqa: S608 - marks
        sql = f"SELECT {self.key} {sql} AND {self.looked_at} IN ({keys})"
        return [key for (key,) in self.rows(sql, [*parameters, *types, *records])]

    def counts(self, query):
        """How many of each type a query finds: {number of the type: how many}."""
        sql, parameters = self.sought(query)
        return dict(self.all_rows(f"SELECT {self.key} >> {TYPE_BITS}, count(*) {sql} GROUP BY 1", parameters))

    def numbers(self, queries):
        """How many records each of some queries finds. One query, and none for no queries."""
        sought = [self.sought(query) for query in queries]
        sql = ", ".join(f"(SELECT count(*) {sql})" for sql, _parameters in sought)
        return self.all_rows(f"SELECT {sql}", [each for _sql, more in sought for each in more])[0] if sought else ()

    def finds(self, soughts):
        """Whether each of some Soughts, which are no phrases, finds something. One query."""
        one = f"EXISTS (SELECT 1 FROM search_words WHERE {self.match})"  # noqa: S608 - nothing that somebody typed
        return self.rows(f"SELECT {', '.join([one] * len(soughts))}", list(map(self.all_of, soughts)))[0]

    def rows(self, sql, parameters):
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()

    def all_rows(self, sql, parameters):
        """The rows of a question for all that is found."""
        return self.rows(sql, parameters)

    def sought(self, query, in_title=False, number=None):
        """What stands in SQL after the columns, and its parameters."""
        conditions, parameters = [self.match], [self.expression(query, in_title)]
        if number is not None:
            conditions.append(f"{self.key} >= %s AND {self.key} < %s")
            parameters += [number << TYPE_BITS, (number + 1) << TYPE_BITS]
        checks = list(self.checks(query, in_title))
        for sql, further in checks:
            conditions.append(sql)
            parameters += further
        texts = f" JOIN search_indexed ON search_indexed.key = {self.key}" if checks else ""
        return f"FROM search_words{texts} WHERE {' AND '.join(conditions)}", tuple(parameters)

    def checks(self, query, in_title):
        """What is still to be asked of the records that have all words: pairs of a condition and its parameters."""
        for soughts in query.wanted:
            if any(sought.is_phrase for sought in soughts):
                parts = [self.check(sought, in_title) for sought in soughts]
                yield (
                    f"({' OR '.join(sql for sql, _further in parts)})",
                    [each for _sql, more in parts for each in more],
                )
        for sought in query.unwanted:
            if sought.is_phrase:
                sql, further = self.check(sought)
                yield f"NOT {sql}", further

    def check(self, sought, in_title=False):
        """That something is there, as a condition of its own, and its parameters."""
        if not sought.is_phrase:
            return self.one, [self.all_of(sought, in_title)]
        texts = [f"% {' '.join(mark + word for word in sought.words)} %" for mark in ("", IN_FILES)]
        return "(search_indexed.words LIKE %s OR search_indexed.words LIKE %s)", texts

    def expression(self, query, in_title):
        """A query in the language of the database."""
        wanted = self.and_(
            [self.or_([self.all_of(sought, in_title) for sought in soughts]) for soughts in query.wanted]
        )
        unwanted = [self.all_of(sought) for sought in query.unwanted if not sought.is_phrase]
        return self.without(wanted, self.or_(unwanted)) if unwanted else wanted

    def all_of(self, sought, in_title=False):
        *words, last = sought.words
        whole = words if sought.is_begun else sought.words
        marks = (IN_TITLE,) if in_title else ("", IN_FILES)
        parts = [self.or_([self.word(mark + word) for mark in marks]) for word in whole]
        if sought.is_begun:
            marks = (SPELLED_IN_TITLE,) if in_title else ("", SPELLED_IN_TITLE, IN_FILES)
            parts.append(self.or_([self.beginning(mark + last) for mark in marks]))
        return self.and_(parts)


class SqliteEngine(Engine):
    key = "search_words.rowid"
    # By its own key, FTS5 would find everything anew for each.
    looked_at = "+search_words.rowid"
    match = "search_words MATCH %s"
    joined = "group_concat({})"
    one = "search_words.rowid IN (SELECT rowid FROM search_words WHERE search_words MATCH %s)"

    def word(self, lexeme):
        return f'"{lexeme}"'

    def beginning(self, lexeme):
        return f'"{lexeme}" *'

    def and_(self, parts):
        return parts[0] if len(parts) == 1 else f"({' AND '.join(parts)})"

    def or_(self, parts):
        return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"

    def without(self, wanted, unwanted):
        return f"{wanted} NOT {unwanted}"


class PostgresqlEngine(Engine):
    key = looked_at = "search_words.key"
    match = "search_words.lexemes @@ %s::tsquery"
    joined = "string_agg(({})::text, ',')"
    one = match

    def all_rows(self, sql, parameters):
        """The rows of a question for all that is found.

        By its index, however much that is: PostgreSQL takes to reading everything much sooner than that is quicker.
        """
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL enable_seqscan = off; {sql}; SET LOCAL enable_seqscan = on", parameters)
            cursor.nextset()
            return cursor.fetchall()

    def word(self, lexeme):
        return f"'{lexeme}'"

    def beginning(self, lexeme):
        return f"'{lexeme}':*"

    def and_(self, parts):
        return parts[0] if len(parts) == 1 else f"({' & '.join(parts)})"

    def or_(self, parts):
        return parts[0] if len(parts) == 1 else f"({' | '.join(parts)})"

    def without(self, wanted, unwanted):
        return f"{wanted} & !{unwanted}"


def engine():
    """The engine of the database that is asked."""
    return {"sqlite": SqliteEngine, "postgresql": PostgresqlEngine}[connection.vendor]()
