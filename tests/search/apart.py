"""A process that writes the record, and says whether what it answers agrees with the tables.

Run as a program, `python -m tests.search.apart`: it reads commands, one a line, and answers each with a line of JSON.
What it keeps in memory it keeps from one command to the next, as a worker of the site does.
"""

import faulthandler
import json
import sys
import traceback

import django
from django.test.utils import setup_test_environment

PATIENCE = 120  # seconds for one command
REMEMBERED = 12  # so few that some steps miss more
COMMON = 1  # whatever is found is held, once it is asked for again


def main():
    django.setup()
    setup_test_environment()

    from search import postings, versions

    from . import writes
    from .agreement import disagreements

    versions.REMEMBERED = REMEMBERED
    postings.COMMON = COMMON
    kept = {}

    def look():
        return disagreements(kept)

    for line in sys.stdin:
        faulthandler.dump_traceback_later(PATIENCE, exit=True)
        name, *arguments = json.loads(line)
        try:
            answer = (look if name == "look" else getattr(writes, name))(*arguments)
        except Exception:
            answer = [traceback.format_exc()]
        print(json.dumps(answer or [], default=str), flush=True)  # noqa: T201
        faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    main()
