"""What is found by looking at each record in turn: what the index must find, slowly and plainly.

It shares with the index how a text is taken apart, and nothing else.
"""

from records.dates import PartialDate
from search import registry
from search.words import STOP_WORDS, all_spelled, stem


def documents():
    """What the public sees of all records, made anew: triples of what a type holds, a primary key and a document."""
    return [
        (each, document.record, document)
        for each in registry.all_documents()
        for document in each.documents(each.visible())
    ]


def found(query, documents):
    """What a query finds among documents: a set of pairs of a type and a primary key."""
    return {(each.type, key) for each, key, document in documents if fits(query, Said(document))}


def fits(query, said):
    if not query.wanted:
        return False
    all_there = all(any(said.has(sought) for sought in soughts) for soughts in query.wanted)
    return all_there and not any(said.has(sought) for sought in query.unwanted)


class Said:
    """What a document says: the stems of each paragraph, and beside them what is joined."""

    def __init__(self, document):
        when = PartialDate.parse(document.when).display()
        title = paragraphs(document.title, document.names, document.code)
        body = paragraphs(*document.named, when, document.text)
        self.paragraphs = [stems_of(each) for each in [*title, *body, *paragraphs(document.more)]]
        self.stems = {stem for paragraph in self.paragraphs for stem in paragraph}
        self.stems |= {stem(one.whole) for paragraph in [*title, *body] for one in paragraph if one.whole}
        self.stems |= {stem(word) for word in map(two_as_one, [*title, *body]) if word}
        in_title = {word for paragraph in title for one in paragraph for word in (*one.words, one.whole)}
        in_title |= set(map(two_as_one, title))
        self.begun = self.stems | {word for word in in_title if word and word not in STOP_WORDS}

    def has(self, sought):
        *words, last = sought.words
        if sought.is_begun:
            return self.stems.issuperset(words) and any(word.startswith(last) for word in self.begun)
        if sought.is_phrase:
            return any(follow_each_other(sought.words, paragraph) for paragraph in self.paragraphs)
        return self.stems.issuperset(sought.words)


def paragraphs(*texts):
    return [list(all_spelled(line)) for text in texts if text for line in text.split("\n")]


def two_as_one(paragraph):
    """A name of two words may be written as one; blank for any other."""
    words = [word for one in paragraph for word in one.words]
    return "".join(words) if len(paragraph) == len(words) == 2 else ""


def stems_of(paragraph):
    return [stem for one in paragraph for stem in one.stems]


def follow_each_other(words, stems):
    return any(tuple(stems[place : place + len(words)]) == words for place in range(len(stems)))
