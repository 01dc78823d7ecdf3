"""What each process keeps in memory of the record, and how it follows: exact for the version that the database has."""

from threading import Lock

from django.db import connection

from . import versions

# So often what was read is read again, where somebody else wrote meanwhile.
MOST_TIMES = 3
_all = []


class Following:
    """Something made of the published records of a type, once in each process, as of the record's latest version.

    type     the type, as `versions` knows it
    made     a callable that makes it of all records
    changed  a callable that makes it of what it was, and of the keys of the records that were written since

    What they return is never changed in place, so that threads share it. Whoever asks gets what holds after all that
    was committed before: by one query, where nothing was.
    """

    def __init__(self, type, made, changed):
        self.type, self.made, self.changed = type, made, changed
        self.lock = Lock()
        self.forget()
        register(self)

    def now(self):
        """What holds now."""
        kept = self.kept()
        return self.made() if kept is None else kept

    def kept(self):
        """What holds now, where it can be kept; else None."""
        version = versions.current()
        if not can_be_kept(version):
            return None
        held_in, held = self.holding
        return held if held_in == version else self._follow()

    def forget(self):
        """Make it anew when it is asked for next."""
        self.holding = (None, None)

    def _follow(self):
        with self.lock:
            for _time in range(MOST_TIMES):
                version = versions.latest()
                held_in, held = self.holding
                if held_in == version:
                    break
                self.holding = (version, self._brought_from(held_in, held, version))
            return self.holding[1]

    def _brought_from(self, held_in, held, version):
        """What holds in a version, followed from what is held where that can be done."""
        if held_in is not None and held_in > version:  # the record was set back
            forget_all()
            return self.made()
        touched = None if held_in is None else versions.touched_since(held_in, self.type)
        return self.made() if touched is None else self.changed(held, touched)


def can_be_kept(version):
    """Whether others see the same, and what comes after can be followed.

    A transaction may hold what is never committed; and where the version is 0, nobody said what was written.
    """
    return version > 0 and not connection.in_atomic_block


def register(holder):
    """Have something that holds what was read forget it with all else: it has `forget()`."""
    _all.append(holder)


def forget_all():
    """Make everything anew when it is asked for next, as when the database has become another one."""
    for holder in _all:
        holder.forget()
