"""Rows of instruments, of their uptake and reported figures, and of plans of action."""

import pytest

from exchange.parts import apply
from exchange.plans import plan
from exchange.recording import recording
from exchange.sessions import Session
from exchange.versions import deletions, restoring
from library.models import ActionItem, Instrument, Uptake
from library.resources import (
    FigureResource,
    InstrumentResource,
    ItemResource,
    ReviewResource,
    UptakeResource,
)
from records.models import Batch
from tests.exchange.record import bring_in, exports, planned_lines, problems, row_of, rows_of
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

COLUMNS = {
    InstrumentResource: "slug, name, kind, developed_by, body, event, agreed, document, description, url, sources, "
    "note, publication",
    UptakeResource: "instrument, country, status, as_of, source",
    FigureResource: "instrument, event, status, count, remark",
    ItemResource: "reference, plan, number, text, leads, body, due, added, dropped",
    ReviewResource: "reference, plan, item, event, as_of, status, finding",
}


@pytest.mark.parametrize("resource", COLUMNS)
def test_rows_have_their_columns_in_order_each_with_its_help(resource):
    columns = resource().columns
    assert ", ".join(columns) == COLUMNS[resource]
    assert all(column.help for column in columns.values())


def public_rows(resource_class):
    resource = resource_class(Session(public=True))
    return list(resource.rows(resource.in_order(resource.public_records())))


def test_an_instrument_is_written_with_all_that_it_is_from():
    law = InstrumentFactory(
        slug="law", name="Law", developed_by=[CountryFactory(name="China"), AgencyFactory(name="agency")],
        body=BodyFactory(name="Ministers"), event=EventFactory(reference="E5"), agreed="2002~",
        document=DocumentFactory(reference="D3"),
    )  # fmt: skip
    assert {name: cell for name, cell in row_of("instruments", law.slug).items() if cell} == {
        "slug": "law", "name": "Law", "kind": "model_legislation", "developed_by": "agency; China",
        "body": "Ministers", "event": "E5", "agreed": "2002~", "document": "D3", "publication": "published",
    }  # fmt: skip


def test_what_an_instrument_lists_is_changed_by_a_row_and_kept_by_one_without_the_column():
    law = InstrumentFactory(slug="law", developed_by=[CountryFactory(name="China")])
    australia = CountryFactory(name="Australia", alpha2="AU")
    bring_in("instruments", [{"slug": "law", "name": law.name, "kind": "", "developed_by": "AU"}])
    bring_in("instruments", [{"slug": "law", "name": "Renamed", "kind": ""}])
    assert [each.pk for each in Instrument.objects.get(name="Renamed").developed_by.all()] == [australia.pk]


def test_two_instruments_have_no_name_in_common():
    InstrumentFactory(name="Model law")
    rows = [{"name": "Model  Law", "kind": "guideline", "slug": "second"}]
    assert problems("instruments", rows) == [(2, "name")]


def test_a_row_without_a_key_is_asked_about_where_an_instrument_is_called_much_the_same():
    law = InstrumentFactory(name="Model laws on people smuggling")
    (line,) = planned_lines("instruments", [{"slug": "", "name": "Model law on people smuggling", "kind": "guideline"}])
    assert list(line.likely) == [law.slug]


def test_what_is_followed_as_a_plan_stays_a_plan():
    of_items, of_reviews, bare = ActionItemFactory().plan, ReviewFactory().plan, InstrumentFactory(plan=True)
    rows = [{"slug": each.slug, "name": each.name, "kind": "guideline"} for each in (of_items, of_reviews, bare)]
    assert problems("instruments", rows) == [(2, "kind"), (3, "kind")]


def test_the_public_reads_of_published_instruments_nothing_that_is_not_public():
    draft, paper = EventFactory(draft=True), DocumentFactory(members=True)
    InstrumentFactory(slug="law", event=draft, document=paper, note="Doubtful")
    InstrumentFactory(draft=True)
    (row,) = public_rows(InstrumentResource)
    assert (row["slug"], row["event"], row["document"]) == ("law", "", "")


def test_an_agency_that_developed_a_published_instrument_can_be_seen():
    agency, hidden = AgencyFactory(), AgencyFactory()
    InstrumentFactory(developed_by=[agency])
    InstrumentFactory(draft=True, developed_by=[hidden])
    seen = agency.__class__.objects.visible()
    assert agency in seen
    assert hidden not in seen


# --- Uptake and figures -----------------------------------------------------------------------------------------------


def uptake(**cells):
    return {"instrument": "law", "country": "AU", "status": "in_use", "as_of": ""} | cells


@pytest.fixture
def law():
    CountryFactory(name="Australia", alpha2="AU")
    return InstrumentFactory(slug="law")


def test_a_country_has_one_uptake_a_date(law):
    bring_in("uptakes", [uptake(), uptake(as_of="March 2006", status="considering")])
    assert [(row["as_of"], row["status"]) for row in rows_of("uptakes")] == [("", "in_use"), ("2006-03", "considering")]
    assert problems("uptakes", [uptake(as_of="2005"), uptake(as_of="2005", country="Australia")]) == [(3, "as_of")]


def test_a_date_that_is_learnt_is_that_of_the_uptake_which_had_none(law):
    bring_in("uptakes", [uptake()])
    bring_in("uptakes", [uptake(as_of="2006")])
    bring_in("uptakes", [uptake(as_of="2008", status="none")])
    assert [(row["as_of"], row["status"]) for row in rows_of("uptakes")] == [("2006", "in_use"), ("2008", "none")]


def test_an_uptake_is_of_a_country_and_says_what(law):
    AgencyFactory(slug="iom")
    rows = [uptake(country="iom"), uptake(status="lost"), uptake(status="", as_of="2004"), uptake(instrument="other")]
    assert problems("uptakes", rows) == [(2, "country"), (3, "status"), (4, "status"), (5, "instrument")]


def test_an_event_reports_one_figure_a_status(law):
    EventFactory(reference="E12")
    row = {"instrument": "law", "event": "E12", "status": "Made use of it", "count": "17"}
    bring_in("reported_figures", [row])
    bring_in("reported_figures", [row | {"count": "18"}])
    assert [(row["status"], row["count"]) for row in rows_of("reported_figures")] == [("in_use", "18")]
    wrong = [row | {"count": "many"}, row | {"status": "none", "count": ""}]
    assert problems("reported_figures", wrong) == [(2, "count"), (3, "count")]


def test_figures_are_public_where_both_instrument_and_event_are():
    ReportedFigureFactory(instrument__draft=True)
    ReportedFigureFactory(event=EventFactory(draft=True))
    ReportedFigureFactory(count=9)
    assert [row["count"] for row in public_rows(FigureResource)] == ["9"]


# --- Plans of action --------------------------------------------------------------------------------------------------


def test_items_and_reviews_get_references_and_are_told_apart_by_what_they_say():
    InstrumentFactory(slug="plan", plan=True, name="Plan of Action")
    CountryFactory(name="Japan"), CountryFactory(name="Nepal"), EventFactory(reference="E10")
    item = {"reference": "", "plan": "plan", "number": "1", "text": "Do it.", "leads": "Nepal; Japan"}
    bring_in("action_items", [item])
    bring_in("action_items", [item | {"due": "2004"}])
    review = {"reference": "", "plan": "plan", "item": "A1", "event": "E10", "as_of": "", "status": "Under way"}
    bring_in("reviews", [review])
    bring_in("reviews", [review | {"status": "", "finding": "Nothing yet."}])
    assert rows_of("action_items") == [
        item | {"reference": "A1", "leads": "Japan; Nepal", "body": "", "due": "2004", "added": "", "dropped": ""}
    ]
    assert rows_of("reviews") == [review | {"reference": "R1", "status": "", "finding": "Nothing yet."}]


def test_items_and_reviews_are_of_plans_of_action_alone():
    InstrumentFactory(slug="law"), EventFactory(reference="E10")
    assert problems("action_items", [{"plan": "law", "number": "", "text": "Do it."}]) == [(2, "plan")]
    rows = [{"plan": "law", "item": "", "event": "E10", "as_of": ""}]
    assert problems("reviews", rows) == [(2, "plan")]


def test_a_review_has_a_time_and_an_item_of_its_own_plan():
    item, plan_of_action = ActionItemFactory(reference="A1"), InstrumentFactory(plan=True)
    row = {"plan": plan_of_action.slug, "item": "", "event": "", "as_of": ""}
    of_other = row | {"item": "A1", "as_of": "2004"}
    assert problems("reviews", [row, of_other]) == [(2, "as_of"), (3, "item")]
    bring_in("reviews", [of_other | {"plan": item.plan.slug}])
    assert problems("reviews", [{"reference": "R1", "plan": plan_of_action.slug}]) == [(2, "item")]


def test_an_item_is_not_taken_out_before_it_is_added():
    InstrumentFactory(slug="plan", plan=True)
    row = {"plan": "plan", "number": "", "text": "Do it.", "added": "2004", "dropped": "2003"}
    assert problems("action_items", [row]) == [(2, "dropped")]


def test_reviews_by_what_is_no_public_event_are_not_public():
    plan_of_action = InstrumentFactory(plan=True)
    ReviewFactory(plan=plan_of_action, event=EventFactory(draft=True))
    ReviewFactory(plan=plan_of_action, event=None, as_of="2004", finding="By nobody.")
    ReviewFactory(plan=InstrumentFactory(plan=True, draft=True))
    assert [row["finding"] for row in public_rows(ReviewResource)] == ["By nobody."]


# --- Rights -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "kept"), [("Editor", True), ("Publisher", False)])
def test_what_is_published_or_belongs_to_it_is_changed_by_those_alone_who_may_publish(role, kept):
    person = PersonFactory(role=role)
    event = EventFactory()
    figure, item = ReportedFigureFactory(event=event), ActionItemFactory()
    review, uptaken = ReviewFactory(event=None, as_of="2004"), UptakeFactory()
    changes = {
        "instruments": {"slug": figure.instrument.slug, "name": figure.instrument.name, "kind": "guideline"},
        "uptakes": {
            "instrument": uptaken.instrument.slug, "country": uptaken.country.alpha2, "as_of": "2005", "status": "none",
        },
        "reported_figures": {
            "instrument": figure.instrument.slug, "event": event.reference, "status": "in_use", "count": "1",
        },
        "action_items": {"reference": item.reference, "plan": item.plan.slug, "text": "Other"},
        "reviews": {"reference": review.reference, "plan": review.plan.slug, "finding": "Other"},
    }  # fmt: skip
    refused = {type: bool(plan(type, [row], by=person).errors) for type, row in changes.items()}
    assert refused == dict.fromkeys(changes, kept)


def test_an_editor_may_add_to_drafts():
    person = PersonFactory(role="Editor")
    draft, event = InstrumentFactory(draft=True, plan=True), EventFactory()
    country = CountryFactory()
    rows = {
        "instruments": {"slug": "new", "name": "New", "kind": "guideline"},
        "uptakes": {"instrument": draft.slug, "country": country.alpha2, "as_of": "", "status": "none"},
        "reported_figures": {"instrument": draft.slug, "event": event.reference, "status": "in_use", "count": "1"},
        "action_items": {"plan": draft.slug, "number": "", "text": "Do it."},
        "reviews": {"plan": draft.slug, "item": "", "event": event.reference, "as_of": ""},
    }
    assert not [str(problem) for type, row in rows.items() for problem in plan(type, [row], by=person).errors]


def test_what_belongs_to_an_instrument_goes_with_it():
    figure = ReportedFigureFactory()
    UptakeFactory(instrument=figure.instrument), ActionItemFactory(plan=figure.instrument)
    bring_in("instruments", [], deleting=[row_of("instruments", figure.instrument.slug)])
    assert not Uptake.objects.exists()
    assert not ActionItem.objects.exists()


def test_a_plan_that_was_deleted_comes_back_with_its_items_and_the_reviews_of_it_and_of_them():
    item = ActionItemFactory(leads=[CountryFactory()])
    ReviewFactory(plan=item.plan, item=item), ReviewFactory(plan=item.plan), UptakeFactory(instrument=item.plan)
    before, key = exports(), item.plan.slug
    with recording() as recorder:
        recorder.delete([item.plan])
    assert rows_of("reviews") == rows_of("action_items") == []
    parts, notes = restoring(InstrumentResource, deletions(InstrumentResource).get(key=key))
    assert notes == []
    apply(parts, Batch(origin=Batch.Origin.RESTORE))
    assert exports() == before
