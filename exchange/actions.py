"""Bulk actions of the admin's lists: each sets cells of the selected records, and is shown as a plan first."""

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse

from records.publication import Publication

from .cells import join, parts_of
from .parts import Part


def set_cells(words, **cells):
    """An action that sets columns of the selected records to cells: `set_cells("Publish", publication="published")`."""

    @admin.action(description=words, permissions=["change"])
    def action(model_admin, request, queryset):
        return propose_cells(model_admin, request, queryset, words, lambda row: cells)

    action.__name__ = "set_" + "_".join(cells.values())
    return action


def publishing_actions():
    """What is done to the publication of many records at once."""
    return [
        set_cells("Publish", publication=Publication.PUBLISHED.value),
        set_cells("Send to review", publication=Publication.IN_REVIEW.value),
        set_cells("Unpublish, as a draft", publication=Publication.DRAFT.value),
    ]


def change_list_of(column, words, choices):
    """An action that adds names to a column of several names, takes them out, or puts them in place of all there are.

    choices  called for a query set of the records whose names one may choose
    """

    @admin.action(description=words, permissions=["change"])
    def action(model_admin, request, queryset):
        sent = request.POST if "apply" in request.POST else None
        form = ListForm(sent, choices=choices())
        if not form.is_valid():
            return show_form(model_admin, request, queryset, words, action.__name__, form)
        names = [str(each) for each in form.cleaned_data["names"]]
        change = form.cleaned_data["how"]

        def cells(row):
            return {column: join(CHANGES[change](parts_of(row[column]), names))}

        title = f"{dict(ListForm.HOW)[change]} {join(names)}"
        return propose_cells(model_admin, request, queryset, title, cells)

    action.__name__ = f"change_{column}"
    return action


CHANGES = {
    "add": lambda there, names: [*there, *(name for name in names if name not in there)],
    "remove": lambda there, names: [name for name in there if name not in names],
    "set": lambda there, names: names,
}


class ListForm(forms.Form):
    HOW = [("add", "Add"), ("remove", "Remove"), ("set", "Have only")]

    how = forms.ChoiceField(label="What to do", choices=HOW, initial="add", widget=forms.RadioSelect)
    names = forms.ModelMultipleChoiceField(label="Which", queryset=None, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["names"].queryset = choices


def propose_cells(model_admin, request, queryset, words, cells_of):
    """Propose to change the cells of records; `cells_of(row)` gives {column: cell} of those to be changed."""
    bound = model_admin.resource()
    rows = bound.rows(bound.in_order(bound.records().filter(pk__in=queryset.order_by().values("pk"))))
    needed = dict.fromkeys([*bound.key, *bound.required])
    table = [{name: row[name] for name in needed} | cells_of(row) for row in rows]
    noun = model_admin.opts.verbose_name if len(table) == 1 else model_admin.opts.verbose_name_plural
    back = request.get_full_path()
    return model_admin.propose(request, f"{words}: {len(table)} {noun}", [Part(bound.type, table)], back=back)


def show_form(model_admin, request, queryset, words, name, form):
    """The page on which one says what an action is to do with what is selected."""
    context = model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts,
        "title": words,
        "form": form,
        "action": name,
        "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "selected_name": ACTION_CHECKBOX_NAME,
        "across": request.POST.get("select_across", "0"),
        "count": queryset.count(),
    }
    return TemplateResponse(request, "admin/exchange/action.html", context)
