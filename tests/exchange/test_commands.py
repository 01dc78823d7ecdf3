"""The commands that bring rows in and out and show what changed."""

import csv
import io
import json
import os
import signal
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from exchange import registry
from exchange.files import kind_of
from exchange.models import UnknownName
from exchange.plans import plan
from manage import main
from records.models import Batch

from .nasty import make
from .record import bring_in, export, exports, row_of, rows_of

NUMBERS = ["type", "rows", "new", "changed", "same", "deleted", "duplicate", "likely"]
KEYS = [*NUMBERS, "errors", "questions", "changes", "applied", "batch", "notes"]


@pytest.fixture
def import_file(tmp_path, capsys):
    """Runs import_records with rows or bytes; returns the exit code and what was said on either output."""

    def run(type, content, *options):
        path = tmp_path / "file.csv"
        path.write_bytes(content if isinstance(content, bytes) else as_csv(content).encode())
        code = 0
        try:
            call_command("import_records", str(path), *(["--type", type] if type else []), *options)
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        return code, json.loads(said.out) if "--json" in options and said.out else said.out, said.err

    return run


def as_csv(rows):
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def shown(capsys, *options):
    call_command("show_changes", *options)
    return capsys.readouterr().out


# --- import_records ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_file_that_says_nothing_new_is_all_the_same(record, import_file):
    batches = Batch.objects.count()
    code, said, _ = import_file("events", export("events").encode(), "--json")
    assert (code, list(said)) == (0, KEYS)
    assert said == {
        "type": "events", "rows": 2, "new": 0, "changed": 0, "same": 2, "deleted": 0, "duplicate": 0, "likely": 0,
        "errors": [], "questions": [], "changes": [],
        "applied": False, "batch": None, "notes": [],
    }  # fmt: skip
    assert Batch.objects.count() == batches


@pytest.mark.django_db
def test_a_title_a_date_and_a_co_chair_that_changed_are_three_changes(record, import_file):
    bring_in("events", [{"reference": "E7", "title": "Training", "kind": "training", "when": "2005"}])
    rows = {row["reference"]: row for row in rows_of("events")}
    rows["E2"]["title"] = "Workshop on visas"
    rows["E7"]["when"] = "September 2005"
    rows["E1"]["co_chairs"] = "Australia; ROK"
    code, said, _ = import_file("events", list(rows.values()), "--json", "--reason", "Corrected")
    assert code == 0
    assert [said[name] for name in ("rows", "new", "changed", "same", "errors", "applied")] == [3, 0, 3, 0, [], True]
    assert said["changes"] == [
        {"row": 2, "key": "E1", "fields": {"co_chairs": ["Australia; Indonesia", "Australia; ROK"]}},
        {"row": 3, "key": "E2", "fields": {"title": ["Workshop on passports", "Workshop on visas"]}},
        {"row": 4, "key": "E7", "fields": {"when": ["2005", "2005-09"]}},
    ]
    batch = Batch.objects.get(pk=said["batch"])
    assert (batch.origin, batch.by, batch.reason, batch.changes.count()) == ("import", None, "Corrected", 3)


@pytest.mark.django_db
def test_a_misspelt_country_is_reported_with_the_right_one_and_nothing_is_written(record, import_file):
    before = export("events")
    rows = rows_of("events")
    rows[0]["title"] = "Retitled"
    rows[1]["country"] = "Republic of Koria"
    code, said, _ = import_file("events", rows, "--json")
    assert code == 1
    (error,) = said["errors"]
    assert list(error) == ["row", "column", "value", "message", "suggestions"]
    assert (error["row"], error["column"], error["value"]) == (3, "country", "Republic of Koria")
    assert error["suggestions"][0] == "Republic of Korea"
    assert (said["applied"], said["batch"], said["rows"]) == (False, None, 2)
    assert export("events") == before


@pytest.mark.django_db
def test_a_new_row_has_no_old_values_and_its_key_is_one_text(record, import_file):
    rows = [{"body": "Ministers", "member": "Thailand", "joined": "February 2002"}]
    code, said, _ = import_file("memberships", rows, "--json")
    assert code == 0
    assert said["changes"] == [
        {
            "row": 2,
            "key": "ministers / TH / 2002-02",
            "fields": {"body": [None, "ministers"], "member": [None, "TH"], "joined": [None, "2002-02"]},
        }
    ]


@pytest.mark.django_db
def test_a_dry_run_says_all_and_writes_nothing(record, import_file):
    before, batches = exports(), Batch.objects.count()
    rows = [{"title": "Talk", "kind": "other", "when": "", "city": "Busan", "country": "KR"}]
    code, said, _ = import_file("events", rows, "--json", "--dry-run")
    assert (code, said["new"], said["applied"], said["batch"]) == (0, 1, False, None)
    assert said["changes"][0]["key"] == "E3"
    assert said["notes"] == ["Row 2 makes the place Busan, KR."]
    assert (exports(), Batch.objects.count()) == (before, batches)


@pytest.mark.django_db
def test_faults_of_the_heading_are_errors_of_row_1(record, import_file):
    code, said, _ = import_file("events", [{"titel": "A meeting", "kind": "meeting"}], "--json")
    assert code == 1
    assert [(error["row"], error["column"]) for error in said["errors"]] == [(1, "titel"), (1, "title")]
    assert said["errors"][0]["suggestions"] == ["title"]


@pytest.mark.django_db
@pytest.mark.parametrize("options", [(), ("--json",), ("--dry-run",)])
@pytest.mark.parametrize("content", [b"", b'title,kind\n"open,x\n', "title,é\n".encode() + b"\xff", b"title\0kind"])
def test_a_file_that_cannot_be_read_ends_with_2_and_the_reason(record, import_file, content, options):
    code, said, reason = import_file("events", content, *options)
    assert (code, said) == (2, "")
    assert reason.strip()


@pytest.mark.django_db
def test_a_file_that_is_not_there_ends_with_2(capsys):
    with pytest.raises(SystemExit) as end:
        call_command("import_records", "/nowhere/at/all.csv", "--type", "events")
    assert end.value.code == 2
    assert "cannot be read" in capsys.readouterr().err


def test_an_unknown_type_is_refused():
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("import_records", "x.csv", "--type", "meetings")


@pytest.mark.parametrize("reason", ["x" * 301, "a bell\a"])
def test_a_reason_that_the_history_cannot_keep_is_refused(reason):
    with pytest.raises(CommandError, match="argument --reason: "):
        call_command("import_records", "x.csv", "--type", "events", "--reason", reason)


@pytest.mark.django_db
def test_in_words_an_import_says_what_it_did(record, import_file):
    rows = [{"title": "Talk", "kind": "other", "when": "", "city": "Busan", "country": "KR"}]
    code, said, _ = import_file("events", rows)
    batch = Batch.objects.latest("pk").pk
    assert code == 0
    assert (
        said == f"Row 2 makes the place Busan, KR.\n1 rows: 1 new, 0 changed, 0 the same. Written as batch {batch}.\n"
    )
    code, said, _ = import_file("events", rows)
    before, counts = said.splitlines()
    assert before.startswith(f"This file was imported as batch {batch} on ")
    assert (code, counts) == (0, "1 rows: 0 new, 0 changed, 1 the same. Nothing was written.")


@pytest.mark.django_db
def test_in_words_an_import_says_what_is_wrong(record, import_file):
    rows = [{"reference": "", "title": "", "kind": "work shop", "when": "", "city": "", "country": "Tailand"}]
    code, said, reasons = import_file("events", rows)
    assert code == 1
    assert said.endswith("errors. Nothing was written.\n")
    assert "row 2, title: The title must be given." in reasons
    assert "row 2, country: No country is known as “Tailand”. Nearest: Thailand" in reasons


@pytest.mark.django_db
def test_what_comes_to_be_wrong_between_plan_and_writing_is_reported(record, import_file, monkeypatch):
    def deleted_meanwhile(_self):
        plan("outcomes", deleting=[{"reference": "O1"}]).apply(Batch(origin="admin"))
        plan("events", deleting=[{"reference": "E2"}]).apply(Batch(origin="admin"))
        return True

    monkeypatch.setattr("exchange.plans.Plan.changes_something", property(deleted_meanwhile))
    row = {"event": "E2", "kind": "decision", "text": "To meet."}
    rows = [row | {"event": "E1"}, row]
    code, said, _ = import_file("outcomes", rows, "--json")
    assert (code, said["applied"]) == (1, False)
    assert [(error["row"], error["column"]) for error in said["errors"]] == [(3, "event")]


WORKBOOK = make.xlsx(
    {
        "Outcomes": make.sheet(
            make.row("Reference", "Event", "Kind", "Text"), make.row("O9", "E9", "finding", "Useful.")
        ),
        "Help": make.sheet(make.row("Fill in what you know.")),
        "events": make.sheet(make.row("Reference", "Title", "Kind"), make.row("E9", "A talk", "Workshop")),
    }
)


@pytest.mark.django_db
def test_a_workbook_with_a_sheet_a_type_is_written_as_one_batch_in_the_order_of_loading(record, import_file):
    code, said, _ = import_file(None, WORKBOOK)
    batch = Batch.objects.latest("pk")
    assert code == 0
    assert said == (
        "events: 1 rows: 1 new, 0 changed, 0 the same\n"
        f"outcomes: 1 rows: 1 new, 0 changed, 0 the same. Written as batch {batch.pk}.\n"
    )
    assert [change.key for change in batch.changes.all()] == ["E9", "O9"]
    code, said, _ = import_file(None, WORKBOOK, "--json")
    assert (code, said["batch"], [each["same"] for each in said["types"]]) == (0, None, [1, 1])


@pytest.mark.django_db
def test_a_dry_run_of_a_workbook_says_all_and_writes_nothing(record, import_file):
    before, batches = exports(), Batch.objects.count()
    code, said, _ = import_file(None, WORKBOOK, "--json", "--dry-run")
    assert (code, said["applied"]) == (0, False)
    assert [(each["type"], each["new"], each["changes"][0]["key"]) for each in said["types"]] == [
        ("events", 1, "E9"), ("outcomes", 1, "O9"),
    ]  # fmt: skip
    assert (exports(), Batch.objects.count()) == (before, batches)


@pytest.mark.django_db
def test_one_sheet_in_error_keeps_all_of_a_workbook_from_being_written(record, import_file):
    before = exports()
    wrong = make.xlsx(
        {
            "events": make.sheet(make.row("Reference", "Title", "Kind"), make.row("E9", "A talk", "Workshop")),
            "outcomes": make.sheet(make.row("Event", "Kind", "Text"), make.row("E10", "finding", "Useful.")),
        }
    )
    code, said, reasons = import_file(None, wrong)
    assert code == 1
    assert said.endswith("1 errors. Nothing was written.\n")
    assert reasons == "outcomes, row 2, event: No event is known as “E10”. Nearest: E1.\n"
    code, said, _ = import_file(None, wrong, "--json")
    assert [(error["type"], error["row"]) for error in said["errors"]] == [("outcomes", 2)]
    assert exports() == before


@pytest.mark.django_db
def test_without_a_type_other_files_are_refused(record, import_file):
    code, _, reason = import_file(None, b"title,kind\nA talk,workshop\n")
    assert (code, "does not say of which type" in reason) == (2, True)


NEAR = {"title": "Passports workshop", "kind": "workshop", "when": "2003-04", "city": "Seoul", "country": "KR"}


@pytest.mark.django_db
def test_rows_that_are_probably_there_are_refused_unless_it_is_said_what_they_are(record, import_file):
    code, said, problems = import_file("events", [NEAR])
    assert code == 1
    assert "row 2, reference: This is probably there already, as E2 “Workshop on passports”" in problems
    assert "1 probably there already. Nothing was written. Give rows the key" in said
    code, said, _ = import_file("events", [NEAR], "--json")
    assert (code, said["likely"], said["applied"], said["questions"][0]["suggestions"]) == (1, 1, False, ["E2"])


@pytest.mark.django_db
@pytest.mark.parametrize(("likely", "references"), [("new", ["E1", "E2", "E3"]), ("same", ["E1", "E2"])])
def test_all_rows_that_are_probably_there_can_be_said_to_be_new_or_the_same(record, import_file, likely, references):
    code, _said, _ = import_file("events", [NEAR], "--likely", likely)
    assert (code, [row["reference"] for row in rows_of("events")]) == (0, references)


@pytest.mark.django_db
def test_a_row_that_stands_twice_is_left_out_and_counted(record, import_file):
    row = {"title": "Talk", "kind": "other", "when": "", "city": "", "country": ""}
    code, said, _ = import_file("events", [row, row])
    assert code == 0
    assert "2 rows: 1 new, 0 changed, 0 the same, 1 alike with an earlier row and left out. Written as" in said


@pytest.mark.django_db
def test_what_is_wrong_can_be_had_as_a_copy_of_the_file(record, import_file, tmp_path):
    rows = [{"reference": "X1", "title": "", "kind": "other"}]
    code, _said, problems = import_file("events", rows, "--errors", str(tmp_path / "wrong.csv"))
    assert (code, "wrong.csv, as CSV" in problems) == (1, True)
    assert "title: The title must be given.,X1,,other" in (tmp_path / "wrong.csv").read_text()
    import_file("events", rows, "--errors", str(tmp_path / "wrong.xlsx"))
    assert kind_of(tmp_path / "wrong.xlsx") == "xlsx"
    import_file("events", [rows[0] | {"title": "Talk"}], "--errors", str(tmp_path / "good.csv"))
    assert not (tmp_path / "good.csv").exists()
    with pytest.raises(CommandError, match="cannot be written"):
        import_file("events", rows, "--errors", str(tmp_path / "no" / "folder"))


def as_book(types):
    """The workbook of {type: rows}."""
    sheets = {
        type: make.sheet(make.row(*rows[0]), *(make.row(*row.values()) for row in rows)) for type, rows in types.items()
    }
    return make.xlsx(sheets)


@pytest.mark.django_db
def test_a_workbook_with_rows_to_be_decided_names_their_sheet(record, import_file):
    book = {"events": [NEAR], "themes": [{"name": "Visas", "description": "A"}]}
    code, said, problems = import_file(None, as_book(book))
    assert (code, "events, row 2, reference: This is probably" in problems) == (1, True)
    assert "themes: 1 rows: 1 new" in said
    code, said, _ = import_file(None, as_book(book), "--likely", "same", "--json")
    assert (code, said["applied"], [each["new"] for each in said["types"]]) == (0, True, [1, 0])


@pytest.mark.django_db
def test_names_that_nothing_knows_are_kept_for_somebody_to_lead_them_on(record, import_file):
    rows = [{"reference": "X1", "title": "Talk", "kind": "other", "hosts": "R.O. Korea"}]
    import_file("events", rows, "--dry-run")
    assert not UnknownName.objects.exists()
    import_file("events", rows)
    assert [(name.text, name.file) for name in UnknownName.objects.all()] == [("R.O. Korea", "file.csv")]
    import_file(None, as_book({"events": [rows[0] | {"hosts": "Koria, R. of"}]}))
    assert UnknownName.objects.count() == 2


# --- export_records ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("type", registry.types())
def test_an_export_to_a_file_is_the_one_to_the_output(record, type, tmp_path, capsysbinary):
    path = tmp_path / "out.csv"
    call_command("export_records", type, "--output", str(path))
    call_command("export_records", type)
    assert capsysbinary.readouterr().out == path.read_bytes() == export(type).encode()


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["export_records countries", "show_changes", "show_changes --json"])
def test_what_nobody_reads_to_its_end_ends_quietly(record, monkeypatch, capsys, command):
    reading, writing = os.pipe()
    os.close(reading)
    monkeypatch.setattr("sys.argv", ["manage.py", *command.split()])
    with os.fdopen(writing, "w") as output:
        monkeypatch.setattr("sys.stdout", output)
        with pytest.raises(SystemExit) as end:
            main()
    assert (end.value.code, capsys.readouterr().err) == (128 + signal.SIGPIPE, "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "options", "kind"),
    [
        ("out.xlsx", (), "xlsx"),
        ("out.JSON", (), "json"),
        ("out.txt", (), "csv"),
        ("out", ("--format", "xlsx"), "xlsx"),
        ("out.csv", ("--format", "json"), "json"),
    ],
)
def test_the_format_is_that_of_the_name_or_the_one_that_is_said(record, tmp_path, name, options, kind):
    call_command("export_records", "events", "--output", str(tmp_path / name), *options)
    assert kind_of(tmp_path / name) == kind


@pytest.mark.django_db
def test_an_export_to_where_nothing_can_be_written_says_so(record):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_records", "events", "--output", "/nowhere/at/all.csv")


# --- show_changes -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_changes_are_shown_as_a_list_of_what_was_done(record, capsys, django_user_model):
    user = django_user_model.objects.create_user("clerk")
    batch = Batch(origin=Batch.Origin.ADMIN, by=user, reason="Asked for")
    plan("events", [row_of("events", "E2") | {"note": "", "venue": "Hall"}]).apply(batch)
    (change,) = json.loads(shown(capsys, "--batch", str(batch.pk), "--json"))
    assert list(change) == ["batch", "type", "key", "before", "after", "at", "by", "origin", "reason"]
    assert (change["batch"], change["type"], change["key"]) == (batch.pk, "events", "E2")
    assert (change["by"], change["origin"], change["reason"]) == ("clerk", "admin", "Asked for")
    assert (change["before"]["note"], "note" in change["after"], change["after"]["venue"]) == (
        "Who trained?",
        False,
        "Hall",
    )
    at = datetime.fromisoformat(change["at"])
    assert (at, at.utcoffset()) == (batch.at, timedelta(0))


@pytest.mark.django_db
def test_changes_are_chosen_by_type_and_by_present_or_former_key(record, capsys):
    bring_in("memberships", [{"body": "Bali Process", "member": "AU", "joined": "2002-02"}])
    plan("memberships", deleting=[{"body": "bali-process", "member": "AU", "joined": "2002-02"}]).apply(
        Batch(origin="admin")
    )
    for key in ("bali-process / AU / ", "bali-process / AU / 2002-02"):
        changes = json.loads(shown(capsys, "--type", "memberships", "--key", key, "--json"))
        assert "bali-process / AU / 2002-02" in [change["key"] for change in changes]
    everything = json.loads(shown(capsys, "--type", "memberships", "--json"))
    assert [(change["before"] is None, change["after"] is None) for change in everything] == [
        (True, False), (False, False), (False, True),
    ]  # fmt: skip


@pytest.mark.django_db
def test_changes_are_shown_in_the_order_in_which_they_were_made(record, capsys):
    bring_in("events", [row_of("events", "E2") | {"venue": "Hall"}])
    bring_in("events", [row_of("events", "E2") | {"venue": "Great Hall"}])
    changes = json.loads(shown(capsys, "--type", "events", "--key", "E2", "--json"))
    assert [change["after"].get("venue") for change in changes] == [None, "Hall", "Great Hall"]
    everything = json.loads(shown(capsys, "--json"))
    assert [change["batch"] for change in everything] == sorted(change["batch"] for change in everything)
    assert {change["type"] for change in everything} >= {
        "countries",
        "memberships",
        "events",
        "event_links",
        "outcomes",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("options", [("--batch", "0"), ("--batch", str(2**80)), ("--key", "E3"), ("--key", "E")])
def test_where_nothing_fits_no_change_is_shown(record, capsys, options):
    assert json.loads(shown(capsys, *options, "--json")) == []
    call_command("show_changes", *options)
    assert capsys.readouterr() == ("", "There is no such change.\n")


@pytest.mark.django_db
def test_no_changes_are_an_empty_list(capsys):
    assert json.loads(shown(capsys, "--json")) == []
    assert shown(capsys) == ""


@pytest.mark.django_db
def test_in_words_changes_say_who_did_what_and_why(record, capsys, django_user_model):
    bring_in("outcomes", [row_of("outcomes", "O1") | {"status": "done"}])
    by = django_user_model.objects.create_user("clerk")
    plan("outcomes", deleting=[{"reference": "O1"}]).apply(Batch(origin="admin", by=by, reason="Twice"))
    said = shown(capsys, "--key", "O1")
    assert "by a command (Import)\n  outcomes O1 new\n    reference: – → O1\n" in said
    assert "outcomes O1 changed\n    status: open → done\n" in said
    assert "by clerk (Admin): Twice\n  outcomes O1 deleted\n" in said
