"""What there is for search engines to read: every public page, by section. Filtered lists are left out."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from events.models import Event, Outcome, Series, Theme
from library.models import Collection, Document, Instrument
from participants.models import Agency, Body, Country
from summaries.models import Edition

PAGES = (
    "home",
    "events:activities",
    "participants:countries",
    "participants:agencies",
    "participants:bodies",
    "events:themes",
    "events:all_series",
    "events:outcomes",
    "library:documents",
    "library:collections",
    "library:instruments",
    "summaries:editions",
    "data",
    "about",
    "search:help",
)


class PageSitemap(Sitemap):
    """The pages that are there whatever is on record."""

    def items(self):
        return PAGES

    def location(self, name):
        return reverse(name)


class RecordSitemap(Sitemap):
    """The pages of one type's records; `found` is a callable that gives those which are public."""

    def __init__(self, found):
        self.found = found

    def items(self):
        return self.found().order_by("pk")


SECTIONS = {
    "pages": PageSitemap(),
    "activities": RecordSitemap(Event.objects.published),
    "countries": RecordSitemap(Country.objects.visible),
    "agencies": RecordSitemap(Agency.objects.visible),
    "bodies": RecordSitemap(Body.objects.all),
    "series": RecordSitemap(Series.objects.published),
    "themes": RecordSitemap(Theme.objects.published),
    "outcomes": RecordSitemap(Outcome.objects.published),
    "documents": RecordSitemap(Document.objects.published),
    "collections": RecordSitemap(Collection.objects.published),
    "instruments": RecordSitemap(Instrument.objects.published),
    "editions": RecordSitemap(Edition.objects.published),
}
