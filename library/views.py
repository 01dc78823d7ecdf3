"""Pages of documents and collections."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from .models import Collection, Document


@require_safe
def documents(request):
    """What the library holds, for whoever asks."""
    found = Document.objects.visible_to(request.user).latest_first()
    return render(request, "library/listed.html", {"title": "Library", "records": found})


@require_safe
def document(request, reference):
    """One document with its versions."""
    found = get_object_or_404(Document.objects.visible_to(request.user), reference=reference)
    return render(request, "library/listed.html", {"title": found.title, "records": []})


@require_safe
def collections(request):
    """The collections."""
    return render(request, "library/listed.html", {"title": "Collections", "records": Collection.objects.published()})


@require_safe
def collection(request, slug):
    """One collection with its documents."""
    found = get_object_or_404(Collection.objects.published(), slug=slug)
    context = {"title": found.name, "records": found.documents.visible_to(request.user)}
    return render(request, "library/listed.html", context)
