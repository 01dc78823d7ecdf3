"""What is for members: their contact points, and the way in for their delegates."""

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from participants.models import ContactPoint

SEES_CONTACTS = "participants.view_members_contacts"


class SignIn(LoginView):
    """The way in for delegates. Whoever is in already and sees what is for members is led there."""

    template_name = "sign_in.html"

    def get(self, request, *args, **kwargs):
        if request.user.has_perm(SEES_CONTACTS):
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)


class SignOut(LogoutView):
    """The way out, by a form alone."""


@never_cache
@login_required
@require_safe
def contacts(request):
    """The contact points of members, by country and agency, for those who may see them; for others there is nothing."""
    if not request.user.has_perm(SEES_CONTACTS):
        raise Http404("This is for members.")
    found = ContactPoint.objects.for_delegates().by_participant()
    return render(request, "members.html", {"participants": contacts_by_participant(found)})
