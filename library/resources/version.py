"""Rows of the versions of documents, each of which names its file by the sum that it is kept under."""

from django.db.models.functions import Length

from exchange.cells import ChoiceCell, LowerCell, WholeNumberCell
from exchange.columns import Column, DateColumn, ReferenceColumn
from exchange.problems import UnreadableFile
from exchange.publishing import DependentResource
from exchange.resources import by_text, matching

from .. import reading, store
from ..catalogue import Documents
from ..kinds import kind_of
from ..models import DocumentVersion
from .rights import PUBLISHING

# Only its name tells a table from another text.
TEXTS = {DocumentVersion.MediaType.TXT, DocumentVersion.MediaType.CSV}


class VersionResource(DependentResource):
    type = "document_versions"
    model = DocumentVersion
    key = ("document", "number")
    required = ("document", "number", "name", "media_type", "size", "sha256")
    called = "name"
    owners = ("document",)
    publishing = PUBLISHING
    belongs_to = "documents"
    OF_FILE = ("media_type", "size", "sha256")
    OWN = ("added", "added_on", "name", *OF_FILE)

    examples = (
        {
            "document": "PAPER-1", "number": "1", "added": "2004-09-30", "name": "forms.txt",
            "media_type": "text/plain", "size": "22",
            "sha256": "a1546b404885a4e03ca801f18e310de92b15a588f5c63b9025ede5047bd61e1a",
        },
    )  # fmt: skip

    document = ReferenceColumn(Documents, by_code=True, required=True)
    number = Column(cell=WholeNumberCell(), required=True)
    added = DateColumn()
    name = Column(required=True)
    media_type = Column(cell=ChoiceCell(DocumentVersion.MediaType.choices), required=True)
    size = Column(cell=WholeNumberCell(), required=True)
    sha256 = Column(cell=LowerCell(), required=True)

    def records(self):
        return super().records().defer("text")

    def in_order(self, records):
        return records.order_by(Length("document__reference"), by_text("document__reference"), "number")

    def with_keys(self, keys):
        records = self.records().select_related("document").only(*self.fields_read())
        records = matching(records, "document__reference", {key[0] for key in keys})
        found = {(record.document.code, str(record.number)): record for record in records}
        return {key: record for key, record in found.items() if key in keys}

    def fields_read(self):
        """The fields of a record that rows need, its document's reference among them."""
        own = (field.name for field in self.model._meta.concrete_fields if field.name != "text")
        return [*own, "document__reference"]

    # --- Rules --------------------------------------------------------------------------------------------------------

    def check_record(self, line):
        touched = [name for name in self.OF_FILE if name in line.after]
        if touched and not line.is_new and not self.session.exact:
            line.refuse(touched[0], "The file of a version does not change: a new file is a new version.")
        elif touched:
            self.check_file(line)
        super().check_record(line)

    def check_file(self, line):
        """Refuse a row whose file is not kept here, or is of another size."""
        record = line.record
        size = store.size_of(record.sha256) if record.sha256 else None
        if size is None:
            line.refuse("sha256", "No file with this sum is kept here: upload it, or bring it in with its package.")
        elif size != record.size:
            line.refuse("size", f"The file that is kept under this sum has {size:,} bytes.")
        else:
            self.check_kind(line)

    @staticmethod
    def check_kind(line):
        """Refuse a row whose file is not of its media type, or would not be let in."""
        record = line.record
        try:
            with store.as_path(record.sha256) as path:
                kind = kind_of(path)
        except UnreadableFile as error:
            line.refuse("sha256", str(error))
            return
        if kind != record.media_type and not {kind, record.media_type} <= TEXTS:
            line.refuse("media_type", f"The file that is kept is another one: {kind.label}.")

    # --- Saving -------------------------------------------------------------------------------------------------------

    def save(self, lines):
        """Versions keep their places, so that those that are there need not make room."""
        new = [line.record for line in lines if line.is_new]
        self.model._base_manager.bulk_create(new, batch_size=500)
        self.written.update(line.record.pk for line in lines)
        reading.ask_for(new)
        self.assign(self.pointing)
        self.update([line for line in lines if not line.is_new])

    def update(self, lines):
        records = [line.record for line in lines if line.values]
        self.model._base_manager.bulk_update(records, self.OWN, batch_size=500)
