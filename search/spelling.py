"""Spelling: what may be meant where somebody asks for words that nothing has."""

from functools import lru_cache
from string import ascii_lowercase, digits

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .engines import engine
from .models import Word
from .queries import Query, Sought, forms
from .words import all_spelled, as_one, pieces_of, spelled_in, stem

SHORTEST = 4
LEAST_LIKENESS = 0.7
MOST_WORDS = 8
MOST_TRIED = 3
LONGEST_CODE = 12
MOST_CODED = 100


def meant(query):
    """The text of a query, what nothing has spelled as the nearest that things are called by; blank where none is near.

    At most three queries.
    """
    return next(iter(spellings(query, unknown_in(query))), "")


def coded_like(text):
    """The keys of what has a code with a number, such as E19, that is a text but for one letter or digit at most.

    One query, and none where the text is not like such a code.
    """
    word = "".join(filter(str.isalnum, text)).lower()
    if not word.isascii() or len(word) > LONGEST_CODE or not any(map(str.isdigit, word)):
        return []
    query = Query("")
    query.wanted = [[Sought((stem(each),)) for each in sorted(nearly(word))]]
    return engine().keys(query, in_title=True, limit=MOST_CODED)


def nearly(word):
    """A word, and those with a character less, another or more: a letter at its beginning, digits elsewhere."""
    found = {word}
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        others = ["", *(digits if place else ascii_lowercase)]
        found.update(before + other + rest for other in others for rest in (after, after[1:]))
        found.add(before + after[1:2] + after[:1] + after[2:])
    return found - {""}


def spellings(query, unknown):
    """Texts of a query with other words for those that nothing has, `unknown`, the nearest first.

    Words that nothing is like are left out; no text where that is all of them. At most two queries.
    """
    nearest = still_called(nearest_to([word for _start, _end, word in unknown]))
    if not any(nearest):
        return []
    texts = []
    for tried in range(max(map(len, nearest))):
        text = query.text
        for (start, end, _word), near in reversed(list(zip(unknown, nearest, strict=True))):
            text = text[:start] + (near[min(tried, len(near) - 1)] if near else "") + text[end:]
        texts.append(tidied(text))
    return [text for text in texts if Query(text)]


def tidied(text):
    """A text of which words were left out, without what they leave behind."""
    return " ".join(piece for piece in text.replace('""', " ").split() if piece.strip('-"*'))


def still_called(nearest):
    """Of lists of words, those by which something is still called. One query, and none for no words.

    Words stay known when what was called so is withdrawn: nobody is to learn of them then.
    """
    soughts = {word: forms(one, is_begun=False)[0] for words in nearest for word in words for one in all_spelled(word)}
    asked = [word for word, sought in soughts.items() if sought.words]
    found = engine().finds([soughts[word] for word in asked]) if asked else ()
    there = {word for word, is_there in zip(asked, found, strict=True) if is_there}
    return [[word for word in words if word in there] for words in nearest]


def unknown_in(query):
    """The words in a query's text that find nothing: triples of a beginning, an end and the word. One query."""
    pieces = [(start, end, one) for start, end, one in spelled_in(query.text) if len(one.words) == 1]
    asked = [(start, end, one) for start, end, one in pieces if forms(one, is_begun=False)[0].words][:MOST_WORDS]
    found = engine().finds([forms(one, is_begun=False)[0] for _start, _end, one in asked]) if asked else ()
    return [
        (start, end, one.words[0])
        for (start, end, one), is_known in zip(asked, found, strict=True)
        if not is_known and len(one.words[0]) >= SHORTEST
    ]


def nearest_to(words):
    """For each of some words, those nearest to it that are spelled otherwise, the nearest first. One query at most."""
    lengths = {length for word in words for length in range(len(word) - 2, len(word) + 3)}
    near = Word.objects.filter(length__in=lengths).order_by("text") if lengths else Word.objects.none()
    known = list(near.values_list("text", flat=True))
    likeness = {"scorer": OSA.normalized_similarity, "score_cutoff": LEAST_LIKENESS, "limit": MOST_TRIED}
    return [[text for text, _likeness, _place in process.extract(word, known, **likeness)] for word in words]


def learn(documents):
    """Learn the words that documents of the index call their records by."""
    texts = {text for each in documents for text in (each.title, each.names, *each.named)}
    words = set().union(*map(words_in, texts))
    Word.objects.bulk_create(
        [Word(text=word, length=len(word)) for word in sorted(words)], ignore_conflicts=True, batch_size=500
    )


@lru_cache(maxsize=20_000)
def words_in(text):
    """The words in a text that somebody may spell otherwise."""
    words = {word for one in all_spelled(text) for word in one.words}
    words |= {as_one(pieces_of(line)) for line in text.split("\n")}
    return {word for word in words if len(word) >= SHORTEST and word.isalpha()}


def forget():
    Word.objects.all().delete()
