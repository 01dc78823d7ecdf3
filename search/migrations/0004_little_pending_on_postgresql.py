"""PostgreSQL keeps few words pending, which each search would have to read through, and knows better which are rare."""

from django.db import migrations

ON_POSTGRESQL = [
    "ALTER INDEX search_words_lexemes SET (gin_pending_list_limit = 64)",
    "ALTER TABLE search_words ALTER COLUMN lexemes SET STATISTICS 500",
]
FROM_POSTGRESQL = [
    "ALTER INDEX search_words_lexemes RESET (gin_pending_list_limit)",
    "ALTER TABLE search_words ALTER COLUMN lexemes SET STATISTICS -1",
]


def keep_little(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in ON_POSTGRESQL:
            schema_editor.execute(statement)


def keep_as_much_as_others(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in FROM_POSTGRESQL:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_words_on_postgresql")]

    operations = [migrations.RunPython(keep_little, keep_as_much_as_others)]
