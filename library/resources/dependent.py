"""What rows of the library have in common that are as public as the records that they belong to."""

from exchange.publishing import DependentResource


class LibraryResource(DependentResource):
    publishing = "library.publish_document"
    belongs_to = "records of the library"
