"""The four roles as groups, with their permissions."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

VIEWED = {
    "events": ["event", "eventlink", "involvement", "outcome", "place", "series", "theme"],
    "participants": ["agency", "body", "country", "membership", "name", "participant"],
    "records": ["batch", "change"],
}
OF_EVENTS = {"events": ["event", "eventlink", "outcome"]}
BESIDE_EVENTS = {
    "events": ["place", "series", "theme"],
    "participants": ["agency", "body", "country", "membership"],
}
PEOPLE = {"auth": ["user"]}


def named(actions, table):
    return [(app, f"{action}_{model}") for app in table for model in table[app] for action in actions]


VIEWER = named(["view"], VIEWED)
EDITOR = VIEWER + named(["add", "change", "delete"], OF_EVENTS) + named(["add", "change"], BESIDE_EVENTS)
PUBLISHER = EDITOR + [("events", "publish_event"), ("records", "undo_change")] + named(["delete"], BESIDE_EVENTS)
ADMINISTRATOR = PUBLISHER + named(["view", "add", "change", "delete"], PEOPLE)
ROLES = {"Viewer": VIEWER, "Editor": EDITOR, "Publisher": PUBLISHER, "Administrator": ADMINISTRATOR}


def make_roles(apps, schema_editor):
    """Django makes permissions once all migrations are done, which is too late for groups that hold them."""
    database = schema_editor.connection.alias
    for app in ("auth", "records", "participants", "events"):
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
        role.permissions.set([known[each] for each in permissions])


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("records", "0002_undo_change_permission"),
        ("participants", "0001_initial"),
        ("events", "0001_initial"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
