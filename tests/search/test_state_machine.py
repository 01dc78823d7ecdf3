"""Two processes write the record by turns and at once, and whatever each keeps in memory of it agrees with the tables.

Each step is done in one of two processes of their own, and then both are asked: for lists, their lines and facets, and
for words. What they answer is compared with a plain look through the tables (`agreement.py`).
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.exchange.test_killed import reachable

pytestmark = pytest.mark.django_db(transaction=True)

NAMED = ["countries", "agencies", "bodies", "themes", "series"]
LISTED = [*NAMED, "events", "memberships", "outcomes", "places"]
numbers = st.integers(0, 11)
words = st.lists(st.sampled_from(["Amber", "Birch", "Cedar", "Ember", "Fjord"]), min_size=1, max_size=2).map(" ".join)
states = st.sampled_from(["published", "published", "draft", "in_review"])
names = st.sampled_from(["", "Republic of Korea", "Thailand", "Afp; Indonesia", "IOM"])
fields = st.fixed_dictionaries(
    {},
    optional={
        "title": words,
        "description": words,
        "when": st.sampled_from(["", "2002", "2003-05", "2001~", "2002-02-26/2004-03-01"]),
        "kind": st.sampled_from(["workshop", "ministerial"]),
        "publication": states,
    },
)
cells = st.builds(
    lambda *several: {name: value for each in several for name, value in each.items()},
    fields,
    st.fixed_dictionaries(
        {},
        optional={
            "hosts": names,
            "attendees": names,
            "bodies": st.sampled_from(["", "Ministers", "AHEG I"]),
            "themes": st.sampled_from(["", "document-fraud", "document-fraud; legislation"]),
            "series": st.sampled_from(["", "targeting"]),
            "status": st.sampled_from(["held", "cancelled"]),
        },
    ),
    st.sampled_from(
        [{}, {"city": "", "country": ""}, {"city": "Seoul", "country": "KR"}, {"city": "Amber", "country": "ID"}]
    ),
)
new = st.builds(
    lambda title, state, more: {"title": title, "kind": "meeting", "publication": state} | more, words, states, cells
)
named = st.fixed_dictionaries({}, optional={"name": words, "names": words, "description": words, "remit": words})
moves = st.sampled_from(
    [
        ("agencies", {"country": "KR"}),
        ("agencies", {"country": ""}),
        ("places", {"city": "Cedar"}),
        ("places", {"country": "KR"}),
        ("outcomes", {"event": "E1", "text": "Fjord"}),
        ("outcomes", {"addressed_to": "Ministers"}),
    ]
)
memberships = st.builds(
    lambda body, whose: {"body": body, "member": whose}, st.sampled_from(["Ministers"]), st.sampled_from(["TH", "IOM"])
)


def told(name, *arguments):
    """A command: the name of what is done (`writes.py`), and to what."""
    return st.tuples(st.just(name), *arguments)


events, any_named = st.just("events"), st.sampled_from(NAMED)
commands = st.one_of(
    told("bring", events, new),
    told("bring", st.just("memberships"), memberships),
    told("change", events, numbers, cells),
    told("change", events, numbers, st.builds(lambda state: {"publication": state}, states)),
    told("change", any_named, numbers, named),
    moves.flatmap(lambda move: told("change", st.just(move[0]), numbers, st.just(move[1]))),
    told("bring_file", events, st.lists(numbers, max_size=3), fields, st.lists(new, max_size=2)),
    told("save_in_form", numbers, fields, numbers),
    told("rename_in_form", st.sampled_from(NAMED[:3]), numbers, words, words),
    told("take_back", st.integers(0, 2)),
    told("remove", st.sampled_from(LISTED), numbers),
    told("break_off", numbers, fields),
    told("make_index_anew"),
)


# One of each that matters, so that every run has it.
EACH = [
    ("change", "countries", 2, {"name": "Birch"}),
    ("change", "events", 1, {"publication": "draft"}),
    ("take_back", 0),
    ("remove", "events", 1),
    ("take_back", 0),
    ("save_in_form", 1, {"title": "Ember"}, 4),
    ("rename_in_form", "agencies", 0, "Cedar", "Fjord"),
    ("break_off", 0, {"publication": "draft"}),
    ("bring_file", "events", [0], {"description": "Amber"}, [{"title": "Fjord", "kind": "workshop"}]),
]


class Process:
    """One of the processes, which keeps in memory what it knows of the record."""

    def __init__(self, environment, errors):
        with errors.open("w") as stderr:
            self.program = subprocess.Popen(
                [sys.executable, "-m", "tests.search.apart"],
                env=environment,
                cwd=Path(__file__).parents[2],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
            )
        self.errors = errors

    def tell(self, name, *arguments):
        """Tell it to do something, and don't wait for it."""
        self.program.stdin.write(json.dumps([name, *arguments]) + "\n")
        self.program.stdin.flush()

    def hear(self):
        """Wait for its answer: what disagrees, or went wrong."""
        line = self.program.stdout.readline()
        assert line, self.errors.read_text()
        return json.loads(line)

    def end(self):
        self.program.stdin.close()
        self.program.wait(timeout=20)
        self.program.stdout.close()


@pytest.fixture
def two(tmp_path):
    """Two processes on one database."""
    database = {"DATABASE_URL": reachable(tmp_path), "VAR_DIRECTORY": str(tmp_path)}
    environment = os.environ | database | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    both = [Process(environment, tmp_path / f"errors-{number}") for number in range(2)]
    yield both
    for process in both:
        process.end()


class Record(RuleBasedStateMachine):
    """What is done to the record, and seen of it after each step."""

    def __init__(self, two):
        super().__init__()
        self.two = two
        self.unseen = 0

    def do(self, *commands):
        """Let processes do something: pairs of one of them and a command, both at once where they are two."""
        for process, command in commands:
            self.two[process].tell(*command)
        wrong = [f"{process}: {each}" for process, _command in commands for each in self.two[process].hear()]
        assert not wrong, "\n".join(wrong)

    @initialize()
    def begin(self):
        self.do((0, ["start_anew"]))

    @rule(process=st.integers(0, 1), command=commands)
    def one_writes(self, process, command):
        self.do((process, command))

    @rule(one=commands, other=commands)
    def both_write_at_once(self, one, other):
        self.do((0, one), (1, other))

    @rule()
    def look_away(self):
        """Ask for nothing after the next three steps, so that much is to be followed together."""
        self.unseen = 4

    @invariant()
    def all_that_both_answer_agrees_with_the_tables(self):
        self.unseen = max(self.unseen - 1, 0)
        if not self.unseen:
            self.look()

    def look(self):
        self.do((0, ["look"]), (1, ["look"]))

    def teardown(self):
        self.look()


def do_each_once(record):
    record.begin()
    for number, command in enumerate(EACH):
        record.do((number % 2, command))
        record.look()


THOROUGH = settings.default.max_examples > 100
# Shrinking takes minutes: what fails every day is best run again thoroughly.
phases = [phase for phase in Phase if THOROUGH or phase not in (Phase.shrink, Phase.explain)]


def test_whatever_two_processes_do_all_that_they_answer_agrees_with_the_tables(two):
    few = settings(max_examples=settings.default.max_examples // 10, stateful_step_count=7, phases=phases)
    do_each_once(Record(two))
    run_state_machine_as_test(lambda: Record(two), settings=settings(few, stateful_step_count=25) if THOROUGH else few)
