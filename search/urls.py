from django.urls import path

from . import views

app_name = "search"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/help/", views.manual, name="help"),
    path("search/suggestions/", views.suggestions, name="suggestions"),
    path("opensearch.xml", views.description, name="description"),
]
