"""What the library's templates ask for."""

from django import template
from django.db.models import QuerySet
from django.template.context import Context

from portal.accounts.affiliation import active_municipalities
from portal.places.models import Municipality

register = template.Library()


@register.simple_tag(takes_context=True)
def own_municipalities(context: Context) -> QuerySet[Municipality]:
    """Return the municipalities where the reader works now; for parts of a page that are her own."""
    return active_municipalities(context["request"].user).order_by("name", "id")
