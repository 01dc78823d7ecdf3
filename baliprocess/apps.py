from django.apps import AppConfig


class BaliProcessConfig(AppConfig):
    name = "baliprocess"
    verbose_name = "Bali Process"

    def ready(self):
        from baliprocess import checks  # noqa: F401 (registers them)
