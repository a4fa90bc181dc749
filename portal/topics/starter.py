"""Loads the policy areas and topics that the portal begins with."""

import hashlib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.visitor_cache import forget_visitor_pages
from portal.core.yaml_content import read_yaml
from portal.topics.models import PolicyArea, Topic

CONTENT = Path(__file__).parent / "content" / "topics.yaml"


def content_version() -> str:
    """Return a mark that changes when the file of areas and topics does."""
    return hashlib.sha256(CONTENT.read_bytes()).hexdigest()[:16]


@transaction.atomic
def load_topics() -> str:
    """Bring areas and topics up to date with their file; nothing that people refer to is ever deleted."""
    areas: list[dict[str, Any]] = read_yaml(CONTENT.read_text(encoding="utf-8"))
    topics = 0
    for order, area in enumerate(areas):
        row, _created = PolicyArea.objects.update_or_create(
            slug=area["slug"],
            defaults=_names(area) | _summaries(area) | {"icon": area["icon"], "order": order},
        )
        for place, topic in enumerate(area["topics"]):
            Topic.objects.update_or_create(
                slug=topic["slug"], defaults=_names(topic) | {"area": row, "order": place}
            )
            topics += 1
    forget_visitor_pages()
    return _("%(areas)s áreas y %(topics)s temas") % {"areas": len(areas), "topics": topics}


def _names(named: dict[str, Any]) -> dict[str, str]:
    return {f"name_{language}": named[language] for language in ("es", "en", "pt")}


def _summaries(area: dict[str, Any]) -> dict[str, str]:
    return {f"summary_{language}": area["summary"][language] for language in ("es", "en", "pt")}
