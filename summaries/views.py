"""Pages of editions of the Summary of Activities. Each starts from what is published."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from . import linked_data
from .models import Edition
from .printed import of_edition
from .writing import FORMATS

# The page itself is the web page.
FILES = {name: format for name, format in FORMATS.items() if name != "html"}


@require_safe
def editions(request):
    """The editions that are public, newest first."""
    found = Edition.objects.published().with_entries().newest_first()
    return render(request, "summaries/editions.html", {"section": "summary", "editions": found})


@require_safe
def edition(request, reference):
    """An edition as it is printed, each entry leading to its activity where the public sees that."""
    edition = get_object_or_404(Edition.objects.published(), reference=reference)
    printed = of_edition(edition)
    context = {
        "section": "summary",
        "edition": edition,
        "printed": printed,
        "files": FILES,
        "entries": sum(len(section.entries) for section in printed.sections),
        "linked_data": linked_data.edition(edition, FILES, request.build_absolute_uri),
    }
    return render(request, "summaries/edition.html", context)


@require_safe
def edition_file(request, reference, format):
    """An edition as a file."""
    edition = get_object_or_404(Edition.objects.published(), reference=reference)
    return file_of(edition, format, FILES)


def file_of(edition, format, files=FORMATS):
    """An edition in one of the formats, to be kept. Raises Http404 for any other."""
    if format not in files:
        raise Http404(f"Editions are not written as {format}.")
    response = HttpResponse(files[format].write(of_edition(edition)), content_type=files[format].media_type)
    response["Content-Disposition"] = f'attachment; filename="{edition.reference}.{format}"'
    return response
