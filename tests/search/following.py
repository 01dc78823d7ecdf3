"""Another process that keeps what the index holds, and follows it by versions."""

from search import registry, versions
from search.models import Indexed


class Follower:
    """Holds the index as of the version that it has followed it to: {type: {primary key: fields}}."""

    def __init__(self):
        self.version = versions.current()
        self.held = {type: rows_of(type) for type in registry.types()}

    def follow(self):
        """Read what was touched since, as another process does, and nothing else."""
        version = versions.current()
        for type in registry.types():
            touched = versions.touched_since(self.version, type)
            if touched is None:
                self.held[type] = rows_of(type)
            else:
                kept = {key: row for key, row in self.held[type].items() if key not in touched}
                self.held[type] = kept | rows_of(type, record__in=touched)
        self.version = version


def rows_of(type, **which):
    rows = Indexed.objects.filter(type=type, **which).values()
    return {row["record"]: row for row in rows}


def index():
    """The whole index: {type: {primary key: fields}}."""
    return {type: rows_of(type) for type in registry.types()}
