"""Where tests keep files of documents: nowhere but in memory."""

from django.core.files.storage import InMemoryStorage, Storage


class Memory(InMemoryStorage):
    """Like a service elsewhere, it has no paths; like the site's folder, it keeps what has the same name once."""

    path = Storage.path

    def get_available_name(self, name, max_length=None):
        return name

    def _relative_path(self, name):
        return name or "."
