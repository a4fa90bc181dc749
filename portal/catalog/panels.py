"""What stands beside a thing on its page: other apps' panels and related things."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.catalog.kinds import entry_panels
from portal.catalog.models import Entry
from portal.topics.labels import area_labels, topic_labels


def panels_of(request: HttpRequest, entry: Entry) -> list[SafeString]:
    """Render the panels that apps registered for this kind of entry; those with nothing to show are left out."""
    rendered = []
    for panel in entry_panels:
        if panel.kinds and entry.kind not in panel.kinds:
            continue
        context = panel.context(request, entry)
        if context is not None:
            rendered.append(mark_safe(render_to_string(panel.template_name, context, request)))  # noqa: S308
    return rendered


def related_with_reasons(user: Any, entry: Entry, limit: int = 4) -> list[tuple[Entry, str]]:
    """Return the entries most like this one, each with the reason in words. One query beside the labels."""
    found = (
        Entry.objects.visible_to(user).of_kind(entry.kind).related_to(entry).defer("body", "search")[:limit]
    )
    return [(other, _reason(other, entry)) for other in found]


def _reason(other: Entry, entry: Entry) -> str:
    reasons = []
    if other.shared_topics:
        reasons.append(_("mismo tema: %(names)s") % {"names": _names(other.shared_topics, topic_labels())})
    elif other.shared_areas:
        reasons.append(_("misma área: %(names)s") % {"names": _names(other.shared_areas, area_labels())})
    if other.is_near:
        reasons.append(_("mismo país"))
    sentence = " · ".join(reasons)
    return sentence[:1].upper() + sentence[1:]


def _names(slugs: list[str], labels: dict[str, Any]) -> str:
    return ", ".join(str(labels.get(slug, slug)) for slug in slugs)
