"""Writing facets on pages."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from portal.facets.choices import Choice, choices_written

register = template.Library()


@register.simple_tag
def facet_values(choices: Iterable[Choice]) -> SafeString:
    """Write the values of a facet, each with how many things it would leave."""
    return choices_written(choices)
