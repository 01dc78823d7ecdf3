"""Proposals: what is to be done to the record, waiting in the site's own folder between its plan and its confirmation.

A proposal is the rows themselves, so that what was shown is what is done: an uploaded file, or parts. It waits a day
for the one who made it.
"""

import json
import re
import time
import uuid
from collections import deque
from contextlib import suppress
from dataclasses import asdict, dataclass, field

from django.conf import settings

from records.models import Batch

from . import registry
from .files import table_of, tables_of
from .parts import Part
from .problems import UnreadableFile
from .sources import LONGEST, source_of

KEPT_SECONDS = 24 * 60 * 60
GONE = "This waits no longer: it has been done, or a day has passed. Please begin again."
NAME = re.compile(r"[0-9a-f]{32}")


class NoProposal(Exception):
    """There is no such proposal, or it is another's. The message says what to do."""

    def __init__(self):
        super().__init__(GONE)


@dataclass
class Proposal:
    """What somebody is about to do to the record.

    owner     the primary key of the user who made it, and alone may see and confirm it
    type      the record type on whose pages it was made
    title     what it is, in words: "Publish 3 events"
    origin    the origin of its batch
    reason    why, as far as that was said
    back      the address to go to afterwards
    notes     what else is to be known of it, in words
    parts     what it does, as `Part.as_json` keeps it; none where it does what its file says
    decisions what was decided of the rows of each type: {type: {row number: answer}} (exchange.decisions)
    upload    what the file was called that was uploaded, if any
    sheets    the types that its maker may bring in, where the file is a workbook with a sheet for each of several
    sha256    the sum of that file
    undoes    the primary key of the batch that it takes back, if any
    kept_back the records of that batch that stay as they are, as `KeptBack.as_json` keeps them (exchange.undoing)
    """

    owner: int
    type: str
    title: str
    origin: str
    back: str
    reason: str = ""
    notes: list = field(default_factory=list)
    parts: list = field(default_factory=list)
    decisions: dict = field(default_factory=dict)
    upload: str = ""
    sheets: list = field(default_factory=list)
    sha256: str = ""
    undoes: int | None = None
    kept_back: list = field(default_factory=list)
    name: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def path(self):
        return folder() / f"{self.name}.json"

    @property
    def file(self):
        return folder() / f"{self.name}.upload"

    @property
    def preview(self):
        return folder() / f"{self.name}.preview"

    @property
    def types(self):
        """The types of which it may hold rows, or names of records."""
        return {self.type, *self.sheets, *(each["type"] for each in (*self.parts, *self.kept_back))}

    @property
    def is_file(self):
        return not self.parts and self.undoes is None

    def read_parts(self):
        """The parts to be planned. Raises UnreadableFile for a file that cannot be read."""
        parts = [Part(type, table) for type, table in self.tables().items()] if self.is_file else []
        parts += [Part(**kept) for kept in self.parts]
        for part in parts:
            part.decisions = part.decisions | self.decisions.get(part.type, {})
        return parts

    def tables(self):
        """The tables of the file: {type: table}. Raises UnreadableFile, also for a sheet that may not be brought in."""
        if not self.sheets:
            return {self.type: table_of(self.file, registry.resource_of(self.type))}
        tables = tables_of(self.file, [registry.resource_of(type) for type in registry.types()])
        refused = [registry.resource_of(type).title() for type in tables if type not in self.sheets]
        if refused:
            raise UnreadableFile(
                f"You have no right to import {', '.join(refused)}, of which the workbook has a sheet."
            )
        return tables

    def decide(self, type, answers):
        """Keep what was decided of rows of a type, {row number: answer}; a blank answer takes a decision back."""
        decided = self.decisions.get(type, {}) | {str(number): answer for number, answer in answers.items()}
        self.decisions[type] = {number: answer for number, answer in decided.items() if answer}
        self.save()

    def save(self):
        self.path.write_text(json.dumps(asdict(self)))

    def check(self):
        """Read the whole file. Where it cannot be read, the proposal is forgotten and UnreadableFile is raised."""
        try:
            for part in self.read_parts():
                deque(part.table.rows(), maxlen=0)
        except UnreadableFile:
            self.forget()
            raise

    def as_batch(self, by, reason):
        """The batch, not yet saved, in which somebody does it."""
        source = {"file": self.upload[:LONGEST], "sha256": self.sha256}
        return Batch(by=by, origin=self.origin, reason=reason, undoes_id=self.undoes, **source)

    def forget(self):
        self.path.unlink(missing_ok=True)
        self.file.unlink(missing_ok=True)
        self.preview.unlink(missing_ok=True)


def keep(proposal, file=None):
    """Let a proposal wait, with its uploaded file where it has one; return it."""
    sweep()
    if file:
        with proposal.file.open("wb") as kept:
            for block in file.chunks():
                kept.write(block)
        proposal.sha256 = source_of(proposal.file)["sha256"]
    proposal.save()
    return proposal


def find(name, type, user):
    """The proposal of a name that a user made on the pages of a type. Raises NoProposal where none waits."""
    path = folder() / f"{name}.json"
    if not NAME.fullmatch(name):
        raise NoProposal
    try:
        if is_old(path):
            raise NoProposal
        proposal = Proposal(**json.loads(path.read_text()))
    except FileNotFoundError:
        raise NoProposal from None
    if (proposal.type, proposal.owner) != (type, user.pk):
        raise NoProposal
    return proposal


def waiting_with(type):
    """All proposals that may hold rows of a type, whoever made them."""
    for path in folder().glob("*.json"):
        with suppress(FileNotFoundError):  # another may do it at the same time
            proposal = Proposal(**json.loads(path.read_text()))
            if type in proposal.types:
                yield proposal


def sweep():
    """Delete what has waited for a day."""
    for path in folder().iterdir():
        with suppress(FileNotFoundError):  # another may sweep at the same time
            if is_old(path):
                path.unlink()


def is_old(path):
    return path.stat().st_mtime < time.time() - KEPT_SECONDS


def folder():
    """The folder of proposals, made when first needed, for its owner alone."""
    folder = settings.VAR_DIRECTORY / "proposals"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
