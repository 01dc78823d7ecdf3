from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class BaliProcessConfig(AppConfig):
    name = "baliprocess"
    verbose_name = "Bali Process"

    def ready(self):
        from baliprocess import checks  # noqa: F401 (registers them)


class RecordOfficeConfig(AdminConfig):
    """Django's admin, as the record office."""

    default_site = "baliprocess.office.RecordOffice"
