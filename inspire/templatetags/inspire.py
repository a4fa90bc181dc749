"""What the library's templates ask for."""

from collections.abc import Iterable

from django import template
from django.db.models import QuerySet
from django.template.context import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from inspire.facet_choices import Choice
from portal.accounts.affiliation import active_municipalities
from portal.places.models import Municipality

register = template.Library()
# A page has hundreds of them: a template for each would cost more than everything else on it.
_CHOICE = (
    '<li><label class="facet__choice"><input type="checkbox" id="{}" name="{}" value="{}"{}>'
    '<span class="facet__label">{}</span> <span class="facet__count">{}</span></label></li>'
)
_CHECKED = mark_safe(" checked")


@register.simple_tag
def facet_values(choices: Iterable[Choice]) -> SafeString:
    """Write the values of a facet, each with how many solutions it would leave."""
    return format_html_join(
        "\n",
        _CHOICE,
        (
            (one.dom_id, one.name, one.value, _CHECKED if one.is_chosen else "", one.label, one.count_shown)
            for one in choices
        ),
    )


@register.simple_tag(takes_context=True)
def own_municipalities(context: Context) -> QuerySet[Municipality]:
    """Return the municipalities where the reader works now; for parts of a page that are her own."""
    return active_municipalities(context["request"].user).order_by("name", "id")
