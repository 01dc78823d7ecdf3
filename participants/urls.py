from django.urls import path, re_path

from . import views

app_name = "participants"
urlpatterns = [
    path("countries/", views.countries, name="countries"),
    re_path(r"^countries/(?P<alpha2>[A-Za-z]{2})/$", views.country, name="country"),
    path("agencies/", views.agencies, name="agencies"),
    path("agencies/<slug:slug>/", views.agency, name="agency"),
    path("bodies/", views.bodies, name="bodies"),
    path("bodies/<slug:slug>/", views.body, name="body"),
]
