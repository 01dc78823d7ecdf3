"""Every address of the site: which records of the example it is asked for, and what each role gets there.

What is got is said for all roles at once, in the order of `WHO`:

    200, 403, 404, 405  the status of the answer
    in                  led to a page to sign in
    on                  led elsewhere
    ok                  done, or the form again for what lacks: 200 or led on
"""

from typing import NamedTuple

from django.urls import get_resolver

from baliprocess.roles import DELEGATE, ROLES

ANONYMOUS = "Anonymous"
WHO = (ANONYMOUS, DELEGATE, *ROLES)
STATES = ("public", "members", "secretariat", "draft")


def addresses():
    """The names of all addresses, as they are reversed; the route of what has no name."""
    return {name for name, _route in named(get_resolver().url_patterns)}


def named(patterns, route="", namespace=""):
    for pattern in patterns:
        whole = f"{route}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            yield from named(pattern.url_patterns, whole, f"{namespace}{pattern.namespace or ''}".strip())
        else:
            prefix = f"{namespace}:" if namespace else ""
            yield (f"{prefix}{pattern.name}", whole) if pattern.name else (whole, whole)


class Line(NamedTuple):
    """What an address gives.

    get    what each role gets, {state of the record: said}; of what is of no record, {"": said}
    post   the same for a form that is sent with nothing in it
    of     the record that the address is of: the name of a model
    by     what of the record stands in the address, or what else does
    query  what stands after it, which may hold the record's key
    """

    get: dict
    post: dict
    of: str = ""
    by: object = ()
    query: str = ""


# --- What is said -----------------------------------------------------------------------------------------------------

ALL = "200 200 200 200 200 200"
NOBODY = "404 404 404 404 404 404"
READ_ONLY = "405 405 405 405 405 405"
STAFF_FOR_SECRETARIAT = "404 404 200 200 200 200"
DELEGATES_TOO = "404 200 200 200 200 200"
LED_ON = "on on on on on on"

STAFF = "in in 200 200 200 200"
STAFF_LED_ON = "in in on on on on"
EDITORS = "in in 403 200 200 200"
EDITORS_LED_ON = "in in 403 on on on"
PUBLISHERS = "in in 403 403 200 200"
ADMINISTRATORS = "in in 403 403 403 200"
NO_STAFF = "in in 403 403 403 403"
NO_SUCH = "in in 404 404 404 404"

STAFF_MAY = "in in ok ok ok ok"
EDITORS_MAY = "in in 403 ok ok ok"
PUBLISHERS_MAY = "in in 403 403 ok ok"
EDITORS_MUST_SAY_WHAT = "in in 403 404 404 404"
PUBLISHERS_MUST_SAY_WHAT = "in in 403 403 404 404"
ADMINISTRATORS_MAY = "in in 403 403 403 ok"


def page(of="", by="code", *, query="", post=READ_ONLY, **get):
    """A page of the public site: by default for everybody, and only to be read."""
    get = get or {"": ALL}
    return Line(get, dict.fromkeys(get, post), of, by if of else (), query)


def given(*by, get=ALL):
    """A page of no record, with something in its address."""
    return Line({"": get}, {"": READ_ONLY}, by=by)


# What is open to everybody, or to nobody who reads the public pages.
OPEN = {"public": ALL, "draft": NOBODY}

PUBLIC = {
    "home": page(),
    "about": page(),
    "data": page(),
    "data_file": given("events"),
    "data_file_as": given("contact_points", "json"),
    "robots": page(),
    "favicon": given(get=LED_ON),
    "sitemaps": page(post=ALL),
    "sitemap": Line({"": ALL}, {"": ALL}, by=("activities",)),
    "healthz": page(),
    "events:activities": page(),
    "events:activity": page("event", **OPEN),
    "events:thread": page("event", **OPEN),
    "events:outcomes": page(),
    "events:outcome": page("outcome", **OPEN),
    "events:all_series": page(),
    "events:series": page("series", **OPEN),
    "events:themes": page(),
    "events:theme": page("theme", **OPEN),
    "participants:countries": page(),
    "participants:country": page("country", **OPEN),
    "participants:agencies": page(),
    "participants:agency": page("agency", **OPEN),
    "participants:bodies": page(),
    "participants:body": page("body", public=ALL, draft=ALL),
    "library:documents": page(),
    "library:document": page(
        "document", public=ALL, members=DELEGATES_TOO, secretariat=STAFF_FOR_SECRETARIAT, draft=NOBODY
    ),
    "library:file": page(
        "documentversion",
        lambda version: [version.document.reference, version.number],
        public=ALL,
        members=DELEGATES_TOO,
        secretariat=STAFF_FOR_SECRETARIAT,
        draft=NOBODY,
    ),
    "library:collections": page(),
    "library:collection": page("collection", **OPEN),
    "library:compare": page(
        "document",
        (),
        query="?document={key}&document=COMPARED",
        public=ALL,
        members=DELEGATES_TOO.replace("404", "400"),
        secretariat=STAFF_FOR_SECRETARIAT.replace("404", "400"),
        draft=NOBODY.replace("404", "400"),
    ),
    "library:instruments": page(),
    "library:instrument": page("instrument", **OPEN),
    "search:search": page(),
    "search:suggestions": page(),
    "search:help": page(),
    "search:description": page(),
    "summaries:editions": page(),
    "summaries:edition": page("edition", **OPEN),
    "summaries:edition_file": page("edition", lambda edition: [edition.reference, "txt"], **OPEN),
    "members": Line({"": "in 200 200 200 200 200"}, {"": "in 405 405 405 405 405"}),
    "sign_in": Line({"": "200 on on on on on"}, {"": ALL}),
    "sign_out": Line({"": READ_ONLY}, {"": LED_ON}),
}


# --- The record office ------------------------------------------------------------------------------------------------


def office(get, post=None, *by):
    """A page of the office that is of no record."""
    return Line({"": get}, {"": post} if post else {}, by=by)


OFFICE = {
    "admin:index": office(STAFF),
    "admin:login": office("200 200 on on on on"),
    "admin:logout": office("on on 405 405 405 405", "on on 200 200 200 200"),
    "admin:password_change": office(STAFF, STAFF_MAY),
    "admin:password_change_done": office(STAFF),
    "admin:help": office(STAFF),
    "admin:understood": office(STAFF),
    "admin:import": office(STAFF, EDITORS_MAY),
    "admin:template": office(EDITORS),
    "admin:autocomplete": office(NO_STAFF),
    "admin:jsi18n": office(STAFF),
    "admin:view_on_site": office(NO_SUCH, None, 1, 1),
    "admin:app_list": office(STAFF, None, "events"),
    "admin/(?P<url>.*)$": office(NO_SUCH, None, "nothing-of-the-kind"),
}


def record(get, post=None, *, query="", by=("pk",)):
    return get, post, query, by


# What is said of a record type's addresses, and what of the record stands in them.
OF_EVERY_TYPE = {
    "changelist": (STAFF, STAFF_MAY),
    "add": (EDITORS, EDITORS_MAY),
    "export": (STAFF, None),
    "export_as": (STAFF, None, "json"),
    "import": (EDITORS, EDITORS_MAY),
    "template": (EDITORS, None),
    "plan": (STAFF_LED_ON, STAFF_LED_ON, "0" * 32),
    "mended": (STAFF_LED_ON, None, "0" * 32),
    "progress": (STAFF_LED_ON, STAFF_LED_ON, "0" * 32),
    "past": (NO_SUCH, None),
    "deleted": (STAFF, None),
    "go_back": (NO_STAFF, PUBLISHERS_MUST_SAY_WHAT),
    "restore": (NO_STAFF, PUBLISHERS_MUST_SAY_WHAT),
}


def of_type(model, *, change, delete, **more):
    """The lines of a record type: its lists and files, and what may be done to a record by its state.

    change, delete  who may, {state: said of the form that is sent}
    """
    named = {action: office(*said) for action, said in OF_EVERY_TYPE.items()}
    reading = dict.fromkeys(change, STAFF)
    named |= {
        "change": Line(reading, change, model, "pk"),
        "history": Line(reading, {}, model, "pk"),
        "delete": Line({state: said.replace("ok", "200") for state, said in delete.items()}, delete, model, "pk"),
        "": Line(dict.fromkeys(change, STAFF_LED_ON), {}, model, "pk"),
        **more,
    }
    return named


# Editors enter drafts; what is public, publishers alone change and delete.
DRAFTED = {"public": PUBLISHERS_MAY, "draft": EDITORS_MAY}
# Editors enter these, publishers alone delete them.
ENTERED = {
    "change": {"public": EDITORS_MAY, "draft": EDITORS_MAY},
    "delete": dict.fromkeys(("public", "draft"), PUBLISHERS_MAY),
}
IN_LIBRARY = DRAFTED | {"members": PUBLISHERS_MAY, "secretariat": PUBLISHERS_MAY}


def staff_page(model, get, post=None, by="pk"):
    """A page that a record has in the office beside those of every type; `post` may differ by its state."""
    states = ("public", "draft")
    sent = post if isinstance(post, dict) else dict.fromkeys(states, post) if post else {}
    return Line(dict.fromkeys(states, get), sent, model, by)


TYPES = {
    "participants.country": of_type("country", **ENTERED),
    "participants.agency": of_type("agency", **ENTERED),
    "participants.body": of_type("body", **ENTERED),
    "participants.membership": of_type("membership", **ENTERED),
    "participants.contactpoint": of_type(
        "contactpoint",
        change=DRAFTED,
        delete=dict.fromkeys(DRAFTED, PUBLISHERS_MAY),
        erase=Line(
            dict.fromkeys(DRAFTED, PUBLISHERS), dict.fromkeys(DRAFTED, PUBLISHERS_MAY), "contactpoint", (), "?key={key}"
        ),
    ),
    "events.event": of_type("event", change=DRAFTED, delete=DRAFTED, preview=staff_page("event", STAFF)),
    "events.eventlink": of_type("eventlink", change=DRAFTED, delete=DRAFTED),
    "events.outcome": of_type("outcome", change=DRAFTED, delete=DRAFTED),
    "events.place": of_type("place", **ENTERED),
    "events.series": of_type("series", **ENTERED),
    "events.theme": of_type("theme", **ENTERED),
    "library.collection": of_type("collection", change=DRAFTED, delete=DRAFTED),
    "library.instrument": of_type("instrument", change=DRAFTED, delete=DRAFTED),
    "library.uptake": of_type("uptake", change=DRAFTED, delete=DRAFTED),
    "library.reportedfigure": of_type("reportedfigure", change=DRAFTED, delete=DRAFTED),
    "library.actionitem": of_type("actionitem", change=DRAFTED, delete=DRAFTED),
    "library.review": of_type("review", change=DRAFTED, delete=DRAFTED),
    "library.document": of_type(
        "document", change=IN_LIBRARY, delete=IN_LIBRARY, add_files=office(EDITORS, EDITORS_MAY)
    ),
    "library.documentversion": of_type(
        "documentversion",
        change=IN_LIBRARY,
        delete=IN_LIBRARY,
        add=office(STAFF_LED_ON, STAFF_LED_ON),
        file=Line(dict.fromkeys(STATES, STAFF), {}, "documentversion", "pk"),
    ),
    "summaries.edition": of_type(
        "edition",
        change=DRAFTED,
        delete=DRAFTED,
        compose=office(EDITORS, EDITORS_MAY),
        read=office(EDITORS, EDITORS_MAY),
        contents=staff_page("edition", STAFF, {"public": PUBLISHERS_MUST_SAY_WHAT, "draft": EDITORS_MUST_SAY_WHAT}),
        since=staff_page("edition", STAFF),
        issue=staff_page("edition", PUBLISHERS, PUBLISHERS_MAY),
        file=staff_page("edition", STAFF, None, lambda edition: [edition.pk, "txt"]),
        review=staff_page("read", STAFF, {"public": PUBLISHERS_MUST_SAY_WHAT, "draft": EDITORS_MUST_SAY_WHAT}),
        correct=staff_page("readentry", STAFF, DRAFTED, lambda entry: [entry.edition_id, entry.pk]),
    ),
    "summaries.section": of_type("section", change=DRAFTED, delete=DRAFTED),
    "summaries.entry": of_type("entry", change=DRAFTED, delete=DRAFTED),
}


def read_alone(model, get=STAFF, may=NO_STAFF, **more):
    """The lines of what is no record type, and by default is shown in the office and changed nowhere there."""
    named = {
        "changelist": office(get),
        "add": office(may.replace("ok", "200"), may),
        "change": Line({"public": get}, {"public": may}, model, "pk"),
        "history": Line({"public": get}, {}, model, "pk"),
        "delete": Line({"public": may.replace("ok", "200")}, {"public": may}, model, "pk"),
        "": Line({"public": STAFF_LED_ON}, {}, model, "pk"),
    }
    return named | more


def of_one(model, get, post=None):
    """A page of a record that has no state."""
    return Line({"public": get}, {"public": post} if post else {}, model, "pk")


OTHERS = {
    "records.batch": read_alone("batch", undo=of_one("batch", NO_STAFF, PUBLISHERS_MAY)),
    # A change is read on the page of its batch, a name's past on that of its owner.
    "records.change": read_alone("change", change=of_one("change", STAFF_LED_ON, NO_STAFF)),
    "participants.participant": read_alone("country"),
    "participants.name": read_alone(
        "name",
        add=office(EDITORS, EDITORS_MAY),
        history=of_one("name", STAFF_LED_ON),
        forget=of_one("unknownname", NO_STAFF, EDITORS_MAY),
    ),
    "django_tasks_database.dbtaskresult": read_alone("task", get=NO_STAFF),
    "auth.user": read_alone(
        "user",
        get=ADMINISTRATORS,
        may=ADMINISTRATORS_MAY,
        password_change=of_one("user", ADMINISTRATORS, ADMINISTRATORS_MAY),
    ),
}
for label, actions in (TYPES | OTHERS).items():
    app, model = label.split(".")
    for action, said in actions.items():
        name = f"admin:{app}_{model}_{action}" if action else f"admin/{app}/{model}/<path:object_id>/"
        OFFICE[name] = said
