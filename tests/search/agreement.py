"""Whether all that a process answers agrees with a plain look through the tables.

What is looked for are whole words that stand alone; which of them a record says is told here without the index, and
without what makes it.
"""

import re
from html import unescape

from django.http import QueryDict
from django.test import Client

from events.filters import EventListFilterSet
from events.models import Event, Outcome, Series, Theme
from participants.models import Agency, Body, Country, Membership, Name
from search.find import find, records
from tests.events.scan import ORDERS, counts, found, scan
from tests.events.test_facets import SHOWN, counted

WORDS = ("Amber", "Birch", "Cedar", "Ember", "Fjord", "Korea", "Seoul", "ROK", "passports")
ASKED = (
    {},
    {"kind": ["workshop"], "since": ["2003"]},
    {"participant": ["KR"], "role": ["host"]},
    {"country": ["KR", "ID"]},
    {"theme": ["document-fraud"]},
    {"lacking": ["place"]},
)
LINE = re.compile(
    r'<li class="entry.*?<a href="/activities/([^/]+)/">(.*?)</a>.*?<p class="where">(.*?)</p>', re.DOTALL
)


def disagreements(kept=None):
    """What this process answers otherwise than the tables: triples of what was asked, the answer, and what is so.

    kept  {address: (tag, text)} of pages that a visitor has, whom the next ones are added to
    """
    scanned, said = scan(), plain_words()
    answers = (*lists(scanned), *pages(scanned, said, kept if kept is not None else {}), *finds(said))
    return [(asked, answer, plain) for asked, answer, plain in answers if answer != plain]


# --- Lists and their facets -------------------------------------------------------------------------------------------


def lists(scanned):
    for query, order in zip(ASKED, [*ORDERS] * len(ASKED), strict=False):
        filterset = filtered(query | {"sort": [order]})
        if not filterset.is_valid():
            unknown = not any(event.fits(query) for event in scanned)
            yield (query, order), (), () if unknown else found(scanned, query, order)
            continue
        references = dict(Event.objects.published().values_list("pk", "reference"))
        ranked = filterset.facets.orders[order].page(filterset.finding.found, 0, 100)
        yield (query, order), [references.get(key) for _rank, key in ranked], found(scanned, query, order)
        for facet in SHOWN:
            yield (query, facet), counted(filterset, facet), counts(scanned, query, facet)


def filtered(query):
    data = QueryDict(mutable=True)
    for name, values in query.items():
        data.setlist(name, values)
    return EventListFilterSet(data, Event.objects.published())


def pages(scanned, said, kept):
    """The list as a visitor sees it, who has it from before and is told when it is still so."""
    places = {
        event.pk: str(event.place or "No place recorded") for event in Event.objects.select_related("place__country")
    }
    for query in ("sort=title", "sort=title&q=Amber"):
        address = f"/activities/?{query}"
        tag, text = kept.get(address, ("", ""))
        response = Client(headers={"If-None-Match": tag}).get(address)
        if response.status_code != 304:
            tag, text = response.headers.get("ETag", ""), response.text
            kept[address] = tag, text
        events = sorted(scanned, key=ORDERS["title"])
        if "q=" in query:
            events = [event for event in events if "amber" in said["events"][event.reference]]
        yield (
            (address, response.status_code),
            [tuple(map(unescape, line)) for line in LINE.findall(text)],
            [(event.reference, event.title, places[event.pk]) for event in events],
        )


# --- What is found ----------------------------------------------------------------------------------------------------


def finds(said):
    for word in WORDS:
        plain = {
            (type, code) for type, of_type in said.items() for code, words in of_type.items() if word.lower() in words
        }
        search = find(word)
        hits = [hit for number in range(search.pages) for hit in search.page(number + 1)]
        yield word, sorted((hit.type, hit.code) for hit in hits), sorted(plain)
        numbers = {documents.type: number for documents, number in search.counts.items()}
        yield (word, "counts"), numbers, {type: n for type in said if (n := sum(each == type for each, _code in plain))}
        keys = Event.objects.filter(pk__in=list(records(word, "events")))
        yield (word, "records"), {each.code for each in keys}, {code for type, code in plain if type == "events"}


def plain_words():
    """The words of all that the public sees: {type: {code: words}}."""
    names = {}
    for owner, body, text in Name.objects.exclude(kind="code").values_list("participant", "body", "text"):
        names.setdefault((owner, body), []).append(text)
    events = Event.objects.filter(publication="published").select_related("place__country", "series")
    events = list(events.prefetch_related("bodies", "themes", "involvements__participant"))
    return {
        "events": {event.reference: words(*of_event(event, names)) for event in events},
        "outcomes": {
            each.reference: words(each.event.title, each.text, *names.get((None, each.addressed_to_id), ()))
            for each in Outcome.objects.filter(event__in=events).select_related("event")
        },
        "series": {each.slug: words(each.name, each.description) for each in Series.objects.filter(events__in=events)},
        "themes": {each.slug: words(each.name, each.description) for each in Theme.objects.filter(events__in=events)},
        "bodies": {each.slug: words(each.remit, *names[None, each.pk]) for each in Body.objects.all()},
        **of_participants(events, names),
    }


def of_event(event, names):
    whose = {key for part in event.involvements.all() for key in (part.participant_id, part.participant.country_id)}
    whose |= {event.place.country_id} if event.place else set()
    yield from (event.title, event.description, event.venue, event.alongside)
    yield from [event.place.city] if event.place else []
    yield from [event.series.name] if event.series else []
    yield from (theme.name for theme in event.themes.all())
    for owner in [*((key, None) for key in whose), *((None, body.pk) for body in event.bodies.all())]:
        yield from names.get(owner, ())


def of_participants(events, names):
    """Those with a part in a published event or a membership, where one was, and whose agency is seen."""
    seen = {part.participant_id for event in events for part in event.involvements.all()}
    seen |= set(Membership.objects.values_list("member", flat=True))
    agencies = [each for each in Agency.objects.all() if each.pk in seen]
    seen |= {event.place.country_id for event in events if event.place} | {each.country_id for each in agencies}
    countries = [each for each in Country.objects.all() if each.pk in seen]
    return {
        "countries": {each.alpha2: words(*names[each.pk, None]) for each in countries},
        "agencies": {
            each.slug: words(*names[each.pk, None], *names.get((each.country_id, None), ())) for each in agencies
        },
    }


def words(*texts):
    return {word for text in texts for word in re.findall(r"\w+", text.lower())}
