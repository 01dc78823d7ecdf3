"""What is nearest to an address at which there is nothing: pages of nearly that name, and what the record calls so.

It rests on the address and on what is public alone, so that it tells nothing of what is not.
"""

from django.urls import reverse
from rapidfuzz import fuzz, process

from search.find import find
from search.models import Indexed
from search.queries import Query
from search.spelling import meant

from .sitemaps import PAGES

MOST = 5
LONGEST = 120
LEAST_LIKENESS = 75
# Below these there is nothing that the public looks for.
NOT_LOOKED_FOR = ("admin", "static", "data", "healthz")


def nearest_to(path):
    """Pairs of an address and what it is called, for a path at which there is nothing."""
    parts = [part for part in path[:LONGEST].split("/") if part]
    if not parts or parts[0] in NOT_LOOKED_FOR:
        return []
    return [*pages_like(parts[0]), *records_like(parts[-1])][:MOST]


def pages_like(part):
    """The page whose address begins nearly so, unless it begins just so."""
    addresses = {reverse(name).strip("/"): name for name in PAGES if name != "home"}
    found = process.extractOne(part.lower(), list(addresses), scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
    return [(f"/{found[0]}/", found[0].replace("/", ", ").capitalize())] if found and found[0] != part else []


def records_like(part):
    """What the record calls as a part of the path, with hyphens for spaces, or nearly so. At most six queries."""
    text = part.rsplit(".", 1)[0].replace("-", " ").replace("_", " ")
    keys = find(meant(Query(text)) or text).keys(MOST)
    found = Indexed.objects.only("address", "title").in_bulk(keys)
    return [(found[key].address, found[key].title) for key in keys if key in found]
