from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self):
        from exchange.changes import listen

        from . import keeping

        listen(keeping.keep)
