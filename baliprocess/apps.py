from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.apps import AuthConfig


class BaliProcessConfig(AppConfig):
    name = "baliprocess"
    verbose_name = "Bali Process"

    def ready(self):
        from baliprocess import checks  # noqa: F401 (registers them)


class RecordOfficeConfig(AdminConfig):
    """Django's admin, as the record office."""

    default_site = "baliprocess.office.RecordOffice"


class PeopleConfig(AuthConfig):
    """Django's users, under the name that the office has for them."""

    verbose_name = "People"
