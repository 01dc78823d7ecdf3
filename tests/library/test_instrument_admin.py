"""Staff keep instruments, what countries made of them, and plans of action."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.models import ActionItem, Instrument, ReportedFigure, Review, Uptake
from records.models import Batch
from tests.editing import Editor, address, all_the_same, form_of
from tests.factories import (
    ActionItemFactory,
    AgencyFactory,
    BodyFactory,
    CountryFactory,
    DocumentFactory,
    EventFactory,
    InstrumentFactory,
    PersonFactory,
    ReportedFigureFactory,
    ReviewFactory,
    UptakeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(client):
    return Editor(client, PersonFactory(role="Publisher"))


@pytest.fixture
def editor(client):
    return Editor(client, PersonFactory(role="Editor"))


def recorded():
    """The one batch, as [(type, key)] of its changes."""
    batch = Batch.objects.get()
    assert batch.origin == "admin"
    return [(change.type, change.key) for change in batch.changes.all()]


def test_an_instrument_with_what_became_of_it_is_one_batch_as_a_plan_would_leave_it(publisher):
    china, event = CountryFactory(alpha2="CN"), EventFactory(reference="E12")
    sent = publisher.save(
        Instrument,
        {
            "uptakes": [{"country": china.pk, "status": "in_use", "as_of": "March 2006", "source": "A letter"}],
            "figures": [{"event": event.pk, "status": "considering", "count": "9"}],
        },
        name="Model law",
        slug="model-law",
        kind="model_legislation",
        developed_by=[china.pk, AgencyFactory().pk],
        body=BodyFactory().pk,
        event=event.pk,
        agreed="late 2002",
        document=DocumentFactory().pk,
    )
    assert sent.status_code == 302
    assert recorded() == [
        ("instruments", "model-law"),
        ("uptakes", "model-law / CN / 2006-03"),
        ("reported_figures", "model-law / E12 / considering"),
    ]
    assert all_the_same()


def test_a_plan_has_its_items_and_reviews_on_its_form_and_other_instruments_have_not(publisher):
    plan, event = InstrumentFactory(plan=True, slug="plan"), EventFactory()
    assert {"items", "reviews"}.isdisjoint(prefixes(publisher.open(InstrumentFactory())))
    sent = publisher.save(
        plan,
        {
            "items": [{"number": "1", "text": "Draw it up.", "leads": [CountryFactory().pk]}],
            "reviews": [{"event": event.pk, "finding": "Begun."}],
        },
    )
    assert sent.status_code == 302
    assert recorded() == [("action_items", "A1"), ("reviews", "R1")]
    assert ActionItem.objects.get().leads.count() == 1
    assert all_the_same()


def prefixes(response):
    return {inline.formset.prefix for inline in response.context["inline_admin_formsets"]}


def test_forms_that_are_sent_as_they_are_make_no_batch(publisher):
    figure = ReportedFigureFactory(remark="First\nsecond")
    item = ActionItemFactory(leads=[CountryFactory()], due="2004~")
    review, uptake = ReviewFactory(plan=item.plan, item=item), UptakeFactory(instrument=figure.instrument)
    for record in (figure.instrument, item.plan, figure, uptake, item, review):
        assert publisher.save(record).status_code == 302
    assert not Batch.objects.exists()


def test_buttons_send_to_review_and_publish(publisher):
    law = InstrumentFactory(draft=True)
    page = publisher.open(law).content.decode()
    assert 'name="_publish"' in page
    publisher.save(law, _review="1")
    law.refresh_from_db()
    assert law.publication == "in_review"
    publisher.save(law, _publish="1")
    law.refresh_from_db()
    assert law.is_published


def test_an_editor_neither_publishes_nor_touches_what_is_published(editor):
    law = InstrumentFactory(draft=True)
    assert 'name="_publish"' not in editor.open(law).content.decode()
    assert "publication" in editor.refused(law, publication="published")
    assert editor.refused(law, _publish="1") == {"publication": ["You have no right to publish."]}
    published = UptakeFactory(), ReportedFigureFactory(), ActionItemFactory(), ReviewFactory()
    for record in (*published, published[0].instrument):
        assert editor.client.post(form_of(record), {}).status_code == 403
        assert editor.delete(record).status_code == 403
        assert type(record).objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("model", [Uptake, ReportedFigure, ActionItem, Review])
def test_an_editor_adds_nothing_to_what_is_published(editor, model):
    law, plan = InstrumentFactory(), InstrumentFactory(plan=True)
    fields = {
        Uptake: {"instrument": law.pk, "country": CountryFactory().pk, "status": "in_use"},
        ReportedFigure: {"instrument": law.pk, "event": EventFactory().pk, "status": "in_use", "count": "1"},
        ActionItem: {"plan": plan.pk, "text": "Do it."},
        Review: {"plan": plan.pk, "as_of": "2004"},
    }[model]
    (messages,) = editor.refused(model, **fields).values()
    assert "You have no right to change what belongs to published" in messages[0]
    assert not model.objects.exists()


def test_what_cannot_be_is_refused_beside_its_field(publisher):
    law, plan, item = InstrumentFactory(), InstrumentFactory(plan=True), ActionItemFactory()
    assert "plan" in publisher.refused(ActionItem, plan=law.pk, text="Do it.")
    assert "as_of" in publisher.refused(Review, plan=plan.pk)
    assert "item" in publisher.refused(Review, plan=plan.pk, item=item.pk, as_of="2004")
    assert "kind" in publisher.refused(item.plan, kind="guideline")
    assert "name" in publisher.refused(plan, name=law.name.upper())


def test_lists_find_by_name_country_and_words_and_filter_by_what_is_missing(publisher):
    uptake = UptakeFactory(country=CountryFactory(name="Timor-Leste", names=["East Timor"]), instrument__name="Law")
    UptakeFactory()
    item = ActionItemFactory(text="Draw up a form.")
    ReviewFactory(plan=item.plan, item=item, finding="Half of it.")
    found = publisher.client.get(address(Uptake, "changelist"), {"q": "east timor"})
    assert [each.pk for each in found.context["cl"].result_list] == [uptake.pk]
    for model, words in ((ActionItem, "form"), (Review, "half"), (Instrument, "law"), (ReportedFigure, "nothing")):
        listed = publisher.client.get(address(model, "changelist"), {"q": words}).context["cl"].result_list
        assert bool(listed) == (words != "nothing")
    lacking = publisher.client.get(address(Instrument, "changelist"), {"missing": "document"})
    assert len(lacking.context["cl"].result_list) == Instrument.objects.count()


def test_a_form_asks_as_often_for_many_as_for_one(publisher):
    law, plan = InstrumentFactory(), InstrumentFactory(plan=True)

    def grow(count):
        for number in range(count):
            UptakeFactory(instrument=law)
            ReportedFigureFactory(instrument=law)
            item = ActionItemFactory(plan=plan, leads=[CountryFactory()], body=BodyFactory())
            ReviewFactory(plan=plan, item=item, as_of=str(2000 + number))

    def asked(record):
        with CaptureQueriesContext(connection) as captured:
            assert publisher.open(record).status_code == 200
        return len(captured)

    grow(1)
    few = asked(law), asked(plan)
    grow(9)
    assert (asked(law), asked(plan)) == few
