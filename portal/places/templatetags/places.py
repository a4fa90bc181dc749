"""Filters about municipalities."""

from django import template

from portal.places.pages import municipality_url

register = template.Library()


@register.filter(name="municipality_url")
def address_of_municipality(municipality_id: int | None) -> str:
    """Return the path of the page about a municipality, by its key; empty where there is none."""
    return municipality_url(municipality_id)
