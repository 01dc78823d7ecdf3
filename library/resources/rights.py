"""Which permission it takes to publish what the library holds."""

PUBLISHING = "library.publish_document"
