"""Numbers as sentences have them: small ones in words."""

CARDINALS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def cardinal(number):
    """How many: `no`, `one` … `twelve`, then digits: `13`."""
    return CARDINALS[number] if number < len(CARDINALS) else f"{number}"


def ordinal(number):
    """Which one, counted from 1: `first` … `tenth`, then digits: `11th`, `22nd`."""
    if number <= len(ORDINALS):
        return ORDINALS[number - 1]
    ending = "th" if number % 100 in (11, 12, 13) else ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"


def counted(number, one, several=None):
    """A number with its noun: `one activity`, `seven activities`; `several`: its plural where `s` makes none."""
    return f"{cardinal(number)} {one if number == 1 else several or one + 's'}"


def enumerated(words):
    """Words as a sentence lists them: `a`, `a and b`, `a, b and c`."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
