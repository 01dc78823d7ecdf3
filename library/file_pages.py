"""The files of documents, given to those who may read them."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from . import store
from .models import Document, DocumentVersion


@require_safe
def file(request, reference, number):
    """One version of a document, for whoever may read it."""
    visible = Document.objects.visible_to(request.user).filter(reference=reference)
    version = get_object_or_404(DocumentVersion.objects.defer("text"), document__in=visible, number=number)
    try:
        content = store.opened(version.sha256)
    except FileNotFoundError:
        raise Http404("The file is not kept here any more.") from None
    return FileResponse(content, as_attachment=True, filename=version.name, content_type=version.media_type)
