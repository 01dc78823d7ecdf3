"""Chains of records that each point to the next: a circle in one is a mistake."""


def goes_round(start, following):
    """Whether one comes back to `start` by way of what follows.

    `following(item)` gives the items that follow on one. Items are anything that can stand in a set.
    """
    seen, waiting = set(), list(following(start))
    while waiting:
        item = waiting.pop()
        if item == start:
            return True
        if item not in seen:
            seen.add(item)
            waiting.extend(following(item))
    return False
