"""The search index in tests: what factories have made is put into it once it is read.

So a test need not say which of its records are to be found. What is made or changed by other means than a factory and
than those of the site, such as `.update()`, is made known with `note()`.
"""

from unittest.mock import patch

from django.db.backends.signals import connection_created

from search import registry
from search.keeping import rebuild

# What reads the index: its tables, and the version of the record.
READS = ("search_", "records_counter")
# What is taken out of the index must have been in it, or it would come in twice.
READING = ("SELECT", "SET LOCAL", "DELETE")


class Pending:
    """Whether something was made that the index does not know."""

    is_pending = False


def note():
    """Note that something was made that the index does not know."""
    Pending.is_pending = True


def forget():
    Pending.is_pending = False


def make_anew():
    """Make the index anew at once.

    Types of which there is nothing are passed over: to ask what the public sees of them takes longer than all else.
    """
    forget()
    there = [documents for documents in registry.all_documents() if documents.model._default_manager.exists()]
    with patch.object(registry, "all_documents", lambda: there):
        return rebuild()


def put_pending_first(execute, sql, params, many, context):
    """Make the index anew before it is read, where something is pending. Nobody counts the queries of that."""
    if Pending.is_pending and sql.startswith(READING) and any(name in sql for name in READS):
        connection = context["connection"]
        counted, connection.force_debug_cursor = connection.force_debug_cursor, False
        try:
            make_anew()
        finally:
            connection.force_debug_cursor = counted
    return execute(sql, params, many, context)


def watch(connection, **kwargs):
    if put_pending_first not in connection.execute_wrappers:
        connection.execute_wrappers.append(put_pending_first)


connection_created.connect(watch)
