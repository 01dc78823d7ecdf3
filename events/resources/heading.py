"""Rows of series and themes."""

from exchange.cells import LowerCell
from exchange.columns import Column
from exchange.likeness import Texts
from exchange.resources import Resource, free_slug
from records.folding import fold

from ..models import Series, Theme


class CalledResource(Resource):
    """Rows of what has a name of its own, which no two of the type share, and a slug that is made of it."""

    key = ("slug",)
    required = ("name",)
    called = "name"
    named_by = ("slug", "name")
    whole = True

    def __init__(self, session=None):
        super().__init__(session)
        self.slugs = set()
        self.taken = None

    def public_records(self):
        return self.records().published()

    def saved(self):
        """The names and slugs that are taken: {folded name: primary key}, and the set of slugs."""
        if self.taken is None:
            rows = list(self.records().values_list("folded_name", "pk", "slug"))
            self.taken = {folded: pk for folded, pk, _slug in rows}
            self.slugs |= {slug for _folded, _pk, slug in rows}
        return self.taken

    def twins(self, lines):
        saved = self.saved()
        names = {line.number: saved.get(fold(line.cells.get("name", ""))) for line in lines}
        return {number: [pk] for number, pk in names.items() if pk}

    def likely(self, lines):
        known = Texts(self.records().values_list("name", "pk"))
        found = {line.number: known.like(line.cells.get("name", "")) for line in lines}
        return {number: owners for number, owners in found.items() if owners}

    def introduce(self, lines):
        self.slugs |= {line.cells["slug"].lower() for line in lines if line.cells.get("slug")}

    def give_key(self, line):
        self.saved()
        slug = free_slug(line.cell("name"), self.model._meta.model_name, self.slugs.__contains__)
        self.slugs.add(slug)
        self.set_key(line, slug)

    def check(self, lines):
        """Refuse a name that another has, or had before this file."""
        saved, claimed = self.saved(), {}
        for line in (line for line in lines if "name" in line.after):
            folded = fold(line.record.name)
            owner = saved.get(folded, line.record.pk)
            first = claimed.setdefault(folded, line)
            if owner != line.record.pk or first is not line:
                line.refuse("name", f"The name “{line.record.name}” is taken.")


class HeadingResource(CalledResource):
    """Rows of series and themes."""

    slug = Column(cell=LowerCell())
    name = Column(required=True, identifies=True)
    description = Column()


class SeriesResource(HeadingResource):
    type = "series"
    model = Series
    examples = (
        {"slug": "form-workshops", "name": "Workshops on Forms", "description": "One each year."},
        {"name": "Workshops on Lists"},
    )


class ThemeResource(HeadingResource):
    type = "themes"
    model = Theme
    examples = (
        {"slug": "forms", "name": "Forms", "description": "How forms are drawn up and filled in."},
        {"name": "Lists"},
    )
