"""Stock: what is in a collection by kind, country and year."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Substr

from records.folding import fold

from .models import Document


@dataclass(frozen=True)
class Row:
    """A country, its code blank where documents are about none, with its number of documents of each kind."""

    code: str
    name: str
    numbers: list
    total: int


@dataclass(frozen=True)
class Stock:
    """Documents counted.

    kinds   [(kind, how many)], in the order of the kinds; rows have a number for each of them
    rows    a row for each country, by name, and what is about none last
    years   [(year, how many)], the latest first; blank is what is undated
    """

    total: int
    kinds: list
    rows: list
    years: list

    @classmethod
    def of(cls, documents):
        """The stock of documents, in one query."""
        cells, by_country, by_kind, by_year = Counter(), Counter(), Counter(), Counter()
        for alpha2, name, kind, year, number in counted(documents):
            country = alpha2 or "", name or ""
            cells[country, kind] += number
            by_country[country] += number
            by_kind[kind] += number
            by_year[year] += number
        kinds = [(kind, by_kind[kind]) for kind in Document.Kind if by_kind[kind]]
        countries = sorted(by_country, key=lambda country: (not country[0], fold(country[1])))
        return cls(
            total=by_kind.total(),
            kinds=kinds,
            rows=[
                Row(*country, [(kind, cells[country, kind]) for kind, _number in kinds], by_country[country])
                for country in countries
            ],
            years=sorted(by_year.items(), reverse=True),
        )

    @property
    def names_countries(self):
        return any(row.code for row in self.rows)


def counted(documents):
    """Rows (alpha-2, name, kind, year, how many) of documents."""
    by = ("country__alpha2", "country__name", "kind", "year")
    dated = documents.order_by().annotate(year=Substr("issued", 1, 4))
    return dated.values(*by).annotate(number=Count("pk")).values_list(*by, "number")
