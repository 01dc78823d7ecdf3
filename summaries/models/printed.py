"""What is printed of an edition, and does not change once the edition has been issued."""

from django.core.exceptions import ValidationError
from django.db import models

ISSUED = "This edition has been issued: what is printed of it no longer changes."


class Printed(models.Model):
    """A record of which something is printed.

    PRINTED   the names of the fields that are printed
    """

    PRINTED = frozenset()

    class Meta:
        abstract = True

    @classmethod
    def check_issued(cls, issued, changed):
        """Raise a ValidationError where printed fields of an issued edition are among the changed ones.

        issued   when the edition was issued, as the record has it
        changed  the names of the fields that change
        """
        if issued and (printed := cls.PRINTED.intersection(changed)):
            raise ValidationError(dict.fromkeys(sorted(printed), ISSUED), code="issued")

    def changed_fields(self):
        """The names of printed fields that differ from what is saved; all of a new record. One query."""
        saved = type(self)._base_manager.filter(pk=self.pk).values(*self.PRINTED).first() if self.pk else None
        if saved is None:
            return self.PRINTED
        return {name for name in self.PRINTED if getattr(self, self._meta.get_field(name).attname) != saved[name]}
