"""Series: a run of events that follow on from each other, such as the targeting workshops."""

from records.addresses import address_of

from .heading import Heading


class Series(Heading):
    """A run of events that follow on from each other, such as the targeting workshops."""

    class Meta(Heading.Meta):
        verbose_name_plural = "series"

    def get_absolute_url(self):
        return address_of("events:series", self.slug)
