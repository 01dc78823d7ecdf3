"""Downloads: files of the record, and files to be filled in, as answers of the record office."""

import io
from pathlib import Path

from django.http import FileResponse, StreamingHttpResponse

from . import registry
from .files import FORMATS, begun
from .files.mended import copy_to_mend
from .files.templates import write_template


def records(resource, records, format):
    """The answer that is a file of a query set's records. Raises Unwritable where the format cannot hold them."""
    media_type, pieces = FORMATS[format]
    headers = {"Content-Disposition": f'attachment; filename="{resource.type}.{format}"'}
    return StreamingHttpResponse(begun(pieces(resource, records)), content_type=media_type, headers=headers)


def template(types):
    """The answer that is a workbook to be filled in with records of types."""
    file = io.BytesIO()
    write_template(file, [registry.resource_of(type)() for type in types])
    file.seek(0)
    name = types[0] if len(types) == 1 else "record"
    media_type = FORMATS["xlsx"].media_type
    return FileResponse(file, as_attachment=True, filename=f"{name}-template.xlsx", content_type=media_type)


def to_mend(proposal, user):
    """The answer that is the copy of an uploaded file in which each row says what is wrong with it.

    Raises UnreadableFile, and Unwritable where a cell is too long for the format.
    """
    format, file = copy_to_mend(proposal.read_parts(), by=user)
    name = f"{Path(proposal.upload).stem}-to-mend.{format}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=FORMATS[format].media_type)
