"""Languages in words: what the code of a document's language stands for."""

from django.conf.locale import LANG_INFO

# Languages of the region that Django itself is not translated into.
FURTHER = {
    "dv": "Dhivehi",
    "dz": "Dzongkha",
    "fil": "Filipino",
    "fj": "Fijian",
    "lo": "Lao",
    "mi": "Māori",
    "ps": "Pashto",
    "si": "Sinhala",
    "sm": "Samoan",
    "tet": "Tetum",
    "tl": "Tagalog",
    "to": "Tongan",
    "zh": "Chinese",
}
NAMES = {code: each["name"] for code, each in LANG_INFO.items() if "name" in each} | FURTHER


def in_words(code):
    """The name of a language, `Thai` or `Simplified Chinese`; the code itself where it is not known; blank for none."""
    code = code.lower()
    return next((NAMES[each] for each in (code, code.partition("-")[0]) if each in NAMES), code)
