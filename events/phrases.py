"""What a list of activities is filtered by, as people would say it."""

from .models import Event
from .periods import NO_PERIOD


def phrase_of(filterset):
    """What was asked for, in words: `workshops and meetings held in Thailand until 2004`.

    Blank where all activities were asked for, and where what was asked for is malformed.
    """
    if not filterset.is_valid():
        return ""
    said = Phrases(filterset)
    phrases = (getattr(said, name)() for name in Phrases.ORDER if name in filterset.words)
    return " ".join(phrase for phrase in phrases if phrase)


class Phrases:
    """A phrase for each parameter of a valid filter set."""

    ORDER = (
        "kind", "reference", "concerning", "q", "body", "theme", "series", "country", "city", "participant", "role",
        "period", "lacking", "year", "since", "until",
    )  # fmt: skip

    def __init__(self, filterset):
        self.words, self.asked, self.periods = filterset.words, filterset.asked, filterset.periods
        self.words_sought = filterset.words_sought

    def kind(self):
        return joined([Event.Kind(kind).several for kind in self.asked["kind"]], "and")

    def reference(self):
        return f"with the reference {self._any('reference')}"

    def concerning(self):
        return f"that concern {self._any('concerning')}"

    def q(self):
        return f"that mention “{self.asked['q']}”" if self.words_sought else ""

    def body(self):
        return f"of {self._any('body')}"

    def theme(self):
        return f"on {self._any('theme')}"

    def series(self):
        return f"in the series {self._any('series')}"

    def country(self):
        return f"held in {self._any('country')}"

    def city(self):
        return f"in the city of {self._any('city')}"

    def participant(self):
        return f"with {self._any('participant')}"

    def role(self):
        roles = joined([words.lower() for words in self.words["role"]], "or")
        return f"as {roles}" if "participant" in self.words else f"with a recorded {roles}"

    def period(self):
        numerals = [numeral for numeral, each in self.periods.numbered if each.reference in self.asked["period"]]
        since = [f"since conference {joined(numerals, 'or')}"] if numerals else []
        return joined([*since, *(["in no period"] if NO_PERIOD in self.asked["period"] else [])], "or")

    def lacking(self):
        return f"without a recorded {joined([words.lower() for words in self.words['lacking']], 'or')}"

    def year(self):
        return f"in {self.asked['year']}"

    def since(self):
        return f"since {self.asked['since'].display()}"

    def until(self):
        return f"until {self.asked['until'].display()}"

    def _any(self, name):
        return joined(self.words[name], "or")


def joined(words, conjunction):
    """`a, b or c`."""
    *first, last = words
    return f"{', '.join(first)} {conjunction} {last}" if first else last
