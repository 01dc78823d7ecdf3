"""The forms of people: who signs in, to the record office or as a delegate, and in which role."""

import secrets

from django import forms
from django.contrib.auth import get_user_model, password_validation
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import Group
from django.urls import reverse_lazy
from django.utils.text import format_lazy

from .roles import DELEGATE, ROLES, role_of

NAME_HELP = "What they sign in with, and what the history says of their changes. Letters, digits and @ . + - _ only."
CHOICES = [*((role, role) for role in ROLES), (DELEGATE, "Delegate: sees what is for members, outside this office")]


class PersonForm(forms.ModelForm):
    """Somebody of the staff, with one role, or a delegate. Who is neither does not get in.

    by  who fills the form in
    """

    role = forms.ChoiceField(
        choices=[("", "None: may not sign in to the record office"), *CHOICES],
        required=False,
        help_text=format_lazy(
            'What they may do: each role all that the one before it may. <a href="{}#people">The help has a table.</a>',
            reverse_lazy("admin:help"),
        ),
    )
    by = None

    class Meta:
        model = get_user_model()
        fields = ["username", "email", "is_active", "is_superuser"]
        field_classes = {"username": UsernameField}
        labels = {"username": "Name", "email": "Email", "is_superuser": "Administrator of the whole site"}
        help_texts = {
            "username": NAME_HELP,
            "email": "Where they are reached. The site sends nothing.",
            "is_active": "Take this away from who leaves: they cannot sign in, and the history keeps their name.",
            "is_superuser": "May do everything, and alone makes others so. No role is needed beside it.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["role"].initial = role_of(self.instance)

    def clean(self):
        super().clean()
        if self.by and self.instance.pk == self.by.pk and {"role", "is_active", "is_superuser"} & {*self.changed_data}:
            raise forms.ValidationError(
                "Your own role, and whether you may sign in, are for another administrator to change."
            )

    def _post_clean(self):
        super()._post_clean()
        self.instance.is_staff = self.cleaned_data.get("role") in ROLES or self.instance.is_superuser

    def save_role(self):
        """Give the person, once saved, the role that was chosen: it alone says what they may do."""
        person = self.instance
        person.groups.set(Group.objects.filter(name=self.cleaned_data["role"]))
        person.user_permissions.clear()


class NewPersonForm(PersonForm):
    """Somebody new. Where no password is given, one is made: `made_password`, to be shown once."""

    password = forms.CharField(
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Leave it blank, and one is made and shown to you once. Staff can change it once they are in.",
    )
    made_password = None

    class Meta(PersonForm.Meta):
        fields = ["username", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].required = True
        self.fields["role"].choices = [("", "Choose one"), *CHOICES]

    def _post_clean(self):
        super()._post_clean()
        password = self.cleaned_data.get("password")
        if password:
            try:
                password_validation.validate_password(password, self.instance)
            except forms.ValidationError as error:
                self.add_error("password", error)

    def save(self, commit=True):
        password = self.cleaned_data["password"]
        if not password:
            password = self.made_password = secrets.token_urlsafe(12)
        self.instance.set_password(password)
        return super().save(commit)
