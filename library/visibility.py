"""Which participants the public sees because of what the library holds."""

from .models import Collection, Document, Instrument, Uptake


def authors():
    """Keys of those whom documents that everybody may read are by."""
    return keys(Document.objects.published(), "authors")


def countries_of_documents():
    """Keys of the countries that such documents are about."""
    return keys(Document.objects.published(), "country")


def custodians():
    """Keys of those who keep a published collection."""
    return keys(Collection.objects.published(), "custodian")


def developers():
    """Keys of those who developed a published instrument."""
    return keys(Instrument.objects.published(), "developed_by")


def countries_of_uptake():
    """Keys of the countries of which it is recorded what they made of a published instrument."""
    return keys(Uptake.objects.published(), "country")


def keys(records, field):
    return records.order_by().exclude(**{field: None}).values(field)


GROUNDS = (authors, countries_of_documents, custodians, developers, countries_of_uptake)
