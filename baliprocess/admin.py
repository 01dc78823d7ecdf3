"""People: who signs in, to the record office or as a delegate, and in which role."""

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from records.models import Batch

from .forms import NewPersonForm, PersonForm
from .roles import DELEGATE, ROLES, role_of

User = get_user_model()

# A role is given on the form of a person; the migrations make the groups behind them.
admin.site.unregister(Group)
admin.site.unregister(User)


class RoleFilter(admin.SimpleListFilter):
    title = "role"
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return [*((role, role) for role in (*ROLES, DELEGATE)), ("none", "None")]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.exclude(groups__name__in=[*ROLES, DELEGATE])
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Administrators add people and give them roles; only a superuser touches superusers, or makes them."""

    form = PersonForm
    add_form = NewPersonForm
    add_form_template = "admin/auth/user/change_form.html"
    list_display = ["username", "email", "role", "is_active", "last_login"]
    list_filter = [RoleFilter, "is_active"]
    search_fields = ["username", "email", "first_name", "last_name"]
    readonly_fields = ["password_link"]
    filter_horizontal = []
    delete_confirmation_template = "admin/auth/user/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/auth/user/delete_selected_confirmation.html"

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [(None, {"fields": ["username", "email", "role", "password"]})]
        fields = ["username", "email", "role", "is_active", "password_link"]
        return [(None, {"fields": [*fields, "is_superuser"] if request.user.is_superuser else fields})]

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.by = request.user
        return form

    @admin.display(description="role")
    def role(self, person):
        if person.is_superuser:
            return "Administrator of the whole site"
        return role_of(person) or "None"

    @admin.display(description="password")
    def password_link(self, person):
        return format_html(
            '<a href="{}">Give a new one</a>', reverse("admin:auth_user_password_change", args=[person.pk])
        )

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "People", **(extra_context or {})})

    def add_view(self, request, form_url="", extra_context=None):
        context = {"title": "Add a person", "show_save_and_continue": False}
        return super().add_view(request, form_url, context | (extra_context or {}))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context |= {"title": str(obj), "subtitle": None}
        return super().render_change_form(request, context, add, change, form_url, obj)

    # --- Rights -------------------------------------------------------------------------------------------------------

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.may_touch(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.may_touch(request, obj) and obj != request.user

    def may_touch(self, request, person):
        return person is None or request.user.is_superuser or not person.is_superuser

    # --- Saving and deleting ------------------------------------------------------------------------------------------

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.save_role()

    def save_form(self, request, form, change):
        request.made_password = None
        person = super().save_form(request, form, change)
        request.made_password = getattr(form, "made_password", None)
        return person

    def response_add(self, request, obj, post_url_continue=None):
        """Go back to the list; where a password was made, show it first, on this one page."""
        if not request.made_password:
            return super(UserAdmin, self).response_add(request, obj, post_url_continue)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"{obj} can sign in now",
            "person": obj,
            "role": self.role(obj),
            "password": request.made_password,
        }
        return TemplateResponse(request, "admin/auth/user/added.html", context)

    def get_deleted_objects(self, objs, request):
        """Who has changed people stays, for their log; who has changed the record is kept by its history."""
        to_delete, counts, lacking, protected = super().get_deleted_objects(objs, request)
        entries = LogEntry.objects.filter(user__in=objs, content_type__app_label="auth")
        protected += [f"Change of people: {entry}" for entry in entries[:5]]
        return to_delete, counts, lacking - {Batch._meta.verbose_name}, protected
