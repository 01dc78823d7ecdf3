"""The planner: finds which record each row is of, reads what differs, and refuses what cannot be."""

from functools import cached_property

from records.models import Counter

from .lines import ERROR, SAME
from .problems import CellError
from .resources import matching


class Planner:
    """Plans the chunks of one pass: finds each line's record, reads what differs, and refuses what cannot be."""

    def __init__(self, resource, highest):
        self.resource = resource
        self.key_columns = [resource.columns[name] for name in resource.key]
        self.rows_of_keys = {}
        self.rows_of_records = {}
        if resource.letter and highest:
            resource.last_number = max(highest, Counter.last(resource.letter))

    def plan(self, lines):
        """Fill in a chunk of lines."""
        lines = [line for line in lines if not line.problems]
        self.resource.prepare(lines)
        self.find(lines)
        kept = [line for line in lines if line.record is not None and not line.deleting]
        self.resource.introduce(kept)
        for line in lines:
            if line.record is None and not line.deleting:
                self.read_beside_key(line)
        for line in kept:
            self.read(line)
            self.resource.settle(line)
            if line.is_new and not line.problems and not self.key_given(line):
                self.resource.give_key(line)
        sound = [line for line in kept if not line.problems]
        self.resource.pointing = self.resource.assign(sound)
        self.resource.check(sound)
        for line in lines:
            if line.status not in (SAME, ERROR) and (refusal := self.resource.refusal(line)):
                line.refuse("", refusal, "")

    # --- Which record a line is of ------------------------------------------------------------------------------------

    def find(self, lines):
        """Give each line the record that its key or its natural identity stands for, or a new one."""
        keys = {line: key for line in lines if (key := self.key(line)) is not None}
        lines = [line for line in lines if line in keys]
        complete = {key for key in keys.values() if key}
        found = self.resource.with_keys(complete) if complete else {}
        unknown = [line for line in lines if keys[line] not in found and not line.deleting]
        twins = {} if self.resource.session.exact else self.twins(unknown, keys, found.values())
        records = list({record.pk: record for record in [*found.values(), *twins.values()]}.values())
        if records:
            self.resource.load(records)
        for line in lines:
            line.record = found.get(keys[line]) or twins.get(line)
            self.once(line, keys[line])
            if line.record is None and line.deleting:
                line.refuse(self.resource.key[0], "There is no such record.")
            elif line.record is None:
                line.record, line.is_new = self.resource.model(), True
                line.record.relations = {}
            else:
                line.old = self.resource.row(line.record)

    def key(self, line):
        """The line's key as a tuple of canonical cells, () for a blank one, None where it cannot be read."""
        if self.single_key and not line.key_cells.get(self.single_key):
            return ()
        cells = []
        for column in self.key_columns:
            try:
                cells.append(column.read(line.key_cells.get(column.name, ""))[1])
            except CellError as error:
                line.refuse_cell(column.name, error)
        if line.problems:
            return None
        return self.resource.folded_key(tuple(cells))

    def twins(self, lines, keys, found):
        """The records that lines with a blank key are of: {line: record}. Unknown keys with a twin get a warning.

        `found` are the records that other lines have by their key.
        """
        asked = []
        for line in lines:
            missing = [name for name in self.identifying if name not in line.cells]
            if missing and not keys[line]:
                columns = ", ".join(missing)
                line.refuse(
                    self.resource.key[0],
                    f"The {self.resource.key[0]} is blank, and without the columns {columns} it cannot be told whether "
                    "this is a record already. Add them, or give the key.",
                )
            elif not missing:
                asked.append(line)
        twins = self.resource.twins(asked) if asked else {}
        records = {record.pk: record for record in found}
        taken = records if self.resource.identity_before_key else ()
        chosen = {}
        for line in asked:
            as_before = (pk for pk in twins.get(line.number, ()) if pk not in self.resource.written)
            line.twins = [pk for pk in as_before if pk not in taken]
            twin = self.twin(line, keys[line], line.twins)
            if twin:
                chosen[line] = twin
        unread = set(chosen.values()) - records.keys()
        records |= {record.pk: record for record in matching(self.resource.records(), "pk", unread)}
        return {line: records[pk] for line, pk in chosen.items()}

    def twin(self, line, key, candidates):
        """The primary key of the one record that a line is of by its identity, or None."""
        if key and candidates and self.resource.identity_before_key:
            return candidates[0]
        if key and candidates:
            line.notes.append(f"Row {line.number} makes a new record, though one much the same is there already.")
        elif len(candidates) > 1:
            line.refuse(self.resource.key[0], f"{len(candidates)} records are just like this one: give the key.")
        elif candidates:
            return candidates[0]
        return None

    @cached_property
    def identifying(self):
        """The columns of the natural identity."""
        return [name for name, column in self.resource.columns.items() if column.identifies]

    def once(self, line, key):
        """Refuse the second row of one record."""
        seen, mark = (
            (self.rows_of_records, line.record.pk) if line.record is not None else (self.rows_of_keys, key or None)
        )
        if mark is None:
            return
        first = seen.setdefault(mark, line.number)
        if first != line.number:
            line.refuse(self.resource.key[0], f"Row {first} is of the same record already.")

    def key_given(self, line):
        return not self.single_key or line.after.get(self.single_key)

    @cached_property
    def single_key(self):
        """The column that alone makes the key, and may be blank; None where several make it together."""
        return self.resource.key[0] if len(self.resource.key) == 1 else None

    # --- What a line changes ------------------------------------------------------------------------------------------

    def read(self, line):
        """Read the cells that differ from the record, or from a new record of which nothing is said."""
        columns = self.resource.columns
        if line.is_new:
            line.after = self.blank_row.copy()
            for name in self.required:
                if not line.cells.get(name):
                    line.refuse(name, f"The {name} must be given.")
        for name, cell in line.cells.items():
            if line.is_new:
                if cell:
                    self.read_cell(line, columns[name], cell)
            elif cell != line.old[name] and (cell or not (columns[name].keeps or name == self.single_key)):
                self.read_cell(line, columns[name], cell)

    @cached_property
    def blank_row(self):
        """The row of a new record of which nothing is said: {column: cell}."""
        return {name: column.widget.render(column.default) for name, column in self.resource.columns.items()}

    @cached_property
    def required(self):
        return [name for name, column in self.resource.columns.items() if column.required]

    def read_beside_key(self, line):
        """Find what else is wrong with a line whose key cannot be read."""
        for name, cell in line.cells.items():
            if cell and name not in self.resource.key:
                self.read_cell(line, self.resource.columns[name], cell)

    def read_cell(self, line, column, cell):
        try:
            line.set(column, *column.read(cell))
        except CellError as error:
            line.refuse_cell(column.name, error)
