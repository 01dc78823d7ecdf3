"""Roles: who of the staff may do what. Each role may do all that the one before it may, and more.

Delegates are no staff: they see what is for members, on the public pages, and do not get into the record office.

The migrations make a group of each; a test holds the groups to this table. What changes here needs a migration.
"""

from typing import NamedTuple

VIEWER, EDITOR, PUBLISHER, ADMINISTRATOR = ROLES = "Viewer", "Editor", "Publisher", "Administrator"
DELEGATE = "Delegate"

EVENTS = {"events": ("event", "eventlink", "outcome")}
SUMMARIES = {"summaries": ("edition", "section", "entry")}
LIBRARY = {
    "library": (
        "collection",
        "document",
        "documentversion",
        "instrument",
        "uptake",
        "reportedfigure",
        "actionitem",
        "review",
    )
}
BESIDE_EVENTS = {
    "events": ("place", "series", "theme"),
    "participants": ("country", "agency", "body", "membership", "contactpoint"),
}
READ_ALONE = {
    "events": ("involvement",),
    "participants": ("participant", "name"),
    "records": ("batch", "change"),
}
PEOPLE = {"auth": ("user",)}
OF_MEMBERS = frozenset({"library.view_members_documents", "participants.view_members_contacts"})


def permissions(actions, *tables):
    """The permissions for some actions on all models of the tables: {"events.add_event", …}."""
    return frozenset(
        f"{app}.{action}_{model}"
        for table in tables
        for app, models in table.items()
        for model in models
        for action in actions.split()
    )


class Right(NamedTuple):
    """Something that one may do, in words; the permissions that it needs; and the first role that has it."""

    words: str
    role: str
    permissions: frozenset

    @property
    def holders(self):
        """Of every role, in their order, whether it has this right."""
        return [ROLES.index(role) >= ROLES.index(self.role) for role in ROLES]


RIGHTS = [
    Right(
        "Read the whole record with its drafts, notes and history, and export it",
        VIEWER,
        permissions("view", EVENTS, LIBRARY, SUMMARIES, BESIDE_EVENTS, READ_ALONE) | OF_MEMBERS,
    ),
    Right(
        "Enter drafts, change them, send them to review, delete them",
        EDITOR,
        permissions("add change delete", EVENTS),
    ),
    Right(
        "Add documents and their files, collections, instruments and what became of them; change and delete drafts",
        EDITOR,
        permissions("add change delete", LIBRARY),
    ),
    Right(
        "Add and change places, countries, agencies, their names, bodies, memberships, contact points that are not "
        "public, series and themes",
        EDITOR,
        permissions("add change", BESIDE_EVENTS),
    ),
    Right(
        "Read summaries of activities, compose editions, change and delete them until they are public",
        EDITOR,
        permissions("add change delete", SUMMARIES),
    ),
    Right(
        "Publish, make contact points public, issue editions, and change or delete what is published",
        PUBLISHER,
        frozenset(
            {
                "events.publish_event",
                "library.publish_document",
                "participants.publish_contactpoint",
                "summaries.publish_edition",
            }
        ),
    ),
    Right(
        "Go back to an earlier version of a record, restore what was deleted, and take back what was done together",
        PUBLISHER,
        frozenset({"records.undo_change"}),
    ),
    Right(
        "Delete places, countries, agencies, bodies, memberships, contact points, series and themes that nothing "
        "refers to",
        PUBLISHER,
        permissions("delete", BESIDE_EVENTS),
    ),
    Right(
        "Erase contact points, also from the history",
        PUBLISHER,
        frozenset({"records.erase_change"}),
    ),
    Right(
        "Add people, give them roles, deactivate them",
        ADMINISTRATOR,
        permissions("view add change delete", PEOPLE),
    ),
]


def permissions_of(role):
    """All permissions of a role, or of delegates."""
    if role == DELEGATE:
        return OF_MEMBERS
    place = ROLES.index(role)
    return frozenset().union(*(right.permissions for right in RIGHTS if right.holders[place]))


def role_of(user):
    """The name of somebody's role, the highest where there are several; blank for none. Reads the user's groups."""
    names = {group.name for group in user.groups.all()}
    return next((role for role in reversed([DELEGATE, *ROLES]) if role in names), "")
