from django.urls import path

from . import views

app_name = "summaries"
urlpatterns = [
    path("summary/", views.editions, name="editions"),
    path("summary/<slug:reference>/", views.edition, name="edition"),
    path("summary/<slug:reference>.<slug:format>", views.edition_file, name="edition_file"),
]
