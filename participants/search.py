"""What the search index holds of countries, agencies and bodies."""

from functools import lru_cache

from django.urls import reverse

from search.documents import Document, Documents, Rests, Shown, among
from search.words import all_spelled, as_one, pieces_of

from .models import Agency, Body, Country, Membership, Name, Participant

# The columns in which somebody's names stand.
NAMES = frozenset({"name", "acronym", "short_name", "alpha3", "names"})


def names_of(owners, relation="participant"):
    """What participants (or, by `relation`, bodies) answer to: {primary key: [name]}, the preferred one first.

    Codes of two letters are left out: in prose they are words. One query.
    """
    found = {}
    names = Name.objects.filter(among(relation, owners)).order_by("pk")
    for owner, text, kind in names.values_list(relation, "text", "kind"):
        of_owner = found.setdefault(owner, [])
        if kind == Name.Kind.PREFERRED:
            of_owner.insert(0, text)
        elif kind != Name.Kind.CODE or (len(text) > 2 and text.isupper()):
            of_owner.append(text)
    return found


@lru_cache(maxsize=2_000)
def telling(*names):
    """Names, as one text, without those that have no word that those before lack."""
    told, kept = set(), []
    for name in names:
        words = {stem for each in all_spelled(name) for stem in (*each.stems, each.whole)} | {as_one(pieces_of(name))}
        if not words <= told:
            told |= words
            kept.append(name)
    return "\n".join(kept)


class ParticipantDocuments(Documents):
    """Whom the public sees, by all names; `addressed` is the name of the page."""

    addressed = ""

    def visible(self):
        return self.model.objects.visible()

    def documents(self, records):
        records = list(records.order_by("pk").select_related("country"))
        names = names_of({key for each in records for key in (each.pk, each.country_id) if key})
        for each in records:
            known = names.get(each.pk, [])
            yield Document(
                record=each.pk,
                code=each.code,
                address=reverse(f"participants:{self.addressed}", args=[each.code]),
                title=each.name,
                names="\n".join(name for name in known if name != each.name),
                named=names.get(each.country_id, ()),
            )


class CountryDocuments(ParticipantDocuments):
    type = "countries"
    label = "Countries"
    one = "Country"
    model = Country
    number = 60
    addressed = "country"


class AgencyDocuments(ParticipantDocuments):
    type = "agencies"
    label = "Agencies"
    one = "Agency"
    model = Agency
    number = 55
    addressed = "agency"


def agencies_of(countries):
    """The keys of the agencies of countries, which are found by the names of these."""
    return Agency.objects.filter(country__in=countries).order_by().values_list("pk", flat=True)


# Memberships make participants visible, and so does what belongs to whom.
SHOWING = (Shown(Membership), Shown(Participant, frozenset({"country"})))
CountryDocuments.rests = SHOWING
AgencyDocuments.rests = (Rests(Participant, agencies_of, NAMES), *SHOWING)


class BodyDocuments(Documents):
    type = "bodies"
    label = "Bodies"
    one = "Body"
    model = Body
    number = 50

    def visible(self):
        return Body.objects.all()

    def documents(self, records):
        records = list(records.order_by("pk"))
        names = names_of([each.pk for each in records], "body")
        for each in records:
            yield Document(
                record=each.pk,
                code=each.slug,
                address=each.get_absolute_url(),
                title=each.name,
                names="\n".join(name for name in names.get(each.pk, []) if name != each.name),
                text=each.remit,
            )
