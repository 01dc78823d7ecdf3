"""The columns of roles: who had a part in an event, under which name, with what remark."""

import re

from django.core.exceptions import ValidationError

from exchange.cells import Cell, join
from exchange.columns import RelationColumn
from exchange.problems import CellError
from participants.directory import Directory, Participants
from participants.models import Name

from ..models import Involvement

PART = re.compile(r"(?P<name>[^\[\];]*)(?:\[(?P<remark>[^\[\]]*)\])?(?P<rest>[^;]*)(?:;|\Z)")


def role_parts(cell):
    """Pairs of a name and its remark, either of which may be blank, from a cell such as "IOM; Thailand [with UNHCR]".

    What stands where nothing may stand, such as a bracket that is not closed, is left in the name, for nobody to know.
    """
    pairs, start = [], 0
    while start < len(cell):
        match = PART.match(cell, start)
        name, remark = match["name"].strip(), (match["remark"] or "").strip()
        if match["rest"].strip():
            name, remark = match[0].rstrip(";").strip(), ""
        if name or remark:
            pairs.append((name, remark))
        start = match.end()
    return pairs


class RoleCell(Cell):
    """Who had a role: names as recorded, some with a remark. The value is a tuple of (known name, remark)."""

    refers = True
    remark_field = Involvement._meta.get_field("remark")

    def resolver(self):
        return self.session.resolver(Participants)

    def clean(self, value, row=None, **kwargs):
        parts, errors = {}, []
        for text, remark in role_parts(value):
            try:
                entry = self.recorded(text)
                if id(entry.target) in parts:
                    raise CellError(f"“{entry.target.label}” stands twice: a participant has a role once.", text)
                parts[id(entry.target)] = entry, self.remark_field.clean(remark, None)
            except CellError as error:
                errors.append(error)
            except ValidationError as error:
                errors += [CellError(message, remark) for message in error.messages]
        if errors:
            raise CellError.joined(errors)
        return tuple(parts.values())

    def recorded(self, text):
        """The known name that a text is; for a code, the preferred name."""
        if not text:
            raise CellError("A remark in brackets stands after a name.", text)
        if "[" in text or "]" in text:
            raise CellError(f"“{text}” cannot be read: a remark stands in one pair of brackets after a name.", text)
        entry = self.resolver().require_entry(text)
        if entry.kind == Name.Kind.CODE:
            return self.session.resolver(Directory).preferred(entry.target)
        return entry

    def render(self, value, obj=None, **kwargs):
        return join(f"{entry.text} [{remark}]" if remark else entry.text for entry, remark in value or ())


class RoleColumn(RelationColumn):
    """A column of those who had one role in the event. `meaning` says what they did, in a sentence."""

    def __init__(self, role, meaning):
        super().__init__(
            None, RoleCell(), help=f"{meaning} Names as recorded, each with a [remark] where there is one."
        )
        self.role, self.meaning = role, meaning
