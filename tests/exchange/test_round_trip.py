"""What goes out comes in again: the same record, byte for byte."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange import registry, starting_record
from exchange.files import FORMATS
from exchange.plans import plan
from records.folding import one_line, tidy
from records.models import Batch, Change
from tests import snapshots

from .record import bring_in, bring_in_each, empty_the_record, exports, read_file, rows_of, undone, write_files
from .strategies import examples_that_undo, record_sets

TEXTS = {
    "countries": {"region": one_line},
    "bodies": {"remit": tidy},
    "events": dict.fromkeys(("title", "venue", "alongside"), one_line)
    | dict.fromkeys(("description", "sources", "note"), tidy),
    "outcomes": {"text": tidy},
    "collections": dict.fromkeys(("description", "sources", "note"), tidy),
    "documents": {"title": one_line} | dict.fromkeys(("description", "text", "sources", "note"), tidy),
    "document_versions": {"name": one_line},
    "instruments": dict.fromkeys(("description", "sources", "note"), tidy),
    "uptakes": {"source": tidy},
    "reported_figures": {"remark": tidy},
    "action_items": {"text": tidy},
    "reviews": {"finding": tidy},
    "editions": {"title": one_line, "text": tidy, "note": tidy},
    "sections": {"heading": one_line, "note": tidy},
    "entries": {"text": tidy},
}


def bring_in_all(sets):
    for type in registry.types():
        bring_in_each(type, sets[type])


def assert_texts_are_kept(sets):
    """Texts are what was given, but for their edges and line breaks."""
    for type, columns in TEXTS.items():
        for column, tidied in columns.items():
            assert sorted(row[column] for row in rows_of(type)) == sorted(tidied(row[column]) for row in sets[type])


def assert_nothing_differs(folder):
    """Every file of a folder is the same as the record, and applying it writes nothing."""
    batches = Batch.objects.count()
    for type in registry.types():
        planned = plan(type, read_file(type, folder))
        assert (planned.errors, planned.new, planned.changed) == ([], 0, 0), type
        assert planned.same == planned.rows == len(rows_of(type))
        assert planned.apply(Batch(origin=Batch.Origin.IMPORT)) is None
    assert Batch.objects.count() == batches


def assert_comes_back(before, folder):
    """The files of a folder, brought into an empty record, make the same files again."""
    empty_the_record()
    assert not any(rows_of(type) for type in registry.types())
    for type in registry.types():
        bring_in(type, read_file(type, folder))
    assert exports() == before


@pytest.mark.django_db
@examples_that_undo
@given(st.sampled_from(list(FORMATS)), record_sets())
def test_what_goes_out_comes_in_again_the_same_into_the_same_record_and_into_an_empty_one(format, sets):
    with undone(), TemporaryDirectory() as folder:
        bring_in_all(sets)
        assert_texts_are_kept(sets)
        before = exports()
        write_files(Path(folder), format)
        assert_nothing_differs(Path(folder))
        assert_comes_back(before, Path(folder))


@pytest.mark.django_db
@pytest.mark.parametrize("format", FORMATS)
def test_the_starting_record_goes_out_and_in_again_without_a_difference(tmp_path, format):
    snapshots.put("starting record", starting_record.load)
    write_files(tmp_path, format)
    changes = Change.objects.count()
    assert_nothing_differs(tmp_path)
    assert Change.objects.count() == changes


@pytest.mark.django_db
def test_an_empty_record_takes_the_starting_record_and_gives_the_same_again(tmp_path):
    snapshots.put("starting record", starting_record.load)
    before = exports()
    write_files(tmp_path, "csv")
    assert_comes_back(before, tmp_path)
