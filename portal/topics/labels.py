"""Names of areas and topics by slug, for pages that hold only slugs."""

from dataclasses import dataclass
from threading import local

from django.core.cache import cache
from django.core.signals import request_started
from django.db.models.signals import post_delete, post_save
from django.utils.translation import get_language

from portal.core.kept import kept
from portal.topics.models import PolicyArea, Topic

_KEY = "topics:labels"
_SECONDS = 300
_this_request = local()


@dataclass(frozen=True)
class Label:
    """A name in three languages, and for areas the icon."""

    slug: str
    es: str
    en: str
    pt: str
    icon: str = ""

    def __str__(self) -> str:
        return str(getattr(self, (get_language() or "es")[:2], self.es))


def area_labels() -> dict[str, Label]:
    """Return every policy area's names by slug, in order."""
    return _labels()[0]


def topic_labels() -> dict[str, Label]:
    """Return every topic's names by slug, in order."""
    return _labels()[1]


def _labels() -> tuple[dict[str, Label], dict[str, Label]]:
    found: tuple[dict[str, Label], dict[str, Label]] | None = getattr(_this_request, "labels", None)
    if found is None:
        # No areas means that the starter has not run: nothing worth keeping.
        found = kept(_KEY, _SECONDS, _read_labels) or ({}, {})
        _this_request.labels = found
    return found


def _read_labels() -> tuple[dict[str, Label], dict[str, Label]] | None:
    areas = {area.slug: _label(area, area.icon) for area in PolicyArea.objects.all()}
    topics = {topic.slug: _label(topic) for topic in Topic.objects.order_by("area__order", "order", "id")}
    return (areas, topics) if areas else None


def _label(named: PolicyArea | Topic, icon: str = "") -> Label:
    return Label(named.slug, named.name_es, named.name_en, named.name_pt, icon)


def _forget(**kwargs: object) -> None:
    cache.delete(_KEY)
    _begin()


def _begin(**kwargs: object) -> None:
    """Ask anew in each request; within one, a page of twenty rows asks once."""
    _this_request.__dict__.pop("labels", None)


request_started.connect(_begin, dispatch_uid="topics.labels.begin")
for _model in (PolicyArea, Topic):
    for _signal in (post_save, post_delete):
        _signal.connect(_forget, sender=_model, dispatch_uid=f"topics.labels.{_model.__name__}.{id(_signal)}")
