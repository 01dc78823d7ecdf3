"""The index: what the public sees of each record, and which of it was made anew when."""

from django.db import models

# A key holds the number of its type, the rank within it, and the record's primary key.
RANK_BITS, RECORD_BITS = 18, 38
HIGHEST_RANK, HIGHEST_RECORD = (1 << RANK_BITS) - 1, (1 << RECORD_BITS) - 1


def key_of(number, rank, record):
    """The key under which a record is kept: the higher it is, the nearer the top it stands among what is found."""
    return ((number << RANK_BITS | rank) << RECORD_BITS) | record


class Indexed(models.Model):
    """What the index holds of one record that the public sees. What the public does not see is not in it.

    type     the name of the record type
    record   the record's primary key
    code     what its address is made of: a reference, a slug, an alpha-2
    address  the path of its page
    when     its partial date, as EDTF; blank where it has none
    line     what a list shows of it, as HTML that is ready to print
    title    what it is called
    names    what else it answers to, a name a line
    named    whom and what it names, under all their names, a name a line
    text     what it says
    more     what its files say
    words    what it is found by (search/lexemes.py)

    The database itself keeps what it searches in step with `words`: the table `search_words`, by triggers (the second
    and third migration). On SQLite a migration that makes this table anew must make its triggers anew.
    """

    key = models.BigIntegerField(primary_key=True)
    type = models.CharField(max_length=40)
    record = models.BigIntegerField()
    code = models.CharField(max_length=60)
    address = models.CharField(max_length=200)
    when = models.CharField(max_length=60, blank=True)
    line = models.TextField(blank=True)
    title = models.TextField()
    names = models.TextField(blank=True)
    named = models.TextField(blank=True)
    text = models.TextField(blank=True)
    more = models.TextField(blank=True)
    words = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["type", "record"], name="indexed_record")]

    def __str__(self):
        return f"{self.type} {self.code}"


class Touched(models.Model):
    """That something was made anew in the index, or left it, in a version of the record."""

    version = models.BigIntegerField(db_index=True)
    type = models.CharField(max_length=40)
    record = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.type} {self.record} in version {self.version}"


class Word(models.Model):
    """A word that something is called by, as it is spelled: what may be meant where somebody spells otherwise.

    It stays when nothing in the index is called so any more: whoever offers it looks whether it finds something.
    """

    text = models.CharField(max_length=40, primary_key=True)
    length = models.PositiveSmallIntegerField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.text


class Standing(models.Model):
    """What the index remembers of itself: a number under a name."""

    FORGOTTEN = "forgotten"  # the last version of which it no longer knows all that was touched
    FORM = "form"  # of what sort the documents are that it was made of

    name = models.CharField(max_length=20, primary_key=True)
    value = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.name} {self.value}"

    @classmethod
    def get(cls, name):
        return cls.objects.filter(name=name).values_list("value", flat=True).first() or 0

    @classmethod
    def set(cls, name, value):
        cls.objects.update_or_create(name=name, defaults={"value": value})
