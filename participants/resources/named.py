"""What rows of countries, agencies and bodies have in common: names that no two share."""

from functools import cached_property

from django.core.exceptions import ValidationError

from exchange.cells import Cell, join, parts_of
from exchange.columns import RelationColumn
from exchange.likeness import Texts
from exchange.problems import CellError
from exchange.resolvers import Target
from exchange.resources import Resource, free_slug
from records.chains import goes_round
from records.folding import fold, one_line

from ..directory import Directory
from ..models import Name
from ..names import answers_to, further, in_use, save_names, spoken, taken, used, with_former


class NamesCell(Cell):
    """Several names of one owner. The value is a tuple of texts."""

    field = Name._meta.get_field("text")

    def clean(self, value, row=None, **kwargs):
        names, errors = {}, []
        for text in parts_of(value):
            try:
                name = self.field.clean(text, None)
                names.setdefault(fold(name), name)
            except ValidationError as error:
                errors += [CellError(message, text) for message in error.messages]
        if errors:
            raise CellError.joined(errors)
        return tuple(names.values())

    def render(self, value, obj=None, **kwargs):
        return join(value or ())


class NamesColumn(RelationColumn):
    """The column of all further names."""

    def __init__(self):
        super().__init__(None, NamesCell(), help="All further names that lead to it, separated with semicolons.")


class NamedResource(Resource):
    """Rows of those that have names, which no two share.

    short    the column of the short form: acronym or short_name
    coded    the columns of its codes
    chains   the columns that point to others of the same type, and may not go round in a circle
    sort     what the directory calls them
    """

    whole = True
    called = "name"
    short = "acronym"
    coded = ()
    chains = ("parent",)
    sort = "agency"

    def __init__(self, session=None):
        super().__init__(session)
        self.targets = {}
        self.slugs = set()

    @cached_property
    def directory(self):
        return self.session.resolver(Directory)

    def load(self, records):
        super().load(records)
        for record in records:
            names = self.directory.names_of(self.target(record)).values()
            record.relations["names"] = tuple(entry.text for entry in names if entry.kind == Name.Kind.OTHER)

    def saved_targets(self):
        """The directory's targets of this sort: {primary key: target}."""
        return self.directory.participants

    def saved_target(self, pk):
        """The directory's target of this sort with a primary key."""
        return self.directory.participant(pk)

    def target(self, record):
        """The directory's target of a record, saved or made by the file at hand."""
        return self.targets.get(id(record)) or self.saved_target(record.pk)

    def twins(self, lines):
        found = {}
        for line in lines:
            entry = self.directory.entries.get(fold(line.cells.get("name", "")))
            if entry and entry.target.details["kind"] == self.sort_of(entry.target):
                found[line.number] = [entry.target.pk]
        return found

    def likely(self, lines):
        names = {line.number: line.cells.get("name", "") for line in lines}
        found = {number: self.known_names.like(name) for number, name in names.items() if name}
        return {number: owners for number, owners in found.items() if owners}

    @cached_property
    def known_names(self):
        """All names of those of this sort, codes left out."""
        entries = (entry for entry in self.directory.entries.values() if entry.kind != Name.Kind.CODE)
        return Texts((entry.text, entry.target.pk) for entry in entries if self.sort_of(entry.target))

    def sort_of(self, target):
        """The target's kind when it is of this resource's sort, else None."""
        kind = target.details["kind"]
        return kind if kind == self.sort or (self.sort == "agency" and kind not in ("country", "body")) else None

    def introduce(self, lines):
        for line in lines:
            code, name = line.cells.get(self.key[0], ""), one_line(line.cells.get("name", ""))
            if line.is_new:
                self.targets[id(line.record)] = Target(None, code, name, line.record, kind=self.sort)
            if name:
                self.target(line.record).label = name
            texts = [name, line.cells.get(self.short, ""), code, *parts_of(line.cells.get("names", ""))]
            self.directory.introduce(self.target(line.record), texts)

    def settle(self, line):
        """Settle the further names: nothing stands twice, and a rename keeps the old name that no other row takes."""
        if not line.after.keys() & {"name", "names", self.short, *self.coded}:
            return
        others = line.values.get("names", line.record.relations.get("names", ()))
        if not line.is_new and not self.session.exact:
            columns = [name for name in ("name", self.short) if name in self.columns]
            before = [text for name in columns if not self.claimed_by_another(text := line.old[name], line)]
            others = with_former(others, before, [line.cell(name) for name in columns])
        known_by = [name for name in ("name", self.short, *self.coded, *self.key) if name in self.columns]
        owner = self.model(**{name: line.cell(name) for name in known_by})
        names = further(answers_to(owner, others))
        line.set(self.columns["names"], names, join(names))

    def claimed_by_another(self, text, line):
        """Whether another row of the file is to answer to a name, so that a rename gives it up."""
        entry = self.directory.introduced.get(fold(text))
        return entry is not None and entry.target is not self.target(line.record)

    def give_key(self, line):
        slug = free_slug(line.cell("name"), self.sort, lambda slug: self.slug_taken(slug, line.record))
        self.slugs.add(slug)
        self.target(line.record).code = slug
        self.set_key(line, slug)

    def slug_taken(self, slug, record):
        entry = self.directory.entry(slug)
        return slug in self.slugs or (entry is not None and entry.target is not self.target(record))

    # --- Rules --------------------------------------------------------------------------------------------------------

    def check(self, lines):
        super().check(lines)
        self.check_names([line for line in lines if line.after])
        for column in self.chains:
            self.check_chain(column, lines)

    def answers(self, line):
        return answers_to(line.record, line.record.relations.get("names", ()))

    def check_names(self, lines):
        """Refuse names that somebody else has once the whole file is applied, and the loss of names in use."""
        answers = {id(self.target(line.record)): self.answers(line) for line in lines}
        claimed, going = {}, {}
        for line in lines:
            target = self.target(line.record)
            for folded, (text, _kind) in answers[id(target)].items():
                owner = claimed.setdefault(folded, target)
                entry = self.directory.entries.get(folded)
                if owner is target and entry and folded in answers.get(id(entry.target), {folded: None}):
                    owner = entry.target
                if owner is not target:
                    line.refuse(self.column_of(line, text), taken(text, owner.label), text)
            kept = spoken(answers[id(target)])
            for folded, entry in self.directory.names_of(target).items():
                if folded not in kept:
                    going[entry.pk] = line, entry.text
        for pk in in_use(going):
            line, text = going[pk]
            line.refuse("names", used(text), text)

    def column_of(self, line, text):
        """The column that a name of a line stands in."""
        columns = ("name", self.short, *self.coded, *self.key)
        return next((name for name in columns if line.cell(name) == text), "names")

    def check_chain(self, column, lines):
        """Refuse lines whose parent or predecessor would come, step by step, to be themselves."""
        following = {}
        for target in list(self.saved_targets().values()):
            pointed = target.details.get(column)
            following[id(target)] = [id(self.saved_target(pointed))] if pointed else []
        changed = [line for line in lines if column in line.values]
        for line in changed:
            pointed = line.values[column]
            following[id(self.target(line.record))] = [id(pointed)] if pointed else []
        for line in changed:
            if goes_round(id(self.target(line.record)), lambda each: following.get(each, ())):
                line.refuse(column, f"This would go round in a circle: nothing is its own {column}, step by step.")

    def save_relations(self, lines):
        save_names(
            [(line.record, self.directory.names_of(self.target(line.record)), self.answers(line)) for line in lines]
        )
