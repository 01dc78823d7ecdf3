"""Which participants the public sees because of what the library holds."""

from .models import Collection, Document


def of_documents():
    """Keys of those who wrote a public document, and of the countries that one is about."""
    public = Document.objects.published().order_by()
    authors = Document.authors.through.objects.filter(document__in=public).values("participant")
    return authors.union(public.exclude(country=None).values("country"), all=True)


def of_collections():
    """Keys of those who keep a published collection."""
    return Collection.objects.published().order_by().exclude(custodian=None).values("custodian")
