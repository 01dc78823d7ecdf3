"""What rows refer to among places, series, themes and events, and how it is found."""

from exchange.resolvers import ByReference, Resolver, Target
from exchange.suggestions import nearest
from records.folding import fold

from .models import Event, Place, Series, Theme


class Places(Resolver):
    """All places, read once, with those that the file at hand makes."""

    noun = "place"

    def __init__(self, session):
        super().__init__(session)
        self.by_pk, self.by_key, self.by_city = {}, {}, {}
        self.read(Place.objects.order_by())

    def read(self, places):
        for pk, city, folded, country in places.values_list("pk", "city", "folded_city", "country"):
            self.add(Target(pk, city, city, country=country), folded)

    def add(self, target, folded):
        self.by_pk[target.stored_pk] = target
        self.by_key[target.details["country"], folded] = target
        self.by_city.setdefault(folded, []).append(target)

    def at(self, pk):
        if pk not in self.by_pk:  # somebody else has made it since
            self.read(Place.objects.filter(pk=pk))
        return self.by_pk[pk]

    def of(self, city, country):
        """The target of a city (which may be blank) in the country with this primary key, or None."""
        return self.by_key.get((country, fold(city)))

    def named(self, city):
        """The targets of all places with this city's name."""
        return self.by_city.get(fold(city), [])

    def near(self, city):
        """The targets of places whose city has a name much like this one, nearest first."""
        by_name = {targets[0].label: targets for folded, targets in self.by_city.items() if folded}
        return [target for name in nearest(city, by_name.keys()) for target in by_name[name]]

    def make(self, city, country):
        """The target of a place that is not saved yet."""
        target = Target(None, city, city, Place(city=city, country_id=country), country=country)
        self.by_key[country, fold(city)] = target
        return target

    def keep(self, target):
        """Learn that a place which was made has been saved."""
        self.by_pk[target.pk] = target


class Headings(Resolver):
    """Series or themes by name or slug, read once."""

    model = None

    def __init__(self, session):
        super().__init__(session)
        self.by_pk, self.by_text = {}, {}
        self.read(self.model.objects.order_by())

    def read(self, headings):
        for pk, slug, name, folded in headings.values_list("pk", "slug", "name", "folded_name"):
            target = self.by_pk[pk] = Target(pk, slug, name)
            self.by_text.setdefault(fold(slug), target)
            self.by_text[folded] = target

    def find(self, text):
        return self.by_text.get(fold(text))

    def at(self, pk):
        if pk not in self.by_pk:  # somebody else has made it since
            self.read(self.model.objects.filter(pk=pk))
        return self.by_pk[pk]

    def known(self):
        return [target.label for target in self.by_pk.values()]


class AllSeries(Headings):
    noun = "series"
    model = Series


class Themes(Headings):
    noun = "theme"
    model = Theme


class Events(ByReference):
    noun = "event"
    model = Event

    def at(self, pk):
        target = super().at(pk)
        return None if self.session.public and not target.details["published"] else target
