"""What is nearest to an address at which there is nothing: pages of nearly that name, and what the record calls so.

It rests on the address and on what is public alone, so that it tells nothing of what is not.
"""

from django.urls import reverse
from rapidfuzz import fuzz, process

from search.find import find
from search.models import Indexed
from search.queries import Query
from search.spelling import coded_like, meant

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
    """What has nearly a part of the path as its code or, with hyphens for spaces, its name. Seven queries at most."""
    part = part.rsplit(".", 1)[0]
    text = part.replace("-", " ").replace("_", " ")
    called, coded = find(meant(Query(text)) or text).keys(MOST), coded_like(part)
    found = Indexed.objects.only("code", "address", "title").in_bulk([*called, *coded])
    likest = likest_first(part, [found[key] for key in coded if key in found])
    nearest = [*likest, *(found[key] for key in called if key in found)]
    return list({each.address: (each.address, each.title) for each in nearest}.values())[:MOST]


def likest_first(part, coded):
    """Those whose codes are like a part of the path, the likest first: of E19x, E19 rather than E190."""
    likeness = {each: fuzz.ratio(each.code.lower(), part.lower()) for each in coded}
    likest = sorted(coded, key=lambda each: (-likeness[each], each.code))
    return [each for each in likest if likeness[each] >= LEAST_LIKENESS_OF_CODES]
