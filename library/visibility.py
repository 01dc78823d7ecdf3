"""Which participants the public sees because of what the library holds."""

from .models import ActionItem, Collection, Document, Instrument, Uptake


def of_documents():
    """Keys of those who wrote a public document, and of the countries that one is about."""
    public = Document.objects.published().order_by()
    authors = Document.authors.through.objects.filter(document__in=public).values("participant")
    return authors.union(public.exclude(country=None).values("country"), all=True)


def of_collections():
    """Keys of those who keep a published collection."""
    return Collection.objects.published().order_by().exclude(custodian=None).values("custodian")


def of_instruments():
    """Keys of those who developed a published instrument, took one up, or lead in one."""
    published = Instrument.objects.published().order_by()
    developed = Instrument.developed_by.through.objects.filter(instrument__in=published).values("participant")
    took_up = Uptake.objects.published().order_by().values("country")
    items = ActionItem.objects.published().order_by()
    lead = ActionItem.leads.through.objects.filter(actionitem__in=items).values("participant")
    return developed.union(took_up, lead, all=True)
