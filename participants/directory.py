"""The directory: every known name and whom it leads to, in memory, for one pass over a file."""

from django.core.exceptions import ValidationError

from exchange.problems import CellError
from exchange.resolvers import Resolver, Target
from records.folding import fold

from .models import Agency, Body, Country, Name, Participant
from .names import other_names, owner_of, save_answers, taken

COUNTRY = Participant.Kind.COUNTRY


class Entry:
    """One known name: its text, its kind, and the target that it leads to. `pk` is None until it is saved."""

    __slots__ = ("kind", "pk", "target", "text")

    def __init__(self, pk, text, kind, target):
        self.pk = pk
        self.text = text
        self.kind = kind
        self.target = target


class Directory(Resolver):
    """All known names of participants and bodies, read once.

    Names that rows of the file at hand make are introduced, and found before those that are there already.
    """

    def __init__(self, session):
        super().__init__(session)
        self.participants, self.bodies = {}, {}
        self.entries = {}
        self.by_pk = {}
        self.of_target = {}
        self.introduced = {}
        self.read_participants(Participant.objects.order_by())
        self.read_bodies(Body.objects.order_by())
        self.read_names(Name.objects.order_by("pk"))

    def read_participants(self, participants):
        columns = participants.values_list("pk", "alpha2", "slug", "name", "kind", "parent")
        for pk, alpha2, slug, name, kind, parent in columns:
            self.participants[pk] = Target(pk, alpha2 or slug, name, kind=kind, parent=parent)

    def read_bodies(self, bodies):
        columns = bodies.values_list("pk", "slug", "name", "parent", "predecessor")
        for pk, slug, name, parent, predecessor in columns:
            self.bodies[pk] = Target(pk, slug, name, kind="body", parent=parent, predecessor=predecessor)

    def read_names(self, names):
        columns = names.values_list("pk", "text", "folded", "kind", "participant", "body")
        for pk, text, folded, kind, participant, body in columns:
            target = self.participant(participant) if participant else self.body(body)
            entry = self.by_pk[pk] = self.entries[folded] = Entry(pk, text, kind, target)
            self.of_target.setdefault(id(target), {})[folded] = entry

    # What somebody else has made since all were read is read when it is first met.

    def participant(self, pk):
        """The target of the participant with a primary key."""
        if pk not in self.participants:
            self.read_participants(Participant.objects.filter(pk=pk))
        return self.participants[pk]

    def body(self, pk):
        """The target of the body with a primary key."""
        if pk not in self.bodies:
            self.read_bodies(Body.objects.filter(pk=pk))
        return self.bodies[pk]

    def named(self, pk):
        """The entry of the name with a primary key."""
        if pk not in self.by_pk:
            self.read_names(Name.objects.filter(pk=pk))
        return self.by_pk[pk]

    def entry(self, text):
        """The known name that a text is, or None."""
        folded = fold(text)
        return self.introduced.get(folded) or self.entries.get(folded)

    def names_of(self, target):
        """The saved names of a target: {folded text: entry}."""
        return self.of_target.get(id(target), {})

    def preferred(self, target):
        """The entry of a target's preferred name."""
        return next(entry for entry in self.names_of(target).values() if entry.kind == Name.Kind.PREFERRED)

    def introduce(self, target, texts):
        """Let names of a row be found before they are saved."""
        for text in texts:
            folded = fold(text)
            if folded:
                self.introduced[folded] = Entry(None, text, Name.Kind.OTHER, target)


class DirectoryResolver(Resolver):
    """Finds one sort of those in the directory."""

    def __init__(self, session):
        super().__init__(session)
        self.directory = session.resolver(Directory)

    def suits(self, target):
        """Whether the target is of the sort that is looked for."""
        raise NotImplementedError(f"{type(self).__name__} does not say whom it finds")

    def find(self, text):
        entry = self.entry(text)
        return entry and entry.target

    def entry(self, text):
        """The known name that a text is, when it leads to one of the right sort."""
        entry = self.directory.entry(text)
        return entry if entry and self.suits(entry.target) else None

    def could_learn(self, text):
        return self.directory.entry(text) is None

    def may_learn(self):
        return any(self.session.may(f"participants.change_{model._meta.model_name}") for model in self.makes)

    def learn(self, text, target, recorder):
        owner = self.owner(target)
        if not self.session.may(f"participants.change_{owner._meta.model_name}"):
            raise CellError(f"You have no right to change names of {owner}.", text)
        try:
            text = Name._meta.get_field("text").clean(text, None)
        except ValidationError as error:
            raise CellError(" ".join(error.messages), text) from None
        known = Name.objects.filter(folded=fold(text)).select_related("participant", "body").first()
        if known and owner_of(known) != owner:
            raise CellError(taken(known.text, owner_of(known)), text)
        recorder.watch([owner])
        save_answers(owner, [*other_names(owner), text])

    def owner(self, target):
        """Whom a target stands for, asked of the database as what it is."""
        found = (model.objects.filter(pk=target.pk).first() for model in self.makes)
        return next(filter(None, found))

    def require_entry(self, text):
        """The known name that a text is. Raises CellError, with the nearest names, when it is none."""
        entry = self.entry(text)
        if entry is None:
            raise self.unknown(text)
        return entry

    def known(self):
        return {
            entry.text: entry.target
            for entry in self.directory.entries.values()
            if entry.kind != Name.Kind.CODE and self.suits(entry.target)
        }


class Participants(DirectoryResolver):
    noun = "country or agency"
    makes = (Agency, Country)

    def suits(self, target):
        return target.details["kind"] != "body"

    def at(self, pk):
        return self.directory.participant(pk)


class Countries(Participants):
    noun = "country"
    makes = (Country,)

    def suits(self, target):
        return target.details["kind"] == COUNTRY


class Agencies(Participants):
    noun = "agency"
    makes = (Agency,)

    def suits(self, target):
        return target.details["kind"] not in (COUNTRY, "body")


class VisibleAgencies(Agencies):
    """Agencies, of which the public is shown those alone that it may see."""

    def __init__(self, session):
        super().__init__(session)
        self.visible = None

    def at(self, pk):
        if self.session.public:
            if self.visible is None:
                self.visible = set(Participant.objects.visible().values_list("pk", flat=True))
            if pk not in self.visible:
                return None
        return super().at(pk)


class Bodies(DirectoryResolver):
    noun = "body"
    makes = (Body,)

    def suits(self, target):
        return target.details["kind"] == "body"

    def at(self, pk):
        return self.directory.body(pk)
