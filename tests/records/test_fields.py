from datetime import date

import pytest
from django import forms
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from django.template import Context, Template
from django.test.utils import isolate_apps

from records.dates import UNDATED, InvalidDate, PartialDate
from records.fields import FoldedField, IdentityField, LineField, PartialDateField, ProseField
from records.folding import digest
from records.forms import PartialDateFormField

with isolate_apps("records"):

    class Talk(models.Model):  # noqa: DJ008
        title = LineField(max_length=40)
        notes = ProseField(blank=True, max_length=40)
        when = PartialDateField(starts="starts_on", ends="ends_on", blank=True)
        starts_on = models.DateField(null=True, editable=False, db_index=True)
        ends_on = models.DateField(null=True, editable=False, db_index=True)
        announced = PartialDateField(blank=True)
        folded_title = FoldedField(source="title", max_length=80, unique=True)
        identity = IdentityField("when", "title")

        class Meta:
            app_label = "records"
            constraints = [
                models.CheckConstraint(condition=models.Q(starts_on__gte="2000-01-01"), name="talk_from_2000_on")
            ]

    class Entry(models.Model):  # noqa: DJ008
        """One whose derived dates stand above what they are derived from."""

        starts_on = models.DateField(null=True, editable=False)
        ends_on = models.DateField(null=True, editable=False)
        when = PartialDateField(starts="starts_on", ends="ends_on", blank=True)

        class Meta:
            app_label = "records"


class TalkForm(forms.ModelForm):
    class Meta:
        model = Talk
        fields = ["title", "notes", "when"]


@pytest.fixture(scope="module")
def talks_table(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(Talk)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.delete_model(Talk)


@pytest.fixture
def talks(talks_table, db):
    return Talk.objects


def as_stored(talk):
    return Talk.objects.values_list("when", "starts_on", "ends_on", "folded_title", "identity").get(pk=talk.pk)


# Text


def test_text_is_tidy_however_it_is_saved(talks):
    typed = {"title": " Return \r\n Workshop ", "notes": "\r\none\r\ntwo \r\n"}
    talks.bulk_create([Talk(**typed)])
    stored = talks.get()
    assert (stored.title, stored.notes) == ("Return Workshop", "one\ntwo")
    talks.update(notes=" \rthree\r")
    assert talks.get().notes == "three"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\ud800"])
@pytest.mark.parametrize("column", ["title", "notes"])
def test_control_characters_are_refused_and_named(column, character):
    with pytest.raises(ValidationError, match=rf"U\+{ord(character):04X}.*after “before”"):
        Talk._meta.get_field(column).clean(f"before{character}after", None)


def test_tabs_and_line_breaks_are_text():
    assert Talk._meta.get_field("notes").clean("one\ttwo\r\nthree", None) == "one\ttwo\nthree"


def test_forms_tidy_before_they_count():
    form = TalkForm({"title": "Return\r\nWorkshop", "notes": "\r\n" * 10 + "x\r\n" * 20})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["title"] == "Return Workshop"
    assert form.cleaned_data["notes"] == "\n".join("x" * 20)
    assert isinstance(form.fields["notes"].widget, forms.Textarea)


def test_forms_refuse_control_characters_beside_the_field():
    form = TalkForm({"title": "Return\x07"})
    assert "U+0007" in form.errors["title"][0]


# Partial dates


def test_what_is_assigned_is_a_partial_date():
    talk = Talk(when="September 2002")
    assert talk.when == "2002-09"
    assert talk.when.display() == "September 2002"
    talk.when = "26 February 2002"
    assert talk.starts_on == talk.ends_on == date(2002, 2, 26)
    talk.when = date(2004, 9, 1)
    assert talk.when == "2004-09-01"
    for nothing in ("", None):
        talk.when = nothing
        assert talk.when is UNDATED
        assert talk.starts_on is talk.ends_on is None


def test_derived_dates_declared_first_are_right_at_once():
    entry = Entry(when="2002-09")
    assert (entry.starts_on, entry.ends_on) == (date(2002, 9, 1), date(2002, 9, 30))


def test_saving_fills_what_is_derived(talks):
    talk = talks.create(title="Return Workshop", when="Sept. 2002")
    expected = ("2002-09", date(2002, 9, 1), date(2002, 9, 30), "returnworkshop", digest("2002-09", "Return Workshop"))
    assert as_stored(talk) == expected
    talk.title, talk.when = "Visa Workshop", "2004~"
    talk.save()
    expected = ("2004~", date(2004, 1, 1), date(2004, 12, 31), "visaworkshop", digest("2004~", "Visa Workshop"))
    assert as_stored(talk) == expected


def test_bulk_writes_fill_what_is_derived(talks):
    [talk] = talks.bulk_create([Talk(title="Return Workshop", when="2002-09")])
    assert as_stored(talk)[1:4] == (date(2002, 9, 1), date(2002, 9, 30), "returnworkshop")
    talk.title, talk.when = "Visa Workshop", "2004"
    columns = ["title", "when", "starts_on", "ends_on", "folded_title", "identity"]
    talks.bulk_create([talk], update_conflicts=True, unique_fields=["id"], update_fields=columns)
    identity = digest("2004", "Visa Workshop")
    assert as_stored(talk) == ("2004", date(2004, 1, 1), date(2004, 12, 31), "visaworkshop", identity)
    talk.when = "2005"
    talks.bulk_update([talk], ["when", "starts_on", "ends_on"])
    assert as_stored(talk)[:3] == ("2005", date(2005, 1, 1), date(2005, 12, 31))


def test_a_column_is_updated_from_another(talks):
    talk = talks.create(title="Return Workshop", when="2002", announced="2001-09")
    talks.update(when=models.F("announced"))
    assert as_stored(talk)[0] == "2001-09"


def test_saving_named_columns_needs_the_derived_ones_named(talks):
    talk = talks.create(title="Return Workshop", when="2002")
    talk.when = "2004"
    talk.save(update_fields=["when", "starts_on", "ends_on"])
    assert as_stored(talk)[:3] == ("2004", date(2004, 1, 1), date(2004, 12, 31))


def test_what_is_read_is_a_partial_date(talks):
    talk = talks.create(title="Return Workshop", when="2002-09")
    read = [
        talks.get().when,
        talks.defer("when").get().when,
        talks.only("when").get().when,
        talks.values_list("when", flat=True).get(),
    ]
    talk.refresh_from_db()
    for when in [*read, talk.when]:
        assert isinstance(when, PartialDate)
        assert when == "2002-09"


@pytest.mark.parametrize("nothing", [{}, {"when": ""}, {"when": None}])
def test_a_record_without_a_date_is_undated(talks, nothing):
    talk = talks.create(title="Return Workshop", **nothing)
    assert as_stored(talk)[:3] == ("", None, None)
    talk.full_clean()
    assert talk.when is UNDATED
    assert talks.get().when is UNDATED


def test_no_other_text_is_ever_stored(talks):
    talk = Talk(title="Return Workshop", when="03/04/2005")
    assert talk.when == "03/04/2005"
    with pytest.raises(ValidationError, match="3 April 2005 or 4 March 2005"):
        talk.clean_fields()
    with pytest.raises(InvalidDate):
        talk.save()
    with pytest.raises(InvalidDate):
        talks.bulk_create([talk])
    with pytest.raises(InvalidDate):
        talks.update(when="soon")
    with pytest.raises(InvalidDate):
        Talk(title="Return Workshop", when=models.F("announced")).save()


def test_validation_sees_what_would_be_saved(talks):
    talks.create(title="Return Workshop", when="2002")
    with pytest.raises(ValidationError) as refused:
        Talk(title="RETURN workshop", when="1999").full_clean()
    assert "already exists" in str(refused.value)
    assert "talk_from_2000_on" in str(refused.value)


@pytest.mark.parametrize("field", Talk._meta.fields, ids=lambda field: field.name)
def test_migrations_can_make_the_field_again(field):
    _, _, args, kwargs = field.deconstruct()
    twin = type(field)(*args, **kwargs)
    assert twin.deconstruct()[1:] == field.deconstruct()[1:]
    assert twin.editable == field.editable
    assert twin.max_length == field.max_length
    assert MigrationWriter.serialize(twin)


@isolate_apps("records")
def test_checks_name_a_derived_date_that_is_not_there():
    class Meeting(models.Model):  # noqa: DJ008
        title = models.TextField()
        when = PartialDateField(starts="began_on", ends="title")

        class Meta:
            app_label = "records"

    assert [(error.id, error.msg) for error in Meeting.check()] == [
        ("records.E001", "“began_on” is not a DateField of the model."),
        ("records.E001", "“title” is not a DateField of the model."),
    ]
    assert Talk.check() == []


# How partial dates are asked for


@pytest.fixture
def dated_talks(talks):
    for when in ["2002", "2002-09", "2002-12-30/2003-01-02", "2003-24", "2004~", ""]:
        talks.create(title=f"Talk {when}", when=when)
    return talks


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("2002-09-30", {"2002", "2002-09"}),
        ("2003", {"2002-12-30/2003-01-02", "2003-24"}),
        ("1 January 2003", {"2002-12-30/2003-01-02"}),
        (date(2004, 2, 29), {"2003-24", "2004~"}),
        (PartialDate("2005"), set()),
        ("", set()),
    ],
)
def test_overlap_is_a_day_in_common(dated_talks, value, found):
    assert set(dated_talks.filter(when__overlaps=value).values_list("when", flat=True)) == found


def test_since_and_until_include_what_overlaps(dated_talks):
    since = dated_talks.filter(when__since="2003").values_list("when", flat=True)
    until = dated_talks.filter(when__until="September 2002").values_list("when", flat=True)
    assert set(since) == {"2002-12-30/2003-01-02", "2003-24", "2004~"}
    assert set(until) == {"2002", "2002-09"}


def test_what_is_undated_never_matches_and_is_left_in_by_exclusion(dated_talks):
    assert not dated_talks.filter(when__since="1900", when="").exists()
    left = dated_talks.exclude(when__overlaps="2002").values_list("when", flat=True)
    assert set(left) == {"2003-24", "2004~", ""}
    assert dated_talks.exclude(when__overlaps="").count() == 6


def test_dates_are_found_as_typed_or_in_part(dated_talks):
    assert dated_talks.get(when="Sept. 2002").title == "Talk 2002-09"
    assert dated_talks.get(when__startswith="2002-12-").title == "Talk 2002-12-30/2003-01-02"
    assert not dated_talks.filter(when="soon").exists()


def test_an_index_serves_the_lookups(dated_talks):
    sql = str(dated_talks.filter(when__overlaps="2002").query)
    assert '"starts_on" <=' in sql
    assert '"ends_on" >=' in sql


def test_what_cannot_be_compared_is_refused(talks):
    with pytest.raises(InvalidDate, match="soon"):
        talks.filter(when__overlaps="soon")
    with pytest.raises(FieldError, match="not an expression"):
        talks.filter(when__overlaps=models.F("announced"))
    with pytest.raises(FieldError, match="names no field for ends="):
        list(talks.filter(announced__since="2002"))


# Forms and pages


def test_a_form_takes_what_people_type_and_shows_it_as_words(talks):
    form = TalkForm({"title": "Return Workshop", "when": "26-28 Feb. 2002"})
    talk = form.save()
    assert as_stored(talk)[0] == "2002-02-26/2002-02-28"
    shown = TalkForm(instance=talk)
    assert 'value="26–28 February 2002"' in str(shown["when"])
    assert "spring 2004" in shown["when"].help_text
    assert not TalkForm({"title": talk.title, "when": "2002-02-26/2002-02-28"}, instance=talk).has_changed()


def test_a_form_says_beside_the_field_what_is_wrong():
    form = TalkForm({"title": "Return Workshop", "when": "03/04/2005"})
    assert "3 April 2005 or 4 March 2005" in form.errors["when"][0]
    assert 'value="03/04/2005"' in str(form["when"])


def test_a_form_takes_dates_whose_words_are_longer_than_their_text():
    typed = "about 30 September 2004 – possibly 2 November 2005"
    form = TalkForm({"title": "Return Workshop", "when": typed})
    form.is_valid()
    assert "when" not in form.errors
    assert form.cleaned_data["when"] == "2004-09-30~/2005-11-02?"


def test_a_help_text_of_its_own_stands():
    assert PartialDateFormField(help_text="When it began.").help_text == "When it began."


@pytest.mark.parametrize(
    ("when", "text", "element"),
    [
        ("2002-09", "September 2002", '<time datetime="2002-09">September 2002</time>'),
        ("2002", "2002", '<time datetime="2002">2002</time>'),
        ("2002-02-26", "26 February 2002", '<time datetime="2002-02-26">26 February 2002</time>'),
        ("2004~", "about 2004", "about 2004"),
        ("2004-21", "spring 2004", "spring 2004"),
        ("2002-09/2002-10", "September–October 2002", "September–October 2002"),
        ("", "undated", "undated"),
        (None, "undated", "undated"),
    ],
)
def test_pages_show_words(when, text, element):
    template = Template("{% load records %}{{ when|partial_date }}|{{ when|time_element }}")
    assert template.render(Context({"when": when})) == f"{text}|{element}"
