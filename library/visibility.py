"""Which participants the public sees because of what the library holds."""

from django.db.models import Q

from .models import ActionItem, Collection, Document, Instrument, Uptake


def of_documents():
    """That somebody wrote a public document, or is the country that one is about."""
    public = Document.objects.published().order_by()
    authors = Document.authors.through.objects.filter(document__in=public).values("participant")
    return Q(pk__in=authors.union(public.exclude(country=None).values("country"), all=True))


def of_collections():
    """That somebody keeps a published collection."""
    return Q(pk__in=Collection.objects.published().order_by().exclude(custodian=None).values("custodian"))


def of_instruments():
    """That somebody developed a published instrument, took one up, or leads in one."""
    published = Instrument.objects.published().order_by()
    developed = Instrument.developed_by.through.objects.filter(instrument__in=published).values("participant")
    took_up = Uptake.objects.published().order_by().values("country")
    items = ActionItem.objects.published().order_by()
    lead = ActionItem.leads.through.objects.filter(actionitem__in=items).values("participant")
    return Q(pk__in=developed.union(took_up, lead, all=True))
