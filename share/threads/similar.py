"""Conversations like one, for whoever reads it."""

from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language

from portal.catalog.models import Entry
from portal.catalog.panels import related_with_reasons
from portal.catalog.reading_level import reading_level
from portal.core.kept import kept
from portal.core.visitor_cache import GENERATION_KEY
from share.models import Thread
from share.querysets.threads import KIND

_SECONDS = 300
_MOST = 4


def similar_threads(reader: Any, thread: Thread) -> list[tuple[str, str, str]]:
    """Return title, address and reason of conversations that share topics; kept for everybody of a level.

    What is taken away is not among them a moment later, because kept pages are forgotten then.
    """
    generation = cache.get(GENERATION_KEY) or 0
    key = f"share:similar:{generation}:{thread.pk}:{reading_level(reader)}:{get_language()}"
    return kept(key, _SECONDS, lambda: _similar(reader, thread))


def _similar(reader: Any, thread: Thread) -> list[tuple[str, str, str]]:
    entry = Entry.objects.filter(kind=KIND, object_id=thread.pk).first()
    if entry is None:
        return []
    found = related_with_reasons(reader, entry, _MOST)
    return [(other.shown_title, other.url, reason) for other, reason in found]
