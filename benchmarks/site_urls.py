"""The addresses of the site, and the floor: what the server, the middleware and one query cost."""

from django.db import connection
from django.http import HttpResponse
from django.urls import path

from baliprocess.urls import urlpatterns as those_of_the_site


def floor(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    response = HttpResponse("ok")
    response.headers["Cache-Control"] = "no-store"  # so that nothing more is done for it than for a page's sake
    return response


urlpatterns = [path("floor", floor), *those_of_the_site]
