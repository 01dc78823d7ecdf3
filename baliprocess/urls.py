from django.contrib import admin
from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("events.urls")),
    path("", include("participants.urls")),
    path("data/", views.data, name="data"),
    path("data/<slug:type>.csv", views.data_file, name="data_file"),
    path("healthz", views.healthz, name="healthz"),
    path("admin/", admin.site.urls),
]

# Pages for errors are the templates 400.html, 403.html, 404.html and 500.html, which Django finds by their names.
