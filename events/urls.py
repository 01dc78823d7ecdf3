from django.urls import path

from . import outcome_pages, views

app_name = "events"
urlpatterns = [
    path("activities/", views.activities, name="activities"),
    path("activities/<slug:reference>/", views.activity, name="activity"),
    path("activities/<slug:reference>/thread/", views.thread, name="thread"),
    path("outcomes/", outcome_pages.outcomes, name="outcomes"),
    path("outcomes/<slug:reference>/", outcome_pages.outcome, name="outcome"),
    path("series/", views.all_series, name="all_series"),
    path("series/<slug:slug>/", views.one_series, name="series"),
    path("themes/", views.themes, name="themes"),
    path("themes/<slug:slug>/", views.theme, name="theme"),
]
