"""Catalogue entries in templates."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.catalog.kinds import EntryKind, entry_kinds
from portal.catalog.models import Entry
from portal.catalog.panels import panels_of, related_with_reasons
from portal.topics.labels import Label, area_labels, topic_labels

register = template.Library()


@register.simple_tag(takes_context=True)
def entry_panels(context: Context, entry: Entry) -> list[SafeString]:
    """Return the rendered panels of other apps beside an entry."""
    return panels_of(context["request"], entry)


@register.simple_tag(takes_context=True)
def related_entries(context: Context, entry: Entry, limit: int = 4) -> list[tuple[Entry, str]]:
    """Return pairs of a related entry and the reason in words."""
    return related_with_reasons(context["request"].user, entry, limit)


@register.filter
def kind_of(entry: Entry) -> EntryKind | None:
    """Return what is registered about an entry's kind."""
    return entry_kinds.get(entry.kind) if entry.kind in entry_kinds else None


@register.filter
def area_names(slugs: list[str]) -> list[Label]:
    """Turn slugs of policy areas into names in the reader's language."""
    labels: dict[str, Any] = area_labels()
    return [labels[slug] for slug in slugs if slug in labels]


@register.filter
def topic_names(slugs: list[str]) -> list[Label]:
    """Turn slugs of topics into names in the reader's language."""
    labels: dict[str, Any] = topic_labels()
    return [labels[slug] for slug in slugs if slug in labels]


@register.filter
def highlighted(extract: str) -> SafeString:
    """Show a search extract safely, with the found words marked."""
    return mark_safe(escape(extract).replace("⟦", "<mark>").replace("⟧", "</mark>"))  # noqa: S308
