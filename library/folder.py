"""The folder that files of documents are kept in where nothing else is configured."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible(path="library.folder.Folder")
class Folder(FileSystemStorage):
    """A folder in which a file stands once it is whole, and which the site's own user alone may read."""

    def get_available_name(self, name, max_length=None):
        """Its own: what has the same sum is the same file."""
        return name

    def _save(self, name, content):
        path = Path(self.path(name))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".waiting-", delete=False) as waiting:
            try:
                for block in content.chunks():
                    waiting.write(block)
                waiting.flush()
                os.fsync(waiting.fileno())
                os.replace(waiting.name, path)
            except BaseException:
                os.unlink(waiting.name)
                raise
        return name
