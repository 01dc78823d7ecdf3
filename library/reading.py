"""Reading: the words of files are taken out, for the search, in a process of their own within limits."""

import os
import subprocess
import sys
from functools import partial
from tempfile import TemporaryFile

from django.conf import settings
from django.db import transaction

from records.fields import UNSTORABLE
from records.folding import tidy
from records.models import Counter
from search.keeping import renew
from search.registry import documents_of

from . import store
from .models import DocumentVersion

Reading = DocumentVersion.Reading
LONGEST = 1_000_000  # characters of a file that are searched
SECONDS = 40  # on the clock; on a machine that is busy, more than what it may take of the processor
AT_ONCE = 20  # that are read while one waits; for more there is `manage.py read_documents`
PROGRAM = ("-m", "library.words")


def ask_for(versions):
    """Have the files of saved versions read once what is under way is written: by a worker, or at once where few."""
    keys = [version.pk for version in versions]
    if settings.TASK_WORKER or len(keys) <= AT_ONCE:
        for pk in keys:
            transaction.on_commit(partial(enqueue, pk))


def enqueue(pk):
    from .tasks import read_version

    read_version.enqueue(pk)


def read(version):
    """Take the words out of a version's file, for the search to find. The same file is read once."""
    same = DocumentVersion.objects.filter(sha256=version.sha256).exclude(reading=Reading.WAITING)
    known = same.filter(media_type=version.media_type).values_list("reading", "text").first()
    reading, text = known or words_of(version)
    with transaction.atomic():
        Counter.lock()
        DocumentVersion.objects.filter(pk=version.pk).update(reading=reading, text=text)
        renew(documents_of("documents"), [version.document_id])


def words_of(version):
    """How reading a version's file went, and its words."""
    try:
        with store.as_path(version.sha256) as path:
            whole, text = run(str(path), version.media_type)
    except FileNotFoundError:
        return Reading.UNREADABLE, ""
    if text:
        return Reading.READ, text
    return (Reading.NOTHING if whole else Reading.UNREADABLE), ""


def run(path, media_type):
    """Whether a file was read to its end, and the words that were found as far as it went."""
    with TemporaryFile() as words:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, *PROGRAM, path, media_type],
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.DEVNULL,
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ.get("PATH", os.defpath)},  # what the site is told is no business of the file's
            start_new_session=True,
        )
        try:
            code = process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            process.kill()
            process.wait()
        words.seek(0)
        text = words.read(4 * LONGEST).decode("utf-8", "ignore")
    return code == 0, tidy(UNSTORABLE.sub(" ", text))[:LONGEST]
