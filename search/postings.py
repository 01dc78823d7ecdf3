"""What common words find, in memory: which records of each type, exact for the version that the database has.

To count what tens of thousands of records have, a database reads each of them. What it is asked for again is held and
followed from then on: of the records that were touched since, it is asked which are found now.
"""

from collections import OrderedDict, defaultdict
from threading import Lock
from typing import NamedTuple

from pyroaring import BitMap

from . import following, registry, versions
from .bitmaps import NONE
from .engines import TYPE_BITS, engine
from .models import HIGHEST_RECORD

# Fewer are counted sooner than followed; and after more were touched than these, all are found anew.
COMMON, MOST_FOLLOWED = 2_000, 500
# So many queries are held, those that were asked last; and so many are known again.
MOST_HELD, MOST_KNOWN = 32, 256


class Held(NamedTuple):
    """What a query finds, as of a version at least: {number of the type: set of primary keys}."""

    version: int
    sets: dict


class Postings:
    """What the queries find that find much, once in each process."""

    def __init__(self):
        self.lock = Lock()
        self.forget()
        following.register(self)

    def forget(self):
        """Find everything anew when it is asked for next."""
        self.held, self.known = OrderedDict(), OrderedDict()

    def counts(self, query):
        """How many of each type a query finds: {number of the type: how many}."""
        held = self._held(query)
        if held is not None:
            return {number: len(found) for number, found in held.items() if found}
        numbers = engine().counts(query)
        self._note(query, sum(numbers.values()))
        return numbers

    def records(self, query, number):
        """The primary keys of all that a query finds of the type with a number, in no order."""
        held = self._held(query)
        if held is not None:
            return held.get(number, NONE)
        found = engine().records(query, number)
        self._note(query, len(found))
        return found

    def _note(self, query, number):
        """Note how many a query found; where these are many, again, it is held from now on."""
        if number >= COMMON and self._is_known(query):
            self._hold(query)

    def _is_known(self, query):
        """Whether a query was asked before, lately; the next time it was."""
        asked = engine().sought(query)
        with self.lock:
            is_known = asked in self.known
            put_last(self.known, asked, None, MOST_KNOWN)
        return is_known

    def _held(self, query):
        """The sets of a query as of now; None where they are not held."""
        asked = engine().sought(query)
        if asked not in self.held:
            return None
        version = versions.current()
        if not following.can_be_kept(version):
            return None
        with self.lock:
            held = self.held.get(asked)
            if held and held.version != version:
                held = followed(query, held)
            if not held:
                self.held.pop(asked, None)
                return None
            put_last(self.held, asked, held, MOST_HELD)
            return held.sets

    def _hold(self, query):
        """Hold the sets of a query, where that can be done."""
        version, into, asked = versions.latest(), self.held, engine().sought(query)
        if not following.can_be_kept(version):
            return
        sets = {number: BitMap(records) for number, records in by_type(engine().all_keys(query)).items()}
        with self.lock:
            put_last(into, asked, Held(version, sets), MOST_HELD)
            self.known.pop(asked, None)


def put_last(ordered, key, value, most):
    """Put something at the end, and take what was put there first away where there are more."""
    ordered[key] = value
    ordered.move_to_end(key)
    if len(ordered) > most:
        ordered.popitem(last=False)


def followed(query, held):
    """The same as of the latest version; None where it is to be found anew."""
    version = versions.latest()
    if held.version > version:  # the record was set back
        following.forget_all()
        return None
    touched = versions.all_touched_since(held.version, MOST_FOLLOWED)
    if touched is None or not {type for type, _record in touched} <= {*registry.types()}:
        return None
    found = by_type(engine().touched(query, touched)) if touched else {}
    return Held(version, changed(held.sets, by_number(touched), found))


def changed(sets, touched, found):
    """Sets without the records that were touched, but for those that are found now; each is {number: keys}."""
    return {
        number: (sets.get(number, NONE) - BitMap(touched.get(number, ()))) | BitMap(found.get(number, ()))
        for number in {*sets, *found}
    }


def by_number(touched):
    """Pairs of a type and a primary key, as {number of the type: primary keys}."""
    numbers = defaultdict(list)
    for type, record in touched:
        numbers[registry.documents_of(type).number].append(record)
    return numbers


def by_type(keys):
    """Keys of the index, as {number of the type: primary keys}."""
    found = defaultdict(list)
    for key in keys:
        found[key >> TYPE_BITS].append(key & HIGHEST_RECORD)
    return found


_postings = Postings()
counts, records = _postings.counts, _postings.records
