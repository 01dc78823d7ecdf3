"""What the site needs of the machine it stands on."""

from django.core.checks import Error, Tags, register
from django.db import connections

# Rows are written in bulk with ON CONFLICT and RETURNING, which SQLite has had since this version.
OLDEST_SQLITE = (3, 35, 0)


@register(Tags.compatibility)
def sqlite_is_recent_enough(app_configs, **kwargs):
    """Return an error where the record is kept in an SQLite that is too old."""
    kinds = {connection.Database for connection in connections.all() if connection.vendor == "sqlite"}
    return [
        Error(
            f"SQLite {sqlite.sqlite_version} is too old: 3.35 is the least.",
            hint="Use a Python that comes with a newer one, or a PostgreSQL server by DATABASE_URL.",
            id="baliprocess.E001",
        )
        for sqlite in kinds
        if sqlite.sqlite_version_info < OLDEST_SQLITE
    ]
