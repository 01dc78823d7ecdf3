from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path

from . import views
from .members import SignIn, members
from .sitemaps import SECTIONS

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("events.urls")),
    path("", include("participants.urls")),
    path("", include("library.urls")),
    path("", include("summaries.urls")),
    path("", include("search.urls")),
    path("data/", views.data, name="data"),
    path("data/<slug:type>.csv", views.data_file, name="data_file"),
    path("data/<slug:type>.<slug:format>", views.data_file, name="data_file_as"),
    path("about/", views.about, name="about"),
    path("members/", members, name="members"),
    path("sign-in/", SignIn.as_view(), name="sign_in"),
    path("sign-out/", LogoutView.as_view(next_page="home"), name="sign_out"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("sitemap.xml", sitemap_views.index, {"sitemaps": SECTIONS, "sitemap_url_name": "sitemap"}, name="sitemaps"),
    path("sitemap-<section>.xml", sitemap_views.sitemap, {"sitemaps": SECTIONS}, name="sitemap"),
    path("healthz", views.healthz, name="healthz"),
    path("admin/", admin.site.urls),
]

# Pages for other errors are the templates 400.html, 403.html and 500.html, which Django finds by their names.
handler404 = views.page_not_found
