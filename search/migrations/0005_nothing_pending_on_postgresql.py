"""PostgreSQL writes what is pending of the words at the end of each statement: all at once, and no search reads it."""

from django.db import migrations

LEXEMES = r"array_to_tsvector(array_remove(string_to_array(translate(words, E'\n', ' '), ' '), ''))"
PUT = f"INSERT INTO search_words (key, lexemes) SELECT key, {LEXEMES} FROM written;"
TAKE = "DELETE FROM search_words USING gone WHERE search_words.key = gone.key;"
WRITE = "PERFORM gin_clean_pending_list('search_words_lexemes');"
# The limit of a pending list, and what follows when rows of the index are put in, or changed.
WITH_NOTHING_PENDING = "RESET (gin_pending_list_limit)", {"INSERT": PUT + WRITE, "UPDATE": TAKE + PUT + WRITE}
WITH_LITTLE_PENDING = "SET (gin_pending_list_limit = 64)", {"INSERT": PUT, "UPDATE": TAKE + PUT}


def keep(limit, following):
    """An operation that does it, where the database is PostgreSQL."""

    def kept(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER INDEX search_words_lexemes {limit}")
            for event, statements in following.items():
                schema_editor.execute(f"""
                    CREATE OR REPLACE FUNCTION search_words_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN {statements} RETURN NULL; END $$
                """)

    return kept


class Migration(migrations.Migration):
    dependencies = [("search", "0004_little_pending_on_postgresql")]

    operations = [migrations.RunPython(keep(*WITH_NOTHING_PENDING), keep(*WITH_LITTLE_PENDING))]
