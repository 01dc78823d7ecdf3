"""Rolls: lists of participants as people write them, and the involvements that they mean."""

from typing import NamedTuple

from exchange.sessions import Session
from exchange.suggestions import nearest
from participants.directory import Directory, Participants
from participants.mentions import found_in_prose, mentions
from participants.models import Name

# The prefix of the rows of who took part, in the event's form.
ROWS = "involvements"
LONGEST_NUMBER = 4


class Roll(NamedTuple):
    """What a list means: the keys of a participant and of its name as recorded, in pairs; what is in doubt; the rest.

    Where a list says a code, the name as recorded is left blank. `unknown` are the texts that nothing answers to.
    """

    parts: list
    doubts: list
    unknown: list


def read_roll(text, present):
    """Read a list. `present` are the keys of participants who have the role already, as texts."""
    session = Session()
    participants = session.resolver(Participants)
    parts, doubts, unknown, seen = [], [], [], dict.fromkeys(present, "stands there already")
    for mention in mentions(text, found_in_prose(session.resolver(Directory))):
        entry = mention.entry
        if entry is None or not participants.suits(entry.target):
            doubts.append(doubt(mention, participants.known()))
            unknown.append(mention.text)
            continue
        key = str(entry.target.pk)
        if key in seen:
            doubts.append(f"“{mention.text}” {seen[key]}.")
            continue
        seen[key] = "stands in the list twice; it was taken once"
        parts.append((key, "" if entry.kind == Name.Kind.CODE else str(entry.pk)))
    return Roll(parts, doubts, unknown)


def doubt(mention, known):
    """What is said of a text that no participant answers to."""
    if mention.entry:
        return f"“{mention.text}” is a body, which takes no part itself."
    near = nearest(mention.text, known)
    hint = f" Nearest: {', '.join(near)}." if near else ""
    return f"No country or agency is known as “{mention.text}”.{hint}"


def number_of_rows(data):
    """How many rows a form says that it sends; none where what it says is no such number."""
    said = data.get(f"{ROWS}-TOTAL_FORMS", "")
    return int(said) if said.isdecimal() and len(said) <= LONGEST_NUMBER else 0


def with_roll(data):
    """Read the list that was pasted into a form: what was sent, with the rows that it means, and the roll.

    `data` is what was sent of the event's form. What nothing answers to is left in the field for the list.
    """
    data = data.copy()
    role, total = data.get("pasted_role", ""), number_of_rows(data)
    numbers = [number for number in range(total) if f"{ROWS}-{number}-DELETE" not in data]
    present = [
        data.get(f"{ROWS}-{number}-participant") for number in numbers if data.get(f"{ROWS}-{number}-role") == role
    ]
    roll = read_roll(data.get("pasted", ""), present)
    for number, (participant, name) in enumerate(roll.parts, start=total):
        row = {"role": role, "participant": participant, "recorded_as": name, "remark": ""}
        for field, value in row.items():
            data[f"{ROWS}-{number}-{field}"] = value
    data[f"{ROWS}-TOTAL_FORMS"] = str(total + len(roll.parts))
    data["pasted"] = "\n".join(roll.unknown)
    return data, roll
