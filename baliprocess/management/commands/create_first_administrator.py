import itertools
import secrets

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction

TOLD = """\
The first administrator is “{name}” with the password “{password}”, which is not shown again.
Sign in at /admin/ and change it there: your name at the upper right leads to it.
To let others in, open “People” and “Add a person”: a name, and one of four roles. A viewer reads everything, drafts
too; an editor enters drafts and sends them to review; a publisher publishes them and changes what is published; an
administrator does all that and adds people. Leave their password blank, and one is made and shown to you once.
What each role may do stands under “Help”."""


class Command(BaseCommand):
    help = "Makes the first administrator, with a password that is shown once. Does nothing where there is one."

    def handle(self, **options):
        users = get_user_model().objects
        with transaction.atomic():
            if users.filter(is_superuser=True).exists():
                return
            name, password = free_name(users), secrets.token_urlsafe(18)
            users.create_superuser(name, password=password)
        self.stdout.write(TOLD.format(name=name, password=password))


def free_name(users):
    """Return "administrator", or that with the first number that nobody's name has."""
    names = itertools.chain(["administrator"], (f"administrator{number}" for number in itertools.count(2)))
    return next(name for name in names if not users.filter(username=name).exists())
