"""What is searched: SQLite keeps it in a table of its own, PostgreSQL in a column; both follow the lexemes by themselves."""

from django.db import migrations, models

# The lexemes are taken apart already. So the tokenizer does nothing but split them at spaces, and of each it is enough
# to know which records have it.
ON_SQLITE = [
    """
    CREATE VIRTUAL TABLE search_words USING fts5(
        words, content='search_indexed', content_rowid='key', tokenize='ascii', detail=none, columnsize=0
    )
    """,
    """
    CREATE TRIGGER search_words_put AFTER INSERT ON search_indexed BEGIN
        INSERT INTO search_words(rowid, words) VALUES (new.key, new.words);
    END
    """,
    """
    CREATE TRIGGER search_words_take AFTER DELETE ON search_indexed BEGIN
        INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.key, old.words);
    END
    """,
    """
    CREATE TRIGGER search_words_change AFTER UPDATE ON search_indexed BEGIN
        INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.key, old.words);
        INSERT INTO search_words(rowid, words) VALUES (new.key, new.words);
    END
    """,
]
FROM_SQLITE = [
    "DROP TRIGGER search_words_put",
    "DROP TRIGGER search_words_take",
    "DROP TRIGGER search_words_change",
    "DROP TABLE search_words",
]
ON_POSTGRESQL = [
    r"""
    ALTER TABLE search_indexed ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (
        array_to_tsvector(array_remove(string_to_array(translate(words, E'\n', ' '), ' '), ''))
    ) STORED
    """,
    "CREATE INDEX search_indexed_lexemes ON search_indexed USING gin (lexemes)",
]
FROM_POSTGRESQL = ["ALTER TABLE search_indexed DROP COLUMN lexemes"]


def search(apps, schema_editor):
    for statement in {"sqlite": ON_SQLITE, "postgresql": ON_POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def search_no_longer(apps, schema_editor):
    for statement in {"sqlite": FROM_SQLITE, "postgresql": FROM_POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def empty(apps, schema_editor):
    """What is in the index has no lexemes yet: it is made anew (`manage.py rebuild_search`)."""
    apps.get_model("search", "Indexed").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunPython(empty, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("text", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("length", models.PositiveSmallIntegerField(db_index=True)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("value", models.BigIntegerField()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddField("indexed", "named", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("indexed", "words", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.RunPython(search, search_no_longer),
    ]
