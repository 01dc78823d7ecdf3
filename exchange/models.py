"""What is kept of files beside what they did: the names that nothing knew."""

from django.db import models, transaction
from django.db.models import Case, F, When
from django.utils import timezone

from records.fields import FoldedField, LineField
from records.folding import fold

LONGEST = 200
# A file of something else altogether is full of names that nobody will ever lead anywhere.
MOST_OF_A_FILE = 200


def folded_name(text):
    """A text folded, where it can be kept as a name; otherwise blank. Some ligatures stand for a whole phrase."""
    folded = fold(text) if len(text) <= LONGEST else ""
    return folded if len(folded) <= 2 * LONGEST else ""


class UnknownNameManager(models.Manager):
    def remember(self, problems, type, file):
        """Keep the names among the problems of a file's plan that nothing knew, for somebody to lead them to an owner.

        Two queries for any number of them; those that were kept before are counted once more, by another file.
        """
        unknown = {}
        for problem in problems:
            folded = folded_name(problem.value) if problem.sought else ""
            if folded and len(unknown) < MOST_OF_A_FILE:
                unknown.setdefault(folded, problem)
        if not unknown:
            return
        seen = {"type": type, "file": file[:LONGEST], "last_seen": timezone.now()}
        times = Case(When(file=seen["file"], then=F("times")), default=F("times") + 1)
        with transaction.atomic():
            self.bulk_create(
                [
                    self.model(text=problem.value, sought=problem.sought, column=problem.column, **seen)
                    for problem in unknown.values()
                ],
                ignore_conflicts=True,
            )
            self.filter(folded__in=unknown).update(times=times, **seen)


class UnknownName(models.Model):
    """A name in a file that led to nobody. It is kept until it is known, or put aside; it is no fact of the record."""

    text = LineField(max_length=LONGEST, help_text="The name as the file has it.")
    folded = FoldedField(source="text", max_length=2 * LONGEST, unique=True)
    sought = models.CharField(max_length=40, help_text="What it was taken for, such as a country or agency.")
    type = models.CharField(max_length=40, help_text="The type of the file’s rows.")
    column = models.CharField(max_length=40, help_text="The column that it stood in.")
    file = models.CharField(max_length=LONGEST, help_text="What the last file with it was called.")
    times = models.PositiveIntegerField(default=1, help_text="How many files had it.")
    last_seen = models.DateTimeField()

    objects = UnknownNameManager()

    class Meta:
        ordering = ["-last_seen", "text"]
        default_permissions = ()

    def __str__(self):
        return self.text
