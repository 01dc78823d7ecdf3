"""The planner: finds which record each row is of, reads what differs, and refuses what cannot be."""

from functools import cached_property

from records.models import Counter, number_in

from .decisions import SAME, Decisions
from .lines import DUPLICATE, ERROR
from .lines import SAME as NO_CHANGE
from .problems import CellError
from .resources import matching


class Planner:
    """Plans the chunks of one pass: finds each line's record, reads what differs, and refuses what cannot be."""

    def __init__(self, resource, highest, decisions=None):
        self.resource = resource
        self.decisions = decisions or Decisions()
        self.key_columns = [resource.columns[name] for name in resource.key]
        self.rows_of_keys = {}
        self.rows_of_records = {}
        self.rows_of_identities = {}
        self.rows_said = set()
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
            if line.is_new and not line.problems and not line.is_left_out and not self.key_given(line):
                self.resource.give_key(line)
        sound = [line for line in kept if not line.problems]
        self.resource.pointing = self.resource.assign(sound)
        self.resource.check(sound)
        for line in lines:
            if line.status not in (NO_CHANGE, DUPLICATE, ERROR) and (refusal := self.resource.refusal(line)):
                line.refuse("", refusal, "")

    # --- Which record a line is of ------------------------------------------------------------------------------------

    def find(self, lines):
        """Give each line the record that its key or its natural identity stands for, or a new one."""
        self.decide(lines)
        keys = {line: key for line in lines if (key := self.key(line)) is not None}
        lines = [line for line in lines if line in keys]
        complete = {key for key in keys.values() if key}
        found = self.resource.with_keys(complete) if complete else {}
        records = {record.pk: record for record in found.values()}
        unknown = [line for line in lines if not line.deleting and (keys[line] not in found or line.is_chosen)]
        twins, likely = ({}, {}) if self.resource.session.exact else self.recognised(unknown, keys, records)
        if records:
            self.resource.load(list(records.values()))
        for line, of in likely.items():
            line.likely = {self.resource.key_of(row): row for row in map(self.resource.row, of)}
        for line in lines:
            line.record = found.get(keys[line]) or twins.get(line)
            self.once(line, keys[line])
            if line.record is None and (line.deleting or line.is_chosen):
                line.refuse(self.resource.key[0], "There is no such record.", line.key_cells[self.resource.key[0]])
            elif line.record is None:
                line.record, line.is_new = self.resource.new_record(), True
                self.note_small_letter(line, keys[line])
            else:
                line.old = self.resource.row(line.record)

    def note_small_letter(self, line, key):
        """Note a new reference that is another's but for its small letter: it may be meant for that."""
        given = key[0] if key and self.resource.letter else ""
        if given != given.upper() and number_in(given.upper(), self.resource.letter):
            line.notes.append(f"Row {line.number} makes {given}, which is another than {given.upper()}.")

    def decide(self, lines):
        """Give lines without a key what somebody has decided of them; a record that was chosen is found by its key."""
        if self.single_key and self.decisions.answers and not self.resource.session.exact:
            for line in lines:
                if not line.deleting and not line.key_cells.get(self.single_key):
                    line.decision = self.decisions.of(line.number)
                    if line.is_chosen:
                        line.key_cells = {self.single_key: line.decision}

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

    def recognised(self, lines, keys, records):
        """The records that lines are of by their identity or by what was decided, and those that they may be of.

        records  those that other lines have by their key, {primary key: record}; all that are recognised are added

        Returns {line: record} and, for lines without a key that are of none, {line: [record, ...]}.
        """
        lines = [line for line in lines if self.can_be_told(line, keys[line])]
        for line in lines:
            line.identity = self.resource.identity(line)
            self.note_duplicate(line, has_key=keys[line] and not line.is_chosen)
        twins = self.twins([line for line in lines if line.duplicate_of is None and not line.is_chosen], keys, records)
        unseen = [line for line in lines if line.duplicate_of is None and not line.problems]
        strange = [line for line in unseen if line.is_chosen or not (keys[line] or line in twins)]
        near = self.resource.likely(strange) if strange else {}
        unread = {*twins.values(), *(pk for pks in near.values() for pk in pks)} - records.keys()
        records |= {record.pk: record for record in matching(self.resource.records(), "pk", unread)}
        likely = {line: [records[pk] for pk in near[line.number]] for line in strange if line.number in near}
        as_decided = {line: of[0] for line, of in likely.items() if line.decision == SAME}
        return {line: records[pk] for line, pk in twins.items()} | as_decided, likely

    def can_be_told(self, line, key):
        """Whether a line has all columns of the natural identity; where it has no key either, it is refused."""
        missing = [name for name in self.identifying if name not in line.cells]
        if missing and not key:
            columns = ", ".join(missing)
            line.refuse(
                self.resource.key[0],
                f"The {self.resource.key[0]} is blank, and without the columns {columns} it cannot be told whether "
                "this is a record already. Add them, or give the key.",
            )
        return not missing

    def note_duplicate(self, line, has_key):
        """Note the earlier row whose natural identity a line without a key has, and whether it says just the same."""
        if line.identity:
            first = self.rows_of_identities.setdefault(line.identity, line.number)
            said = hash((line.identity, *line.cells.items()))
            if first != line.number and not has_key:
                line.duplicate_of, line.repeats = first, said in self.rows_said
            self.rows_said.add(said)

    def twins(self, lines, keys, records):
        """The primary keys of the records that lines are of by their identity: {line: primary key}.

        `records` are those that other lines have by their key. Unknown keys with a twin get a warning.
        """
        twins = self.resource.twins(lines) if lines else {}
        taken = records if self.resource.identity_before_key else ()
        chosen = {}
        for line in lines:
            as_before = (pk for pk in twins.get(line.number, ()) if pk not in self.resource.written)
            line.twins = [pk for pk in as_before if pk not in taken]
            twin = self.twin(line, keys[line], line.twins)
            if twin:
                chosen[line] = twin
        return chosen

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
