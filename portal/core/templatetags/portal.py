"""Tags and filters of the portal's own, available in every template."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.http import QueryDict
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from portal.core.home_cards import home_cards_for
from portal.core.personal_parts import personal_part

register = template.Library()
ICONS = settings.ROOT / "templates" / "components" / "icons"


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """Return an inline icon from templates/components/icons; decoration only, so text stands beside it."""
    return mark_safe((ICONS / f"{name}.svg").read_text().strip())  # noqa: S308 our own file


@register.simple_tag(takes_context=True)
def personal(context: Context, template_name: str) -> SafeString:
    """Show a partial about the person who reads; the one way to do so on a page that readers share."""
    return personal_part(context["request"], template_name)


@register.simple_tag(takes_context=True)
def home_cards(context: Context) -> list[SafeString]:
    """Return what the apps have to say to the person who reads; in a personal part or on a page of her own only."""
    return home_cards_for(context["request"])


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """Return the page's query string with some parameters changed (None or "" takes one out)."""
    parameters: QueryDict = context["request"].GET.copy()
    parameters.pop("cursor", None)
    for name, value in changes.items():
        if value in (None, ""):
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}" if parameters else "?"
