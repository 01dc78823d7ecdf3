"""Memberships, told in a sentence."""

from records.numbers import enumerated


def in_words(memberships):
    """What somebody is a member of now, and was: `Member of the Steering Group. Co-chair of the Office until 2005.`

    Takes memberships with their bodies; blank where there are none.
    """
    bodies = {}
    for membership in memberships:
        standing = membership.role or "member"
        bodies.setdefault(f"once {standing}" if membership.left else standing, []).append(f"the {membership.body}")
    sentences = (f"{standing} of {enumerated(names)}" for standing, names in sorted(bodies.items(), key=now_first))
    return " ".join(f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences)


def now_first(standing):
    return standing[0].startswith("once ")
