"""Made-up records, one factory a model. Participants and bodies come with their known names, as forms save them."""

from io import BytesIO
from itertools import product
from string import ascii_uppercase

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db.models import Value
from django.db.models.functions import Concat
from factory.django import DjangoModelFactory

from baliprocess.roles import DELEGATE, permissions_of
from events.models import Event, EventLink, Involvement, Outcome, Place, Series, Theme
from library import store
from library.models import (
    ActionItem,
    Collection,
    Document,
    DocumentVersion,
    Instrument,
    ReportedFigure,
    Review,
    Uptake,
)
from participants.models import Agency, Body, ContactPoint, Country, Membership, Participant
from participants.names import save_answers
from records.models import Batch, Change
from summaries.models import Edition, Entry, Section
from tests import indexing

# Codes that neither countries nor tests have, so that a test can name those beside them; likewise numbers.
ALPHA2 = [
    code
    for code in map("".join, product("XQOZWYJ", ascii_uppercase))
    if code not in {"JE", "JM", "JO", "JP", "OM", "QA", "WF", "WS", "XX", "YE", "YT", "ZA", "ZM", "ZW"}
]
FIRST_NUMBER = 1001


class RecordFactory(DjangoModelFactory):
    """Records, which the search index gets to know once it is read."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        indexing.note()
        return super()._create(model_class, *args, **kwargs)


class NamedFactory(RecordFactory):
    """Those that have names: `names` are further ones beside the preferred name, the short form and the codes."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    @factory.post_generation
    def names(self, create, extracted, **kwargs):
        if create:
            save_answers(self, extracted or ())


class CountryFactory(NamedFactory):
    class Meta:
        model = Country

    kind = Participant.Kind.COUNTRY
    name = factory.Sequence(lambda number: f"Country No. {number}")
    alpha2 = factory.Sequence(lambda number: ALPHA2[number % len(ALPHA2)])


class AgencyFactory(NamedFactory):
    class Meta:
        model = Agency

    kind = Participant.Kind.ORGANISATION
    name = factory.Sequence(lambda number: f"Agency No. {number}")
    slug = factory.Sequence(lambda number: f"agency-{number}")


class BodyFactory(NamedFactory):
    class Meta:
        model = Body

    name = factory.Sequence(lambda number: f"Working Group No. {number}")
    slug = factory.Sequence(lambda number: f"working-group-{number}")


class MembershipFactory(RecordFactory):
    class Meta:
        model = Membership

    body = factory.SubFactory(BodyFactory)
    member = factory.SubFactory(CountryFactory)


class ContactPointFactory(RecordFactory):
    """A present one, that is not public."""

    class Meta:
        model = ContactPoint

    reference = factory.Sequence(lambda number: f"C{FIRST_NUMBER + number}")
    participant = factory.SubFactory(CountryFactory)
    name = factory.Sequence(lambda number: f"Person No. {number}")


class PlaceFactory(RecordFactory):
    class Meta:
        model = Place

    city = factory.Sequence(lambda number: f"City No. {number}")
    country = factory.SubFactory(CountryFactory)


class SeriesFactory(RecordFactory):
    class Meta:
        model = Series

    name = factory.Sequence(lambda number: f"Series No. {number}")
    slug = factory.Sequence(lambda number: f"series-{number}")


class ThemeFactory(RecordFactory):
    class Meta:
        model = Theme

    name = factory.Sequence(lambda number: f"Theme No. {number}")
    slug = factory.Sequence(lambda number: f"theme-{number}")


class EventFactory(RecordFactory):
    """A published workshop of 2004; `bodies` and `themes` are lists of what it is of.

    `conference` and `draft` are traits: `EventFactory(conference=True, when="2002-02-26")`.
    """

    class Meta:
        model = Event
        skip_postgeneration_save = True

    class Params:
        conference = factory.Trait(kind=Event.Kind.MINISTERIAL)
        draft = factory.Trait(publication="draft")

    reference = factory.Sequence(lambda number: f"E{FIRST_NUMBER + number}")
    title = factory.Sequence(lambda number: f"Workshop No. {number}")
    kind = Event.Kind.WORKSHOP
    when = "2004-09"
    publication = "published"

    @factory.post_generation
    def bodies(self, create, extracted, **kwargs):
        if create and extracted:
            self.bodies.set(extracted)

    @factory.post_generation
    def themes(self, create, extracted, **kwargs):
        if create and extracted:
            self.themes.set(extracted)


class InvolvementFactory(RecordFactory):
    """A host's part, under its preferred name where `recorded_as` says no other."""

    class Meta:
        model = Involvement

    event = factory.SubFactory(EventFactory)
    participant = factory.SubFactory(CountryFactory)
    role = Involvement.Role.HOST
    recorded_as = factory.LazyAttribute(lambda part: part.participant.known_names.get(kind="preferred"))


class EventLinkFactory(RecordFactory):
    class Meta:
        model = EventLink

    from_event = factory.SubFactory(EventFactory)
    to_event = factory.SubFactory(EventFactory)
    kind = EventLink.Kind.FOLLOWS


class OutcomeFactory(RecordFactory):
    class Meta:
        model = Outcome

    reference = factory.Sequence(lambda number: f"O{FIRST_NUMBER + number}")
    event = factory.SubFactory(EventFactory)
    kind = Outcome.Kind.RECOMMENDATION
    text = factory.Sequence(lambda number: f"Recommendation No. {number}")


class CollectionFactory(RecordFactory):
    """A published collection."""

    class Meta:
        model = Collection

    name = factory.Sequence(lambda number: f"Collection No. {number}")
    slug = factory.Sequence(lambda number: f"collection-{number}")
    publication = "published"


class DocumentFactory(RecordFactory):
    """A published report that everybody may read; `draft`, `members` and `secretariat` are traits.

    `authors` and `discussed_at` are lists.
    """

    class Meta:
        model = Document
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(publication="draft")
        members = factory.Trait(access="members")
        secretariat = factory.Trait(access="secretariat")

    reference = factory.Sequence(lambda number: f"D{FIRST_NUMBER + number}")
    title = factory.Sequence(lambda number: f"Report No. {number}")
    kind = Document.Kind.REPORT
    access = "public"
    publication = "published"

    @factory.post_generation
    def authors(self, create, extracted, **kwargs):
        if create and extracted:
            self.authors.set(extracted)

    @factory.post_generation
    def discussed_at(self, create, extracted, **kwargs):
        if create and extracted:
            self.discussed_at.set(extracted)


class DocumentVersionFactory(RecordFactory):
    """The next version of a document, whose file has the bytes `content` and is kept in the store."""

    class Meta:
        model = DocumentVersion

    class Params:
        content = factory.Sequence(lambda number: f"What report no. {number} says.\n".encode())

    document = factory.SubFactory(DocumentFactory)
    number = factory.LazyAttribute(lambda version: version.document.versions.count() + 1)
    added = "2004-09-30"
    name = factory.Sequence(lambda number: f"report-{number}.txt")
    media_type = DocumentVersion.MediaType.TXT
    size = factory.LazyAttribute(lambda version: len(version.content))
    sha256 = factory.LazyAttribute(lambda version: store.keep(BytesIO(version.content))[0])


class InstrumentFactory(RecordFactory):
    """Published model legislation; `draft` and `plan`, a plan of action, are traits. `developed_by` is a list."""

    class Meta:
        model = Instrument
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(publication="draft")
        plan = factory.Trait(kind=Instrument.Kind.PLAN_OF_ACTION)

    name = factory.Sequence(lambda number: f"Model Law No. {number}")
    slug = factory.Sequence(lambda number: f"model-law-{number}")
    kind = Instrument.Kind.MODEL_LEGISLATION
    publication = "published"

    @factory.post_generation
    def developed_by(self, create, extracted, **kwargs):
        if create and extracted:
            self.developed_by.set(extracted)


class UptakeFactory(RecordFactory):
    class Meta:
        model = Uptake

    instrument = factory.SubFactory(InstrumentFactory)
    country = factory.SubFactory(CountryFactory)
    status = "in_use"
    as_of = "2005"


class ReportedFigureFactory(RecordFactory):
    class Meta:
        model = ReportedFigure

    instrument = factory.SubFactory(InstrumentFactory)
    event = factory.SubFactory(EventFactory)
    status = "in_use"
    count = 17


class ActionItemFactory(RecordFactory):
    """An item of a published plan of action; `leads` is a list."""

    class Meta:
        model = ActionItem
        skip_postgeneration_save = True

    reference = factory.Sequence(lambda number: f"A{FIRST_NUMBER + number}")
    plan = factory.SubFactory(InstrumentFactory, plan=True)
    text = factory.Sequence(lambda number: f"Do what is told under No. {number}.")

    @factory.post_generation
    def leads(self, create, extracted, **kwargs):
        if create and extracted:
            self.leads.set(extracted)


class ReviewFactory(RecordFactory):
    """A review of a published plan as a whole, by a published event."""

    class Meta:
        model = Review

    reference = factory.Sequence(lambda number: f"R{FIRST_NUMBER + number}")
    plan = factory.SubFactory(InstrumentFactory, plan=True)
    event = factory.SubFactory(EventFactory)
    finding = factory.Sequence(lambda number: f"What review No. {number} found.")


class EditionFactory(RecordFactory):
    """A published edition that was composed; `draft` and `imported` are traits, `text` is what an imported one says."""

    class Meta:
        model = Edition

    class Params:
        draft = factory.Trait(publication="draft")
        imported = factory.Trait(origin=Edition.Origin.IMPORTED, text="Summary of Activities")

    reference = factory.Sequence(lambda number: f"S{FIRST_NUMBER + number}")
    title = factory.Sequence(lambda number: f"Summary of Activities No. {number}")
    date = "2009-10"
    publication = "published"


class SectionFactory(RecordFactory):
    class Meta:
        model = Section

    edition = factory.SubFactory(EditionFactory)
    number = factory.LazyAttribute(lambda section: section.edition.sections.count() + 1)
    heading = factory.Sequence(lambda number: f"Activities of period No. {number}")


class EntryFactory(RecordFactory):
    """The next entry of a section, which tells of a published workshop."""

    class Meta:
        model = Entry

    reference = factory.Sequence(lambda number: f"N{FIRST_NUMBER + number}")
    section = factory.SubFactory(SectionFactory)
    edition = factory.LazyAttribute(lambda entry: entry.section.edition)
    number = factory.LazyAttribute(lambda entry: entry.section.entries.count() + 1)
    event = factory.SubFactory(EventFactory)
    text = factory.Sequence(lambda number: f"September 2004: Workshop No. {number}, Bangkok.")
    state = Entry.State.ACCEPTED


class BatchFactory(DjangoModelFactory):
    class Meta:
        model = Batch

    origin = Batch.Origin.ADMIN


class ChangeFactory(DjangoModelFactory):
    class Meta:
        model = Change

    batch = factory.SubFactory(BatchFactory)
    type = "events"
    key = factory.Sequence(lambda number: f"E{FIRST_NUMBER + number}")
    after = factory.LazyAttribute(lambda change: {"reference": change.key})


class PersonFactory(DjangoModelFactory):
    """Somebody of the staff in a role, such as `PersonFactory(role="Editor")`, or a delegate, who is no staff."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"person{number}")
    is_staff = True

    @factory.post_generation
    def role(self, create, extracted, **kwargs):
        if create and extracted:
            self.groups.set([group(extracted)])
            self.is_staff = extracted != DELEGATE
            self.save()


def group(role):
    """The group of a role; where a test has emptied the database, as the migrations made it."""
    made, is_new = Group.objects.get_or_create(name=role)
    if is_new:
        named = Permission.objects.annotate(named=Concat("content_type__app_label", Value("."), "codename"))
        made.permissions.set(named.filter(named__in=permissions_of(role)))
    return made
