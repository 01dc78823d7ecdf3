from django.urls import path

from . import views

app_name = "events"
urlpatterns = [
    path("activities/", views.activities, name="activities"),
    path("activities/<slug:reference>/", views.activity, name="activity"),
    path("series/", views.all_series, name="all_series"),
    path("series/<slug:slug>/", views.one_series, name="series"),
    path("themes/", views.themes, name="themes"),
    path("themes/<slug:slug>/", views.theme, name="theme"),
]
