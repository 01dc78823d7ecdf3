"""SQLite as the site uses it: Django’s, whose connections last from page to page for as long as that is safe.

To open the file for each page, and to read anew what tables it has, took longer than all else that an empty page costs.
"""

import os
from contextlib import suppress

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Needs `CONN_MAX_AGE` and `CONN_HEALTH_CHECKS`: without them nothing lasts."""

    def get_new_connection(self, conn_params):
        self.opened = self._file()
        return super().get_new_connection(conn_params)

    def is_usable(self):
        """Whether the file is still the one that was opened, not another that was put in its place."""
        return self.opened == self._file()

    def close_if_unusable_or_obsolete(self):
        """What wrote is closed: what broke off midway holds nothing beyond its page."""
        if self.connection is not None and self.connection.total_changes:
            self.close()
        super().close_if_unusable_or_obsolete()

    def _file(self):
        """What tells the database’s file from every other; nothing where it is in memory."""
        with suppress(OSError):
            found = os.stat(self.settings_dict["NAME"])
            return found.st_dev, found.st_ino
        return None
