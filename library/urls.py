from django.urls import path

from . import file_pages, instrument_pages, views

app_name = "library"
urlpatterns = [
    path("library/", views.documents, name="documents"),
    path("library/collections/", views.collections, name="collections"),
    path("library/collections/<slug:slug>/", views.collection, name="collection"),
    path("library/instruments/", instrument_pages.instruments, name="instruments"),
    path("library/instruments/<slug:slug>/", instrument_pages.instrument, name="instrument"),
    path("library/compare/", views.compare, name="compare"),
    path("library/documents/<slug:reference>/", views.document, name="document"),
    path("library/documents/<slug:reference>/<int:number>/", file_pages.file, name="file"),
]
