"""Searching everything public: what is found, what is suggested while somebody types, how browsers are told of it."""

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from .find import PER_PAGE, begun, find
from .forms import SearchForm
from .hits_as_html import html_of, sorts_of
from .loosening import loosened

MOST_SUGGESTED = 8

# What somebody can type, by an example of each.
EXAMPLES = (
    ("targeting workshop", "Both words, wherever they stand, in any order and form"),
    ('"document fraud"', "The words next to each other, in this order"),
    ("legislation -workshop", "The first word, but nothing that has the second"),
    ("traffick*", "Words that begin so, by two letters at least: trafficking, traffickers"),
    ("return OR repatriation", "One of the two; OR in capital letters"),
    ("ROK", "What the Republic of Korea had a part in: every known name of a country, an agency or a body does"),
    ("Seoul 2004", "A place and a year"),
    ("E19", "An activity by its reference"),
)


@require_safe
def search(request):
    """What is found, a page at a time; 400 for what cannot be understood."""
    form = SearchForm(request.GET)
    context = {"form": form, "section": "search"}
    if not form.is_valid():
        return render(request, "search/search.html", context | {"text": form.data.get("q", "")}, status=400)
    text, type = form.cleaned_data["q"], form.cleaned_data["type"]
    context |= {"text": text, "type": type}
    if text:
        found = find(text, type or None)
        page = page_of(found, form.cleaned_data["page"])
        context |= {"found": found, "page": page, "hits": html_of(page), "sorts": sorts_of(found, request.GET)}
        if not found.all and found.query:
            context["loosened"] = loosened(found.query)
    return render(request, "search/search.html", context)


class Hits:
    """What is found, as a paginator takes it apart."""

    def __init__(self, found):
        self.found = found

    def __len__(self):
        return min(self.found.total, self.found.pages * PER_PAGE)

    def __getitem__(self, part):
        return self.found.page(part.start // PER_PAGE + 1) if self.found.total else []


def page_of(found, number):
    """A page of what is found. Raises Http404 for one that is out of range."""
    try:
        return Paginator(Hits(found), PER_PAGE).page(number)
    except EmptyPage:
        raise Http404("There is no such page.") from None


@require_safe
def suggestions(request):
    """What is called as a text that somebody is typing, as browsers take it: text, titles, kinds, addresses."""
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    hits = begun(text, MOST_SUGGESTED) if text else []
    addresses = [request.build_absolute_uri(hit.address) for hit in hits]
    titles = [hit.title for hit in hits]
    body = [text, titles, [hit.documents.one for hit in hits], addresses]
    return JsonResponse(body, safe=False, content_type="application/x-suggestions+json")


@require_safe
def manual(request):
    """How to search, with examples that lead to what they find."""
    examples = [{"typed": typed, "finds": finds} for typed, finds in EXAMPLES]
    return render(request, "search/help.html", {"section": "search", "examples": examples})


@require_safe
def description(request):
    """The search as browsers take it among their own (OpenSearch 1.1)."""
    names = {"search": "search:search", "suggestions": "search:suggestions", "description": "search:description"}
    context = {name: request.build_absolute_uri(reverse(view)) for name, view in names.items()}
    context["icon"] = request.build_absolute_uri(static("favicon.ico"))
    return render(request, "search/opensearch.xml", context, content_type="application/opensearchdescription+xml")
