"""What rows of the library have in common: what is published, those alone may change who may publish."""

from exchange import publishing

RIGHT = "library.publish_document"


class PublishableResource(publishing.PublishableResource):
    """Rows of what has a publication of its own."""

    publishing = RIGHT


class BelongingResource(publishing.DependentResource):
    """Rows of what is as public as the records that it belongs to."""

    publishing = RIGHT
    belongs_to = "records of the library"
