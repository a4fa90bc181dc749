"""What the library's templates ask for."""

from collections.abc import Iterable

from django import template
from django.db.models import QuerySet
from django.template.context import Context
from django.utils.safestring import SafeString

from portal.accounts.affiliation import active_municipalities
from portal.facets.choices import Choice, choices_written
from portal.places.models import Municipality

register = template.Library()


@register.simple_tag
def facet_values(choices: Iterable[Choice]) -> SafeString:
    """Write the values of a facet, each with how many solutions it would leave."""
    return choices_written(choices)


@register.simple_tag(takes_context=True)
def own_municipalities(context: Context) -> QuerySet[Municipality]:
    """Return the municipalities where the reader works now; for parts of a page that are her own."""
    return active_municipalities(context["request"].user).order_by("name", "id")
