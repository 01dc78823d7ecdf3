"""What fields of the admin suggest while somebody types: the surest first, each with what tells it from others."""

from django.contrib.admin.views.autocomplete import AutocompleteJsonView


class Autocomplete(AutocompleteJsonView):
    """Django's suggestions, in the order and the words of the admin of what is looked for.

    An admin that says more has `nearest_first(records, text)`, a query set in another order, and `describe(record)`, a
    dictionary that is added to what is sent of a record.
    """

    def get_queryset(self):
        found = super().get_queryset()
        nearest_first = getattr(self.model_admin, "nearest_first", None)
        return nearest_first(found, self.term) if nearest_first and self.term else found

    def serialize_result(self, record, to_field_name):
        describe = getattr(self.model_admin, "describe", None)
        return super().serialize_result(record, to_field_name) | (describe(record) if describe else {})
