"""What is for members: their contact points, and the way in for their delegates."""

from itertools import groupby

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from participants.models import ContactPoint

SEES_CONTACTS = "participants.view_members_contacts"


class SignIn(LoginView):
    """The way in for delegates. Whoever is in already and sees what is for members is led on."""

    template_name = "sign_in.html"
    extra_context = {"contact": settings.CONTACT_EMAIL}

    def get(self, request, *args, **kwargs):
        if request.user.has_perm(SEES_CONTACTS):
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def get_success_url(self):
        """What was asked for; this page, which says so, for those who have no right to what is for members."""
        may = self.request.user.has_perm(SEES_CONTACTS)
        return super().get_success_url() if may else reverse("sign_in")


@never_cache
@login_required
@require_safe
def members(request):
    """The contact points of members, for those who may see them; for others who are signed in there is nothing."""
    if not request.user.has_perm(SEES_CONTACTS):
        raise Http404("This is for members.")
    return render(request, "members.html", {"places": by_place(ContactPoint.objects.for_delegates())})


def by_place(contacts):
    """Contact points by country, each with those of its own first, then by agency; what is international comes last."""
    found = sorted(contacts.select_related("participant__country"), key=order)
    return [
        {"country": country, "groups": [{"participant": each, "contacts": list(of)} for each, of in groupby(of, whose)]}
        for country, of in groupby(found, country_of)
    ]


def order(contact):
    country, participant = country_of(contact), contact.participant
    place = (country is None, country.name if country else "", country.pk if country else 0)
    return *place, participant != country, participant.name, participant.pk, contact.is_past, contact.called


def whose(contact):
    return contact.participant


def country_of(contact):
    return contact.participant if contact.participant.is_country else contact.participant.country
