"""Somebody at the forms of the admin: opens them as a browser does, changes what is named, and sends them."""

from contextlib import contextmanager
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.response import TemplateResponse
from django.urls import reverse

from exchange import registry
from exchange.plans import plan
from tests.exchange.record import rows_of


def address(model, action, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}", args=args)


@contextmanager
def unwritten():
    """Within, pages are made but for their HTML, which takes longer than all else of a form."""
    with patch.object(TemplateResponse, "rendered_content", ""):
        yield


class Editor:
    def __init__(self, client, user):
        self.client = client
        self.user = user
        client.force_login(user)

    def open(self, subject):
        """The form of a record, or for a new one of a model."""
        return self.client.get(form_of(subject))

    def save(self, subject, inlines=None, **fields):
        """Send the form of a record, or for a new one of a model, with fields changed and rows added to inlines."""
        with unwritten():
            data = entered(self.open(subject)) | fields
        for prefix, rows in (inlines or {}).items():
            total = int(data[f"{prefix}-TOTAL_FORMS"])
            for number, row in enumerate(rows, start=total):
                data |= {f"{prefix}-{number}-{name}": cell for name, cell in row.items()}
            data[f"{prefix}-TOTAL_FORMS"] = total + len(rows)
        return self.client.post(form_of(subject), data)

    def refused(self, subject, inlines=None, **fields):
        """What is wrong with a form that is sent so, as `refusals` tells it, without the page that says so."""
        with unwritten():
            return refusals(self.save(subject, inlines, **fields))

    def delete(self, record):
        return self.client.post(address(type(record), "delete", record.pk), {"post": "yes"})

    def delete_all(self, records, confirmed="yes"):
        """Delete records of one model with the action of their list, or ask to, where it is not confirmed."""
        data = {"action": "delete_selected", "post": confirmed, "_selected_action": [record.pk for record in records]}
        return self.client.post(address(type(records[0]), "changelist"), data)

    def upload(self, model, text, reason="", name="rows.csv"):
        content = text.encode() if isinstance(text, str) else text
        data = {"file": SimpleUploadedFile(name, content), "reason": reason}
        return self.client.post(address(model, "import"), data, follow=True)

    def confirm(self, model, planned):
        """Confirm the plan that a page shows."""
        reason = planned.context["form"]["reason"].value()
        data = {"fingerprint": planned.context["plan"].fingerprint, "reason": reason}
        proposal = planned.context["proposal"]
        return self.client.post(address(model, "plan", proposal.name), data, follow=True)


def form_of(subject):
    return address(subject, "add") if isinstance(subject, type) else address(type(subject), "change", subject.pk)


def entered(response):
    """What a browser would send of the form on a page, were nothing changed."""
    forms = [response.context_data["adminform"].form]
    for inline in response.context_data["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {"opened": response.context_data["opened"]} if response.context_data.get("opened") else {}
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, list):
                data[field.html_name] = [getattr(each, "pk", each) for each in value]
            elif value is not None and value is not False:
                data[field.html_name] = value
    return data


def refusals(response):
    """What is wrong on the page of a form: {name of the field: [messages]}; blank for the form or inline as a whole."""
    assert response.status_code == 200
    found = named(response.context_data["adminform"].form)
    for inline in response.context_data["inline_admin_formsets"]:
        if inline.formset.non_form_errors():
            found[inline.formset.prefix] = list(inline.formset.non_form_errors())
        for form in inline.formset.forms:
            found |= named(form)
    return found


def named(form):
    names = {name: form.add_prefix(name) for name in form.fields} | {"__all__": form.prefix or ""}
    return {names[name]: list(messages) for name, messages in form.errors.items()}


def all_the_same():
    """Whether what would be exported now says, imported again, that all is the same."""
    plans = [plan(type, rows_of(type)) for type in registry.types()]
    return all(planned.is_good and not planned.changes_something for planned in plans)
