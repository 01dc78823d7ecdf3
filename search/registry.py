"""What is searched: each package registers what the index holds of its records when it starts."""

_documents = {}


def register(documents):
    """Let the index hold the records of a type, which a subclass of Documents says all of."""
    _documents[documents.type] = documents()


def documents_of(type):
    """What the index holds of a type. Raises LookupError for a type that is not in it."""
    return _documents[type]


def all_documents():
    """What the index holds of each type, those first that stand first among what is found."""
    return sorted(_documents.values(), key=lambda documents: -documents.number)


def types():
    """The names of all types that are in the index, those first that stand first among what is found."""
    return [documents.type for documents in all_documents()]
