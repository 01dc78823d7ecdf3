"""Theme: a subject that events deal with, such as document fraud."""

from records.addresses import address_of

from .heading import Heading


class Theme(Heading):
    """A subject that events deal with, such as document fraud."""

    class Meta(Heading.Meta):
        verbose_name_plural = "themes"

    def get_absolute_url(self):
        return address_of("events:theme", self.slug)
