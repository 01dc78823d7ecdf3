"""What is nearest to an address at which there is nothing: pages of nearly that name, and what the record calls so.

It rests on the address and on what is public alone, so that it tells nothing of what is not.
"""

from django.urls import reverse
from rapidfuzz import fuzz, process

from search.find import Found, find
from search.queries import Query
from search.spelling import codes_like, meant

from .sitemaps import PAGES

MOST = 5
LONGEST = 120
LEAST_LIKENESS, LEAST_LIKENESS_OF_CODES = 75, 60
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
    """What has nearly a part of the path as its code, or is called so, with hyphens for spaces, or nearly so."""
    part = part.rsplit(".", 1)[0]
    text = part.replace("-", " ").replace("_", " ")
    hits = [*coded_like(part), *(find(text).page() or find(meant(Query(text))).page())]
    return list({hit.address: (hit.address, hit.title) for hit in hits}.values())[:MOST]


def coded_like(part):
    """What has nearly a part of the path as its code, the likest first: E19 for E19x."""
    likeness = {hit: fuzz.ratio(hit.code.lower(), part.lower()) for hit in Found(codes_like(part)).page()}
    likest = sorted(likeness, key=lambda hit: (-likeness[hit], hit.code))
    return [hit for hit in likest if likeness[hit] >= LEAST_LIKENESS_OF_CODES]
