"""What cells refer to: how a name or a code in a cell finds its record, in memory."""

from functools import cached_property

from django.utils.text import Truncator

from .problems import CellError
from .resources import matching
from .suggestions import nearest

# So many references are enough to suggest from.
MOST_KNOWN = 2000


class Target:
    """A record that a cell can refer to: one in the database, or one that the file at hand makes.

    `code` is what key columns hold, `label` what all other columns hold; `pk` is None until the record is saved.
    """

    __slots__ = ("code", "details", "label", "record", "stored_pk")

    def __init__(self, pk, code, label, record=None, **details):
        self.stored_pk = pk
        self.code = code
        self.label = label
        self.record = record
        self.details = details

    @property
    def pk(self):
        return self.record.pk if self.record is not None else self.stored_pk


class Resolver:
    """Finds targets for one pass over a file. Subclasses say how; what they load, they load once or a chunk at a time.

    noun   what messages call the thing looked for, such as "country"
    makes  the models of what it looks for, new ones of which a form can make
    """

    noun = "record"
    makes = ()

    def __init__(self, session):
        self.session = session
        self.suggested = {}

    def prepare(self, cells):
        """Load what the cells of a chunk of rows, a set of texts, may refer to."""

    def prepare_keys(self, keys):
        """Load what the primary keys found in a chunk of records refer to."""

    def find(self, text):
        """The target that a text names, or None."""
        raise NotImplementedError(f"{type(self).__name__} does not say how it finds")

    def at(self, pk):
        """The target with this primary key, or None where it must not be shown."""
        raise NotImplementedError(f"{type(self).__name__} does not say how it finds")

    def known(self):
        """All names to suggest from: texts, or a mapping of texts to what should be suggested once."""
        return ()

    def labels(self):
        """What exports call all that can be found, sorted: the texts that a form may offer."""
        known = self.known()
        labels = {target.label for target in known.values()} if isinstance(known, dict) else set(known)
        return sorted(labels, key=lambda label: (label.casefold(), label))

    def could_learn(self, text):
        """Whether a text that it does not find could come to be known, as one more name of somebody."""
        return False

    def may_learn(self):
        """Whether whoever the session is for may let names lead to what it looks for."""
        return False

    def learn(self, text, target, recorder):
        """Let a text lead to a target from now on; the recorder (exchange.recording) is told of whom that changes.

        Raises CellError where it cannot.
        """
        raise NotImplementedError(f"{type(self).__name__} does not say how it learns")

    def require(self, text):
        """The target that a text names. Raises CellError, with the nearest names, where there is none."""
        target = self.find(text)
        if target is None:
            raise self.unknown(text)
        return target

    def unknown(self, text):
        """The CellError of a text that names nothing. The nearest names are looked for once for each text."""
        if text not in self.suggested:
            message = f"No {self.noun} is known as “{Truncator(text).chars(100)}”."
            sought = self.noun if self.could_learn(text) else ""
            self.suggested[text] = CellError(message, text, nearest(text, self.known()), sought)
        # It is raised anew each time: what was underway when it last was, all lines of that chunk, is let go.
        return self.suggested[text].with_traceback(None)


class ByReference(Resolver):
    """Records that can be published, found by their references, looked up for a chunk of rows at a time.

    model    whose records they are
    details  the fields that targets tell of, as their details, beside `published`
    """

    model = None
    details = ()

    def __init__(self, session):
        super().__init__(session)
        self.by_reference, self.by_pk = {}, {}

    def prepare(self, cells):
        self._load("reference", [cell for cell in cells if cell not in self.by_reference])

    def prepare_keys(self, keys):
        self._load("pk", [key for key in keys if key not in self.by_pk])

    def _load(self, field, values):
        records = self.model.objects.order_by().only("reference", "publication", *self.details)
        for record in matching(records, field, values):
            details = {name: getattr(record, name) for name in self.details}
            target = Target(record.pk, record.reference, record.reference, published=record.is_published, **details)
            self.by_pk[record.pk] = self.by_reference[record.reference] = target

    def find(self, text):
        return self.by_reference.get(text)

    def at(self, pk):
        return self.by_pk[pk]

    def known(self):
        return self.references

    @cached_property
    def references(self):
        """The latest references, to suggest from: asked for once, however many are wrong."""
        return list(self.model.objects.order_by("-pk").values_list("reference", flat=True)[:MOST_KNOWN])
