"""Leading from a topic to the people who can help with it."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.db.models import Value
from django.urls import reverse
from django.utils.translation import gettext as _

from connect.directory.reading import findable_by
from portal.catalog.ways import Way
from portal.topics.labels import topic_labels

_FACET = "can_help"


def helpers_by_topic(reader: Any, topics: Collection[str]) -> dict[str, Way]:
    """Return the way to those who can help with each topic, for topics with somebody whom the reader may find.

    She herself is nobody to lead her to. One query, which stops at the first person of each topic.
    """
    labels = topic_labels()
    known = [topic for topic in dict.fromkeys(topics) if topic in labels]
    helped = _with_helpers(reader, known)
    return {topic: _way(topic, str(labels[topic])) for topic in known if topic in helped}


def _with_helpers(reader: Any, topics: Collection[str]) -> set[str]:
    others = findable_by(reader).exclude(user_id=reader.pk)
    found = [
        others.answering(_FACET, [topic]).annotate(topic=Value(topic)).values_list("topic", flat=True)[:1]
        for topic in topics
    ]
    if not found:
        return set()
    return set(found[0].union(*found[1:], all=True))


def _way(topic: str, label: str) -> Way:
    return Way(
        text=_("Personas que pueden ayudar con %(topic)s") % {"topic": label},
        url=f"{reverse('connect:directory')}?{urlencode({_FACET: topic})}",
    )
