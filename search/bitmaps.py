"""Sets of records in memory: which of them have a value, and in which order they come.

A set is a roaring bitmap of primary keys. Nothing here is ever changed in place: what follows a change shares all that
stayed as it was, so that whoever reads an older state goes on reading it whole.
"""

from bisect import bisect_left
from functools import cached_property
from itertools import accumulate, chain, islice
from operator import or_

from pyroaring import BitMap

NONE = BitMap()
# So many records of an order stand in a block: few enough to look through, enough to make few blocks.
BLOCK = 512


def union(sets):
    """All that is in one of some sets."""
    sets = list(sets)
    return BitMap.union(*sets) if sets else NONE


def intersection(sets):
    """All that is in each of some sets, one at least."""
    return BitMap.intersection(*sets)


class Values:
    """Which records have each value: {value: set}; no value stands here that none has."""

    def __init__(self, sets=()):
        self.sets = dict(sets)

    @classmethod
    def of(cls, having):
        """From the records that have each value: {value: records}."""
        return cls((value, BitMap(keys)) for value, keys in having.items())

    def __contains__(self, value):
        return value in self.sets

    def __getitem__(self, value):
        return self.sets.get(value, NONE)

    def any_of(self, values):
        """The records that have one of some values."""
        return union(self.sets[value] for value in values if value in self.sets)

    @cached_property
    def numbers(self):
        """How many records have each value: {value: number}."""
        return {value: len(keys) for value, keys in self.sets.items()}

    def counts(self, among):
        """How many among some records have each value: {value: number}, those without any left out."""
        counted = among.intersection_cardinality
        return {value: number for value, keys in self.sets.items() if (number := counted(keys))}

    def changed(self, records, having):
        """The same where of some records those have each value, {value: records}, and no others."""
        sets = {
            value: kept
            for value, keys in self.sets.items()
            if (kept := keys if keys.isdisjoint(records) else keys - records)
        }
        for value, keys in having.items():
            sets[value] = sets.get(value, NONE) | BitMap(keys)
        return Values(sets)


class Block:
    """A piece of an order: its records as (rank, key), and the keys as a set."""

    def __init__(self, ranked):
        self.ranked = ranked
        self.keys = BitMap([key for _rank, key in ranked])

    def among(self, records):
        """Those of them that are among some records, in order."""
        return [self.ranked[place] for place in sorted(map(self._places.__getitem__, self.keys & records))]

    def around(self, key, among):
        """How many of some records stand before one of them here, and the nearest before and after it, or None."""
        at = self._places[key]
        before = [other for _rank, other in self.ranked[:at]]
        return (
            BitMap(before).intersection_cardinality(among),
            next((other for other in reversed(before) if other in among), None),
            next((other for _rank, other in islice(self.ranked, at + 1, None) if other in among), None),
        )

    def between(self, first, last):
        """Those of them from one rank on and before another, as a set."""
        begins = bisect_left(self.ranked, (first,)) if first else 0
        ends = bisect_left(self.ranked, (last,)) if last else len(self.ranked)
        whole = ends - begins == len(self.ranked)
        return self.keys if whole else BitMap([key for _rank, key in self.ranked[begins:ends]])

    @cached_property
    def _places(self):
        """Where each record stands."""
        return {key: place for place, (_rank, key) in enumerate(self.ranked)}


class Order:
    """Records in the order of their ranks, which are tuples of one form.

    It stands in blocks, so that a page of any set is found by counting what each block has of it, without sorting.
    """

    def __init__(self, blocks=()):
        self.blocks = list(blocks)

    @classmethod
    def of(cls, ranked):
        """From pairs of a rank and a record."""
        return cls(blocks_of(sorted(ranked)))

    def __iter__(self):
        return chain.from_iterable(block.ranked for block in self.blocks)

    def page(self, among, start, stop):
        """What stands from place `start` to before `stop` in the order of some records, as pairs of rank and record."""
        found, place, first = [], 0, None
        for block in self.blocks:
            number = block.keys.intersection_cardinality(among)
            if number and place + number > start:
                first = place if first is None else first
                found += block.among(among)
            place += number
            if place >= stop:
                break
        return found[start - first : stop - first] if found else []

    def around(self, key, among):
        """Where a record stands among some, counted from 0, and the records before and after it, None at the ends.

        Raises LookupError where it is not one of them, or has no place in this order.
        """
        place = 0
        for block in self.blocks:
            if key in block.keys and key in among:
                number, before, after = block.around(key, among)
                place += number
                before = self._at(place - 1, among) if before is None else before
                return place, before, self._at(place + 1, among) if after is None else after
            place += block.keys.intersection_cardinality(among)
        raise LookupError(key)

    def _at(self, place, among):
        """The record at a place among some, None before the first and beyond the last."""
        found = self.page(among, place, place + 1) if place >= 0 else []
        return found[0][1] if found else None

    def between(self, first, last):
        """The records from one rank on and before another, as a set; a rank may be short, None is the end."""
        begins = bisect_left(self.blocks, (first,), key=lambda block: block.ranked[-1]) if first else 0
        ends = bisect_left(self.blocks, (last,), key=lambda block: block.ranked[0]) if last else len(self.blocks)
        within = [self._before[ends - 1] - self._before[begins + 1]] if ends - begins > 2 else []
        return union(
            [*within, *(self.blocks[place].between(first, last) for place in {begins, ends - 1} if begins < ends)]
        )

    def changed(self, records, ranked):
        """The same where some records have these ranks, or, without one, are no more."""
        kept = []
        for block in self.blocks:
            if block.keys.isdisjoint(records):
                kept.append(block)
            elif left := [pair for pair in block.ranked if pair[1] not in records]:
                kept.append(Block(left))
        return Order(inserted(sorted(ranked), kept))

    @cached_property
    def _before(self):
        """All that stands before each block, and before the end: a set each."""
        return list(accumulate((block.keys for block in self.blocks), or_, initial=NONE))


def blocks_of(ranked):
    return [Block(ranked[start : start + BLOCK]) for start in range(0, len(ranked), BLOCK)]


def inserted(ranked, blocks):
    """Blocks with further pairs where they belong; one that grows too long is cut."""
    if not blocks:
        return blocks_of(ranked)
    into = {}
    for pair in ranked:
        place = bisect_left(blocks, pair, key=lambda block: block.ranked[-1])
        into.setdefault(min(place, len(blocks) - 1), []).append(pair)
    found = []
    for place, block in enumerate(blocks):
        if place not in into:
            found.append(block)
            continue
        whole = sorted(block.ranked + into[place])
        found += blocks_of(whole) if len(whole) > 2 * BLOCK else [Block(whole)]
    return found
