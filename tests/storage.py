"""Where tests keep files of documents: nowhere but in memory."""

from django.core.files.storage import InMemoryStorage


class Memory(InMemoryStorage):
    def get_available_name(self, name, max_length=None):
        """Its own, as the site's folder gives it."""
        return name
