"""An example record: of every model a record in every state that it can have, for the addresses of the site."""

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from exchange.models import UnknownName
from tests.factories import (
    ActionItemFactory,
    AgencyFactory,
    BatchFactory,
    BodyFactory,
    ChangeFactory,
    CollectionFactory,
    ContactPointFactory,
    CountryFactory,
    DocumentFactory,
    DocumentVersionFactory,
    EditionFactory,
    EntryFactory,
    EventFactory,
    EventLinkFactory,
    InstrumentFactory,
    InvolvementFactory,
    MembershipFactory,
    OutcomeFactory,
    PersonFactory,
    PlaceFactory,
    ReportedFigureFactory,
    ReviewFactory,
    SectionFactory,
    SeriesFactory,
    ThemeFactory,
    UptakeFactory,
)


class Example:
    """`records` are {model: {state: record}}. What has no state of its own is as public as what it belongs to."""

    def __init__(self):
        self.records = {}
        self.add_record("public", published=True)
        self.add_record("draft", published=False)
        for access in ("public", "members", "secretariat", "draft"):
            document = DocumentFactory(text="What it says.", **{} if access == "public" else {access: True})
            self.keep(access, document=document, documentversion=DocumentVersionFactory(document=document))
        DocumentFactory(reference="COMPARED", text="What another says.")
        batch = BatchFactory()
        self.keep(
            "public",
            batch=batch,
            change=ChangeFactory(batch=batch),
            name=self.records["country"]["public"].known_names.get(kind="preferred"),
            user=PersonFactory(),
            unknownname=UnknownName.objects.create(text="Ruritania", sought="country", last_seen=timezone.now()),
            task=DBTaskResult.objects.create(args_kwargs={}, task_path="exchange.tasks.write_proposal"),
        )

    def add_record(self, state, published):
        publication = {"publication": "published" if published else "draft"}
        country = CountryFactory()
        agency = AgencyFactory()
        series, theme = SeriesFactory(), ThemeFactory()
        place = PlaceFactory(country=country)
        event = EventFactory(series=series, number_in_series=1, themes=[theme], place=place, **publication)
        InvolvementFactory(event=event, participant=agency)
        instrument, plan = InstrumentFactory(**publication), InstrumentFactory(plan=True, **publication)
        edition, read = EditionFactory(**publication), EditionFactory(imported=True, **publication)
        section = SectionFactory(edition=edition)
        self.keep(
            state,
            country=country,
            agency=agency,
            body=BodyFactory(),
            membership=MembershipFactory(),
            contactpoint=ContactPointFactory(participant=country, public=published),
            series=series,
            theme=theme,
            place=place,
            event=event,
            eventlink=EventLinkFactory(from_event=EventFactory(), to_event=event),
            outcome=OutcomeFactory(event=event),
            collection=CollectionFactory(**publication),
            instrument=instrument,
            uptake=UptakeFactory(instrument=instrument),
            reportedfigure=ReportedFigureFactory(instrument=instrument, event=event),
            actionitem=ActionItemFactory(plan=plan),
            review=ReviewFactory(plan=plan, event=event),
            read=read,
            readentry=EntryFactory(section=SectionFactory(edition=read), text=read.text, span=[0, len(read.text)]),
            edition=edition,
            section=section,
            entry=EntryFactory(section=section, event=event),
        )

    def keep(self, state, **records):
        for model, record in records.items():
            self.records.setdefault(model, {})[state] = record

    def address(self, name, line, state):
        """The address that a line is of, for the record of a state."""
        record = self.records[line.of][state] if line.of else None
        by = parts_of(record, line.by) if record and line.by else line.by
        query = line.query.format(key=getattr(record, "reference", ""))
        try:
            return reverse(name, args=by) + query
        except NoReverseMatch:  # it has no name
            return "/" + name.partition("<")[0].partition("(")[0] + "".join(f"{part}/" for part in by)


def parts_of(record, by):
    """What of a record stands in an address."""
    if callable(by):
        return by(record)
    return [getattr(record, "pk" if by == "pk" else code_of(record))]


def code_of(record):
    return next(name for name in ("reference", "alpha2", "slug") if getattr(record, name, None))
