"""Lists: columns that name several other records, kept in a many-to-many field of the record."""

from records.inserting import insert

from .cells import ReferencesCell, parts_of
from .columns import RelationColumn


class ListColumn(RelationColumn):
    """The records that a many-to-many field leads to, in an order that carries nothing."""

    def __init__(self, resolver, attribute=None, **options):
        super().__init__(attribute, ReferencesCell(resolver), **options)

    def bind(self, resource):
        super().bind(resource)
        field = resource.model_field(self.attribute)
        self.through = field.remote_field.through
        self.owner, self.listed = field.m2m_field_name(), field.m2m_reverse_field_name()

    def load(self, by_pk):
        """Load the lists of records, {primary key: record}, in one query; what must not be shown is left out."""
        resolver = self.widget.resolver()
        rows = self.through.objects.filter(**{f"{self.owner}__in": list(by_pk)})
        pairs = list(rows.values_list(self.owner, self.listed))
        resolver.prepare_keys({listed for _owner, listed in pairs})
        for owner, listed in pairs:
            if target := resolver.at(listed):
                by_pk[owner].relations.setdefault(self.name, []).append(target)

    def save(self, lines):
        """Save the lists that lines change."""
        lines = [line for line in lines if self.name in line.values]
        known = [line.record.pk for line in lines if not line.is_new]
        if known:
            self.through.objects.filter(**{f"{self.owner}__in": known}).delete()
        insert(self.through, [(line.record.pk, target.pk) for line in lines for target in line.values[self.name]])


class Listing:
    """Mixed into a resource that has such columns."""

    @property
    def lists(self):
        return [column for column in self.columns.values() if isinstance(column, ListColumn)]

    def prepare(self, lines):
        super().prepare(lines)
        for column in self.lists:
            cells = [line.cells.get(column.name, "") for line in lines]
            column.widget.resolver().prepare({part for cell in cells for part in parts_of(cell)})

    def load(self, records):
        super().load(records)
        by_pk = {record.pk: record for record in records}
        for column in self.lists:
            column.load(by_pk)

    def save_relations(self, lines):
        super().save_relations(lines)
        for column in self.lists:
            column.save(lines)
