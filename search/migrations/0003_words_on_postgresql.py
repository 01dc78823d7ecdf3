"""PostgreSQL too keeps what is searched in a table of its own: what counts what is found reads little else."""

from django.db import migrations

LEXEMES = r"array_to_tsvector(array_remove(string_to_array(translate(words, E'\n', ' '), ' '), ''))"
PUT = f"INSERT INTO search_words (key, lexemes) SELECT key, {LEXEMES} FROM written"
TAKE = "DELETE FROM search_words USING gone WHERE search_words.key = gone.key"
ON_POSTGRESQL = [
    "ALTER TABLE search_indexed DROP COLUMN lexemes",
    "CREATE TABLE search_words (key bigint PRIMARY KEY, lexemes tsvector NOT NULL)",
    PUT.replace("written", "search_indexed"),
    "CREATE INDEX search_words_lexemes ON search_words USING gin (lexemes)",
]
# What happens to rows of the index, what then happens to their words, and by which names that knows the rows.
FOLLOWING = {
    "INSERT": (PUT, "REFERENCING NEW TABLE AS written"),
    "DELETE": (TAKE, "REFERENCING OLD TABLE AS gone"),
    "UPDATE": (f"{TAKE}; {PUT}", "REFERENCING OLD TABLE AS gone NEW TABLE AS written"),
    "TRUNCATE": ("TRUNCATE search_words", ""),
}
FROM_POSTGRESQL = [
    *(f"DROP TRIGGER search_words_{event} ON search_indexed" for event in FOLLOWING),
    *(f"DROP FUNCTION search_words_{event}()" for event in FOLLOWING),
    "DROP TABLE search_words",
    f"ALTER TABLE search_indexed ADD COLUMN lexemes tsvector GENERATED ALWAYS AS ({LEXEMES}) STORED",
    "CREATE INDEX search_indexed_lexemes ON search_indexed USING gin (lexemes)",
]


def following(event, statements, names):
    name = f"search_words_{event}"
    yield f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {statements}; RETURN NULL; END $$
    """
    yield f"""
        CREATE TRIGGER {name} AFTER {event} ON search_indexed {names}
        FOR EACH STATEMENT EXECUTE FUNCTION {name}()
    """


def keep_apart(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        followed = (each for event, how in FOLLOWING.items() for each in following(event, *how))
        for statement in (*ON_POSTGRESQL, *followed):
            schema_editor.execute(statement)


def keep_together(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in FROM_POSTGRESQL:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_full_text")]

    operations = [migrations.RunPython(keep_apart, keep_together)]
