"""One view: twenty rows by an index, rendered by a small template."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

QUERY = """
    SELECT id, name, region_name, population FROM places_municipality
    WHERE country_id = %s ORDER BY population DESC NULLS LAST LIMIT 20
"""


def twenty_rows(request: HttpRequest) -> HttpResponse:
    """Answer with the twenty largest municipalities of a country."""
    with connection.cursor() as cursor:
        cursor.execute(QUERY, ["AR"])
        rows = cursor.fetchall()
    return render(request, "rows.html", {"rows": rows})


urlpatterns = [path("", twenty_rows)]
