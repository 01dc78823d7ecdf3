"""What each role may do with what the library holds."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

MODELS = [
    "collection",
    "document",
    "documentversion",
    "instrument",
    "uptake",
    "reportedfigure",
    "actionitem",
    "review",
]
VIEWER = [f"view_{model}" for model in MODELS]
EDITOR = VIEWER + [f"{action}_{model}" for action in ("add", "change", "delete") for model in MODELS]
PUBLISHER = EDITOR + ["publish_document"]
ROLES = {"Viewer": VIEWER, "Editor": EDITOR, "Publisher": PUBLISHER, "Administrator": PUBLISHER}


def add_permissions(apps, schema_editor):
    """Django makes permissions once all migrations are done, which is too late for groups that hold them."""
    database = schema_editor.connection.alias
    config = apps.get_app_config("library")
    config.models_module = True  # else it is passed over
    create_permissions(config, verbosity=0, using=database, apps=apps)
    config.models_module = None
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    known = permission.objects.using(database).filter(content_type__app_label="library")
    for name, codenames in ROLES.items():
        role, _made = group.objects.using(database).get_or_create(name=name)
        role.permissions.add(*known.filter(codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [
        ("baliprocess", "0002_roles_of_summaries"),
        ("library", "0001_initial"),
    ]

    operations = [migrations.RunPython(add_permissions, migrations.RunPython.noop)]
