"""How documents are filtered: one set of parameters, for pages and data alike."""

from functools import cache

from django.db.models import CharField, Count, F, Q, TextField, Value
from django.db.models.functions import Cast, Coalesce, Substr

from events.models import Event
from events.parameters import (
    AddressFilterSet,
    AnyOf,
    By,
    FilterForm,
    Loosening,
    PageField,
    ParticipantsField,
    ReferencesField,
    WordsField,
    YearField,
    countries_and_visible_agencies,
    given,
)
from participants.models import Country, Participant
from records.folding import fold
from records.models import reference_validator
from records.publication import Publication

from . import languages
from .models import ActionItem, Collection, Document, Instrument, ReportedFigure, Review, Uptake

Access = Document.Access


class EventsField(ReferencesField):
    """Activities by their references; one that is not public finds nothing."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.titles = {}

    def to_python(self, value):
        references = super().to_python(value)
        if references:
            events = Event.objects.published().filter(reference__in=references)
            self.titles = dict(events.values_list("reference", "title"))
        return references

    def words_of(self, text):
        return self.titles.get(text, text)


class DocumentFilterSet(AddressFilterSet):
    """Documents filtered by the parameters of an address.

    What can be chosen is what documents of the query set have, so that it tells nobody of what they may not read. Who
    reads what is public alone cannot ask for access: it would always be the same.
    """

    reference = AnyOf("reference", label="Reference", field_class=ReferencesField, validators=[reference_validator])
    q = By(WordsField, label="Words", method="search")
    kind = AnyOf("kind", label="Kind", noun="kind of document", choices=Document.Kind.choices)
    collection = AnyOf("collection__slug", label="Collection", noun="collection")
    event = By(EventsField, label="Activity", validators=[reference_validator], method="of_events")
    author = By(
        ParticipantsField,
        label="By",
        noun="country or agency",
        among=countries_and_visible_agencies,
        method="by_authors",
    )
    country = AnyOf("country", label="About", noun="country", field_class=ParticipantsField, among=Country.objects.all)
    language = AnyOf("language", label="Language", noun="language")
    access = AnyOf("access", label="Open to", noun="sort of access", choices=Access.choices)
    year = By(YearField, label="Year", method="issued_in")
    page = By(PageField, label="Page", method="on_any_page")

    # Parameters of which the list shows what there is to choose, and how much of it.
    CHOSEN = ("kind", "collection", "country", "author", "language", "access", "year")

    class Meta:
        model = Document
        fields = []
        form = FilterForm

    def __init__(self, data, queryset, *, restricted=False):
        super().__init__(data, queryset=queryset)
        if not restricted:
            del self.filters["access"]
        self.choices, self.numbers = self._choices()
        self.filters["author"].extra["among"] = self._authors
        self.filters["language"].extra["choices"] = self.choices["language"]
        self.filters["collection"].extra["choices"] = cache(choices_of_collections)

    # --- What there is to choose --------------------------------------------------------------------------------------

    @property
    def facets(self):
        """{parameter: [(value, name, how many are found with it under the other filters)]}."""
        numbers = self.numbers
        if self._in_use:
            rows = values_of({name: self._without(name) for name in self.choices})
            numbers = {(name, value): number for name, value, _words, number in rows}
        return {
            name: [(value, words, numbers.get((name, value), 0)) for value, words in choices]
            for name, choices in self.choices.items()
        }

    def _choices(self):
        """{parameter: [(value, name)]} of what the documents have, and how many have it, in one query."""
        names = [name for name in self.CHOSEN if name in self.filters]
        choices, numbers = {name: [] for name in names}, {}
        for name, value, words, number in values_of(dict.fromkeys(names, self.queryset)):
            choices[name].append((value, WORDS.get(name, words_alone)(value, words)))
            numbers[name, value] = number
        for name, found in choices.items():
            found.sort(key=lambda choice: fold(choice[1]), reverse=name == "year")
        return choices, numbers

    def _authors(self):
        authors = Participant.objects.filter(documents__in=self.queryset.order_by()).values("pk")
        return Participant.objects.filter(Q(pk__in=countries_and_visible_agencies().values("pk")) | Q(pk__in=authors))

    def count(self):
        """How many documents there are, and how many are found, in one query."""
        found = Q(pk__in=self.qs.order_by().values("pk"))
        numbers = self.queryset.order_by().aggregate(all=Count("pk"), found=Count("pk", filter=found))
        return numbers["all"], numbers["found"]

    def loosened(self):
        """What would be found with one parameter left out, in one query, the most first; nothing that finds nothing."""
        counts = {
            name: Count("pk", filter=Q(pk__in=self._without(name).order_by().values("pk"))) for name in self._in_use
        }
        numbers = self.queryset.order_by().aggregate(**{f"without_{name}": count for name, count in counts.items()})
        loosenings = [
            Loosening(
                self.form.fields[name].label,
                " or ".join(words),
                self._query_without(name, *given(self.data, name)),
                numbers[f"without_{name}"],
            )
            for name, words in self.words.items()
        ]
        return sorted((each for each in loosenings if each.number), key=lambda each: -each.number)

    # --- What is found ------------------------------------------------------------------------------------------------

    def filter_queryset(self, documents):
        return self._found(documents, self.form.cleaned_data)

    def _found(self, documents, asked):
        for name, value in asked.items():
            documents = self.filters[name].filter(documents, value)
        return documents

    def _without(self, name):
        if not self.is_valid():
            return self.queryset.none()
        return self._found(self.queryset, self.form.cleaned_data | {name: None})

    def search(self, documents, name, words):
        return documents.search(words)

    def of_events(self, documents, name, references):
        return (
            documents.of_events(Event.objects.published().filter(reference__in=references)) if references else documents
        )

    def by_authors(self, documents, name, participants):
        return documents.by_any_of(participants) if participants else documents

    def issued_in(self, documents, name, year):
        return documents.filter(issued_on__year=year) if year else documents

    def on_any_page(self, documents, name, number):
        return documents


def choices_of_collections():
    """The collections that the public sees, those too in which a reader finds nothing yet."""
    return Collection.objects.published().order_by("name").values_list("slug", "name")


def words_alone(value, words):
    return words or value


WORDS = {
    "kind": lambda value, _words: Document.Kind(value).label,
    "access": lambda value, _words: Access(value).label,
    "language": lambda value, _words: languages.in_words(value),
}
# How a document's values of a parameter are read: what it must have, the value, its name.
READ = {
    "kind": (Q(), F("kind"), Value("")),
    "collection": (Q(collection__publication=Publication.PUBLISHED), F("collection__slug"), F("collection__name")),
    "country": (Q(country__isnull=False), F("country__alpha2"), F("country__name")),
    "author": (Q(authors__isnull=False), Coalesce("authors__alpha2", "authors__slug"), F("authors__name")),
    "language": (~Q(language=""), F("language"), Value("")),
    "access": (Q(), F("access"), Value("")),
    "year": (Q(issued_on__isnull=False), Substr("issued", 1, 4), Value("")),
}


def values_of(documents):
    """Rows (parameter, value, name, how many have it) of `{parameter: query set of documents}`, in one query."""
    found = []
    for parameter, records in documents.items():
        wanted, value, words = READ[parameter]
        rows = (
            records.filter(wanted)
            .order_by()
            .values(
                parameter=Value(parameter, CharField()), code=Cast(value, TextField()), words=Cast(words, TextField())
            )
        )
        found.append(rows.annotate(number=Count("pk")).values_list("parameter", "code", "words", "number"))
    first, *others = found
    return first.union(*others)


def choices_of_instruments():
    return Instrument.objects.published().order_by("name").values_list("slug", "name")


class UptakeFilterSet(AddressFilterSet):
    """What is known by country, filtered by instrument and country."""

    instrument = AnyOf("instrument__slug", label="Instrument", noun="instrument", choices=choices_of_instruments)
    country = AnyOf(
        "country", label="Country", noun="country", field_class=ParticipantsField, among=Country.objects.visible
    )

    class Meta:
        model = Uptake
        fields = []
        form = FilterForm


class FigureFilterSet(AddressFilterSet):
    """What meetings reported, filtered by instrument."""

    instrument = AnyOf("instrument__slug", label="Instrument", noun="instrument", choices=choices_of_instruments)

    class Meta:
        model = ReportedFigure
        fields = []
        form = FilterForm


class ItemFilterSet(AddressFilterSet):
    """Items, filtered by their plan of action."""

    plan = AnyOf("plan__slug", label="Plan", noun="plan of action", choices=choices_of_instruments)

    class Meta:
        model = ActionItem
        fields = []
        form = FilterForm


class ReviewFilterSet(ItemFilterSet):
    """Reviews, filtered by their plan of action."""

    class Meta:
        model = Review
        fields = []
        form = FilterForm


# What takes filters among the data of the library.
FILTERSETS = {
    "documents": DocumentFilterSet,
    "uptakes": UptakeFilterSet,
    "reported_figures": FigureFilterSet,
    "action_items": ItemFilterSet,
    "reviews": ReviewFilterSet,
}
