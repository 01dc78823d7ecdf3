from django.core.management.base import BaseCommand

from search.keeping import is_current, rebuild


class Command(BaseCommand):
    help = "Make the search index anew from the record, in one transaction. The site can be read and written meanwhile."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-needed", action="store_true", help="do nothing where the index was made by this version of the site"
        )

    def handle(self, *, if_needed, verbosity, **options):
        if if_needed and is_current():
            return
        numbers = rebuild(self.told if verbosity > 1 else None)
        if verbosity:
            self.stdout.write(f"Records in the search index: {sum(numbers.values())}.")

    def told(self, type, number):
        self.stdout.write(f"{type}: {number}")
