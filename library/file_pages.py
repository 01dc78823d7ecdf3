"""The files of documents, given to those who may read them: whole or in ranges, so that they do no harm on the way."""

import codecs
import re

from django.conf import settings
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from exchange.encodings import unmarked

from . import store
from .models import Document, DocumentVersion
from .readers import reader_of

Type = DocumentVersion.MediaType
# What browsers show by themselves; all else is taken away.
SHOWN = (Type.PDF, Type.PNG, Type.JPEG, Type.TXT)
# Whatever stands in a file, it runs nothing, fetches nothing and is shown within nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
RANGE = re.compile(r"\s*bytes\s*=\s*(?:(?P<first>\d{1,18})-(?P<last>\d{1,18})?|-(?P<length>\d{1,18}))\s*", re.ASCII)
BLOCK = 1 << 16
GONE = "The file is not kept here any more."


@require_safe
def file(request, reference, number):
    """One version of a document, for whoever may read it; to all others it is not there."""
    visible = Document.objects.visible_to(reader_of(request)).filter(reference=reference)
    versions = DocumentVersion.objects.select_related("document").defer("text", "document__text")
    return respond(request, get_object_or_404(versions, document__in=visible, number=number))


def respond(request, version):
    """The file of a version, or what a browser needs of it. Raises Http404 where it is not kept."""
    size = store.size_of(version.sha256)
    if size is None:
        raise Http404(GONE)
    etag = f'"{version.sha256}"'
    response = get_conditional_response(request, etag=etag) or content(request, version, size, etag)
    for name, value in headers(version, etag).items():
        response.headers[name] = value
    patch_vary_headers(response, ["Cookie"])
    return response


def headers(version, etag):
    """What every answer says, that nothing has changed included."""
    return {
        "ETag": etag,
        "Cache-Control": "public, no-cache" if version.is_public else "private, no-cache",
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Accept-Ranges": "bytes",
    } | ({} if version.is_public else {"X-Robots-Tag": "noindex"})


def content(request, version, size, etag):
    """The whole file or, where one range is asked for, that; 416 where nothing of the file is in it."""
    part = part_of(request, size, etag)
    if part and part[0] >= part[1]:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = body(request, version, *(part or (0, size)))
    response.headers["Content-Type"] = content_type(version)
    taken_away = version.media_type not in SHOWN
    response.headers["Content-Disposition"] = content_disposition_header(taken_away, version.name)
    if part and not settings.DOCUMENT_X_ACCEL:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {part[0]}-{part[1] - 1}/{size}"
    return response


def part_of(request, size, etag):
    """The range of bytes that is asked for, from the first to before the last; None for the whole file."""
    match = RANGE.fullmatch(request.headers.get("Range", "")) if request.method == "GET" else None
    if match is None or request.headers.get("If-Range", etag) != etag:
        return None
    if match["length"]:
        length = int(match["length"])
        return (max(0, size - length), size) if length else (size, size)
    first, last = int(match["first"]), int(match["last"] or size - 1)
    if match["last"] and last < first:
        return None
    return min(first, size), min(last + 1, size)


def body(request, version, start, end):
    """The answer with some bytes of a file; with the file's place alone, where a proxy hands files out."""
    if settings.DOCUMENT_X_ACCEL:
        return HttpResponse(headers={"X-Accel-Redirect": settings.DOCUMENT_X_ACCEL + store.path_of(version.sha256)})
    length = {"Content-Length": str(end - start)}
    if request.method == "HEAD":
        return HttpResponse(headers=length)
    return StreamingHttpResponse(pieces(version.sha256, start, end - start), headers=length)


def pieces(sum, start, length):
    """Some bytes of a file, piece by piece."""
    with store.opened(sum) as file:
        file.seek(start)
        while length and (piece := file.read(min(length, BLOCK))):
            length -= len(piece)
            yield piece


def content_type(version):
    """The media type of a file; that of a text says how it is encoded, as far as its beginning tells."""
    if not version.media_type.startswith("text/"):
        return version.media_type
    with store.opened(version.sha256) as file:
        start = file.read(BLOCK)
    return f"{version.media_type}; charset={charset_of(start)}"


def charset_of(start):
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if encoding := unmarked(start):
        return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start, final=len(start) < BLOCK)
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"
