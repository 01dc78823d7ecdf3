"""The secret key of an installation, made once and kept in a file."""

import os
import secrets
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def kept_in(path):
    """Return the key in the file at `path`, which is made, readable by its owner alone, when it is not there.

    Raises ImproperlyConfigured when the file holds too little to be a key.
    """
    path = Path(path)
    if not path.exists():
        make(path)
    key = path.read_text().strip()
    if len(key) < 50:
        raise ImproperlyConfigured(f"{path} holds no whole secret key: delete it, and a new one is made.")
    return key


def make(path):
    """Put a new key at `path`, whole or not at all; where another process was first, its key stays."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64) + "\n")
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)
