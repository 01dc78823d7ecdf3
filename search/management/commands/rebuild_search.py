from django.core.management.base import BaseCommand

from search.keeping import rebuild


class Command(BaseCommand):
    help = "Make the search index anew from the record, in one transaction."

    def handle(self, **options):
        numbers = rebuild()
        for type, number in numbers.items():
            self.stdout.write(f"{type}: {number}")
