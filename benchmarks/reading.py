"""How well and how fast summaries of activities are read.

Prints, column by column, how much of what the documents state was found (recall) and how much of what was read they
state (precision): for the summary of 2002 to 2009 where its text is beside the project, for the documents of
`tests/summaries/documents`, and apart for those that were put away until they were first read.
With `--misses` each miss, too. Then it measures how fast editions are written (`writing.py`).
Run with `script/bench summary`.
"""

import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from summaries.knowledge import Knowledge  # noqa: E402
from summaries.reading import read  # noqa: E402
from tests.summaries import scoring  # noqa: E402

from . import writing  # noqa: E402

ENTRIES = 10_000


def total(documents, knowledge):
    """The scores of several documents together: pairs of a document that was read and what it says."""
    together = {column: scoring.Score() for column in scoring.SCORED}
    for _name, document, expected in documents:
        for column, score in scoring.scores(document, expected, knowledge).items():
            together[column].add(score)
    return together


def show(heading, documents, knowledge, misses):
    scores = total(documents, knowledge)
    entries = sum(len(expected["entries"]) for _name, _document, expected in documents)
    found = sum(len(document.entries) for _name, document, _expected in documents)
    print(f"\n{heading}: {found} entries read of {entries}")
    print(f"  {'column':17} {'stated':>6} {'right':>6} {'recall':>7} {'precision':>9} {'filled though blank':>20}")
    for column, score in scores.items():
        if score.stated or score.invented:
            line = f"  {column:17} {score.stated:6} {score.right:6} {score.recall:7.1%} {score.precision:9.1%}"
            print(f"{line} {score.invented:12} of {score.blank}")
    everything = scoring.Score()
    for score in scores.values():
        everything.add(score)
    share = everything.invented / everything.blank
    line = (
        f"  {'all':17} {everything.stated:6} {everything.right:6} {everything.recall:7.1%} {everything.precision:9.1%}"
    )
    print(f"{line} {everything.invented:12} of {everything.blank} ({share:.1%})")
    if misses:
        for name, document, expected in documents:
            for column, score in scoring.scores(document, expected, knowledge).items():
                for number, wanted, read_ in score.misses:
                    print(
                        f"    {name}, entry {number}, {column}: wanted {wanted or 'nothing'}, read {read_ or 'nothing'}"
                    )


def read_all(paths, knowledge):
    return [(path.name, scoring.read_file(path, knowledge), scoring.expected_of(path)) for path in paths]


def long_text(count):
    """A summary of so many entries, made of those of the documents."""
    pieces = []
    for path in scoring.documents(unseen=False):
        if path.suffix == ".txt":
            pieces += [line for line in path.read_text(encoding="utf-8").split("\n") if line.startswith("o ")]
    return "Summary of activities\n\n" + "\n".join(pieces[number % len(pieces)] for number in range(count))


def main():
    misses = "--misses" in sys.argv
    call_command("migrate", verbosity=0)
    call_command("load_record", verbosity=0)
    knowledge = Knowledge.from_record()
    if scoring.SOURCE_TEXT.exists():
        text = scoring.SOURCE_TEXT.read_text(encoding="utf-8")
        bare = knowledge.without_history()
        document = read(text, bare)
        show("The summary of 2002 to 2009", [("source", document, scoring.expected_of_source())], bare, misses)
    show("Documents that the rules were written for", read_all(scoring.documents(False), knowledge), knowledge, misses)
    show("Documents that were once put away", read_all(scoring.documents(True), knowledge), knowledge, misses)
    for count in (ENTRIES // 10, ENTRIES):
        text = long_text(count)
        start = time.process_time()
        found = read(text, knowledge)
        print(
            f"\n{len(found.entries)} entries, {len(text)} characters: {time.process_time() - start:.2f} s of processor"
        )
    writing.main()


if __name__ == "__main__":
    main()
