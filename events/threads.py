"""Threads: an event between those that it is linked to, in order of time."""

from dataclasses import dataclass, replace

from records.dates import PartialDate

from .models import EventLink

WORDS_OF_LINKS_TO = {
    EventLink.Kind.FOLLOWS: "Led to",
    EventLink.Kind.REVIEWS: "Reviewed it",
    EventLink.Kind.PREPARES: "Prepared it",
    EventLink.Kind.REPORTS_TO: "Reported to it",
    EventLink.Kind.PART_OF: "Was part of it",
}
# From how many months on a gap is drawn one step longer.
LONGER_FROM = (1, 4, 9, 18, 36)
MONTHS_OF_YEAR = 12
# As many as can stand side by side, and as are shown of an event with ever so many links.
MOST_ACROSS, MOST_SHOWN = 4, 12


@dataclass(frozen=True)
class Step:
    """An event of a thread, what it is to the page's own (nothing for that one itself), and the gap after it.

    `gap` says the time to the next in words, blank where it is not known; `length` how long it is drawn, from 1 to 6.
    """

    event: object
    words: str = ""
    gap: str = ""
    length: int = 1


@dataclass(frozen=True)
class Thread:
    """The steps of a thread, dated ones first, in order of time; `across`: few enough to stand side by side.

    `left_out` says how many more there are.
    """

    steps: tuple
    left_out: int = 0

    @classmethod
    def of(cls, event, links):
        """The thread of an event and of the links of it that are to be shown, each with both of its events.

        Where these are many, those next to it in time are shown.
        """
        linked = {}
        for link in links:
            words, other = words_of(link, event)
            linked.setdefault(other, []).append(words)
        whole = cls.through(Step(event), *(Step(other, " · ".join(words)) for other, words in linked.items()))
        start = min(max(whole.events.index(event) - MOST_SHOWN // 2, 0), max(len(whole.steps) - MOST_SHOWN, 0))
        shown = whole.steps[start : start + MOST_SHOWN]
        return replace(whole, steps=shown, left_out=len(whole.steps) - len(shown))

    @classmethod
    def through(cls, *steps):
        """The thread of some steps, in any order; None is left out."""
        return cls(tuple(with_gaps(sorted(filter(None, steps), key=lambda step: place_in_time(step.event)))))

    @property
    def events(self):
        return [step.event for step in self.steps]

    @property
    def is_of_several(self):
        return len(self.steps) > 1

    @property
    def across(self):
        return len(self.steps) <= MOST_ACROSS


def words_of(link, event):
    """What an event's link says of the other event, and that event."""
    if link.from_event == event:
        return link.get_kind_display(), link.to_event
    return WORDS_OF_LINKS_TO[link.kind], link.from_event


def place_in_time(event):
    return (event.starts_on is None, event.starts_on or 0, event.ends_on or 0, event.pk)


def with_gaps(steps):
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        if following and following.event.when and step.event.when:
            first, second = step.event.when, following.event.when
            yield replace(step, gap=time_between(first, second), length=length_of(months_between(first, second)))
        else:
            yield step


def length_of(months):
    return 1 + sum(months >= longer for longer in LONGER_FROM)


def months_between(first, second):
    """How many months lie between the beginnings of two partial dates."""
    first, second = first.starts_on, second.starts_on
    return 12 * (second.year - first.year) + second.month - first.month


def time_between(first, second):
    """The time from the beginning of one partial date to that of a later one, as exactly as both are known."""
    precisions = {first.precision, second.precision}
    months = months_between(first, second)
    if "year" in precisions:
        return of_unit(second.starts_on.year - first.starts_on.year, "year")
    if precisions == {"day"} and months <= 1:
        return of_unit((second.starts_on - first.starts_on).days, "day")
    in_years = months == MONTHS_OF_YEAR or months >= 2 * MONTHS_OF_YEAR
    about = "about " if "season" in precisions or (in_years and months % MONTHS_OF_YEAR) else ""
    return about + (of_unit(round(months / MONTHS_OF_YEAR), "year") if in_years else of_unit(months, "month"))


def lapse_of(outcome, today):
    """How long an outcome has been open, or after what time it was taken up: `for 7 months`, `after about 2 years`.

    Blank where a date is not known, or where what took it up was earlier.
    """
    then, is_open = outcome.event.when, outcome.status == outcome.Status.OPEN
    taken_up_at = None if is_open else outcome.publicly_taken_up_at
    until = taken_up_at.when if taken_up_at else PartialDate(today.isoformat())
    if not then or not until or until.starts_on < then.starts_on:
        return ""
    if not taken_up_at and not is_open:
        return ""
    time = time_between(then, until)
    if time.startswith("the same"):
        return f"in {time}" if taken_up_at else f"since {time.replace('the same', 'this')}"
    return f"{'after' if taken_up_at else 'for'} {time}"


def of_unit(number, unit):
    return f"{number} {unit}{'' if number == 1 else 's'}" if number else f"the same {unit}"
