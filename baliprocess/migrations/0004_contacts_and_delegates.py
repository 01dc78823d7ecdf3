"""What each role may do with contact points, who may erase, and the group of delegates."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

DELEGATE = [("library", "view_members_documents"), ("participants", "view_members_contacts")]
VIEWER = [*DELEGATE, ("participants", "view_contactpoint")]
EDITOR = [*VIEWER, ("participants", "add_contactpoint"), ("participants", "change_contactpoint")]
PUBLISHER = [
    *EDITOR,
    ("participants", "delete_contactpoint"),
    ("participants", "publish_contactpoint"),
    ("records", "erase_change"),
]
ROLES = {
    "Viewer": VIEWER,
    "Editor": EDITOR,
    "Publisher": PUBLISHER,
    "Administrator": PUBLISHER,
    "Delegate": DELEGATE,
}


def add_permissions(apps, schema_editor):
    """Django makes permissions once all migrations are done, which is too late for groups that hold them."""
    database = schema_editor.connection.alias
    for app in ("records", "participants", "library"):
        config = apps.get_app_config(app)
        config.models_module = True  # else it is passed over
        create_permissions(config, verbosity=0, using=database, apps=apps)
        config.models_module = None
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    known = {
        (app, codename): pk
        for app, codename, pk in permission.objects.using(database).values_list(
            "content_type__app_label", "codename", "pk"
        )
    }
    for name, permissions in ROLES.items():
        role, _made = group.objects.using(database).get_or_create(name=name)
        role.permissions.add(*(known[each] for each in permissions))


class Migration(migrations.Migration):
    dependencies = [
        ("baliprocess", "0003_roles_of_the_library"),
        ("library", "0001_initial"),
        ("participants", "0002_contact_points"),
        ("records", "0004_erased_changes"),
    ]

    operations = [migrations.RunPython(add_permissions, migrations.RunPython.noop)]
