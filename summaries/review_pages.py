"""The pages on which a summary is read into the record: the file, the review, the correction of one entry."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path

from exchange.problems import UnreadableFile
from records.models import Batch

from .forms import CorrectionForm, SummaryForm
from .models import Edition, Entry
from .reviewing import Read, Review, address_of


class ReviewPages:
    """Mixed into the admin of editions."""

    def get_urls(self):
        pages = {
            "read/": ("read", self.read_view),
            "<int:pk>/review/": ("review", self.review_view),
            "<int:pk>/review/<int:entry>/": ("correct", self.correct_view),
        }
        own = [
            path(route, self.admin_site.admin_view(view), name=self.url_name(action))
            for route, (action, view) in pages.items()
        ]
        return own + super().get_urls()
