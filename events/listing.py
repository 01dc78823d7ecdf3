"""The list of activities: one page of what is found, under its years and between the conferences."""

from bisect import bisect_left

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Q, When
from django.utils.functional import cached_property

from .periods import numeral
from .phrases import phrase_of

PAGE = 25
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


class Listing:
    """A page of the activities that a filter set finds. Raises EmptyPage where there is no such page.

    `numbers` says how many there are, are found, and are found in each period.
    """

    def __init__(self, filterset):
        self.filterset, self.periods = filterset, filterset.periods
        self.numbers = self._numbers()
        self.before, self.page = self._page()

    @property
    def found(self):
        return self.numbers["among"]

    @property
    def phrase(self):
        return phrase_of(self.filterset)

    @cached_property
    def sections(self):
        """The entries under their years, and the conferences between them where they stand in order of time.

        Sections are `{"events": …, "year": …, "since": …, "number": …}`: since which conference that number was found,
        where a period begins; and `{"conference": …, "numeral": …, "found": …}`.
        """
        if self.filterset.order == "title":
            return [{"events": list(self.page)}] if self.page else []
        return self._sections()

    @property
    def orientation(self):
        """Whether a conference stands on the page that is not among what is found."""
        return any("conference" in section and not section["found"] for section in self.sections)

    def _numbers(self):
        within = Q(found=True)
        by_period = {
            f"period_{position}": Count("pk", filter=within & self.periods.opened_by(conference.reference))
            for position, conference in enumerate(self.periods.conferences)
        }
        marked = self.filterset.queryset.order_by().annotate(
            found=Case(When(pk__in=self.filterset.qs.order_by().values("pk"), then=True), default=False)
        )
        undated = Count("pk", filter=Q(starts_on__isnull=True))
        return marked.aggregate(all=Count("pk"), undated=undated, among=Count("pk", filter=within), **by_period)

    def _page(self):
        """The entry before the page, if any, and the page."""
        events = self.filterset.qs.with_list_details(self.filterset.participants)
        paginator = Paginator(events, PAGE)
        paginator.count = self.found
        number = paginator.validate_number(self.filterset.page_number)
        start = (number - 1) * PAGE
        entries = list(events[max(start - 1, 0) : start + PAGE]) if self.found else []
        before = entries.pop(0) if start else None
        return before, Page(entries, number, paginator)

    # --- Sections -----------------------------------------------------------------------------------------------------

    def _sections(self):
        sections, before = [], self.before
        for event in self.page:
            self._add_conferences(self._between(before, event), sections)
            self._add(event, before, sections)
            before = event
        if self.page and not self.page.has_next():
            self._add_conferences(self._between(before, None), sections)
        return sections

    def _add_conferences(self, positions, sections):
        """Conferences that are not found; one that stands there already began on the day of the entry after it."""
        said = [section.get("conference") for section in sections]
        for position in positions:
            if self.periods.conferences[position] not in said:
                sections.append(self._conference(position))

    def _add(self, event, before, sections):
        """An entry: in the section of the one before, if it is of the same year, or in one of its own."""
        position = self._position(event)
        if position is not None:
            sections.append(self._conference(position) | {"conference": event, "found": True})
        elif sections and "events" in sections[-1] and sections[-1]["year"] == year_of(event):
            sections[-1]["events"].append(event)
        else:
            section = {"year": year_of(event), "events": [event]}
            if (period := self.periods.of(event)) and self._begins_a_period(before, sections):
                section |= self._since(self._position(period))
            sections.append(section)

    def _begins_a_period(self, before, sections):
        if sections:
            return "conference" in sections[-1]
        return before is None or before in self.periods.conferences

    def _between(self, before, after):
        """The positions of the conferences between two entries, in the order of the list.

        None is the beginning of the list, or its end: beyond the earliest entry, only the conference stands that opened
        its period, and beyond the latest none.
        """
        if self.filterset.order == "latest":
            return reversed(self._passed(after, before))
        return self._passed(before, after)

    def _passed(self, earlier, later):
        if later is None or not later.when:
            return range(0)
        begun = self._begun(later)
        if earlier is None or not earlier.when:
            return range(max(begun - 1, 0), begun)
        return range(self._begun(earlier) + (earlier in self.periods.conferences), begun)

    def _begun(self, event):
        """How many conferences had begun before an event."""
        return bisect_left(self.periods.conferences, event.starts_on, key=lambda conference: conference.starts_on)

    def _position(self, event):
        conferences = self.periods.conferences
        return conferences.index(event) if event in conferences else None

    def _conference(self, position):
        return {"conference": self.periods.conferences[position], "numeral": numeral(position + 1), "found": False}

    def _since(self, position):
        named = f"the {ORDINALS[position]} conference" if position < len(ORDINALS) else f"conference {position + 1}"
        return {"since": named, "number": self.numbers[f"period_{position}"]}


def year_of(event):
    return event.starts_on.year if event.when else None
