"""Series: a run of events that follow on from each other, such as the targeting workshops."""

from django.urls import reverse

from .heading import Heading


class Series(Heading):
    """A run of events that follow on from each other, such as the targeting workshops."""

    class Meta(Heading.Meta):
        verbose_name_plural = "series"

    def get_absolute_url(self):
        return reverse("events:series", args=[self.slug])
